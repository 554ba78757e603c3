import { storeFile } from '../../intake/index.js';
import { Problem, newId, parsePlainDate, cutText, tidyText, today } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import {
  isBroken,
  readSignedFile,
  signatureText,
  signedFileProblems,
  signingRoots,
} from '../../signing/index.js';
import type { SignatureCheck } from '../../signing/index.js';
import { requireInstance, sha256, withActor } from '../../store/index.js';
import type { Store, Tx } from '../../store/index.js';
import { refuseClassified } from '../refuse-classified.js';
import { copyRows } from '../copy-rows.js';
import type { RowKey } from '../copy-rows.js';
import { latestOf } from './decisions.js';
import type { ListRecord } from './list-records.js';
import { addStep, findList } from './list-records.js';
import type { ListCall } from './open-list.js';
import { actOnList, auditList, requireUnchanged } from './open-list.js';
import { personOf } from './parts.js';
import { decisionProblems, listProblems } from './problems.js';
import type { DecisionView } from './types.js';

export interface SignedDecision {
  number: string;
  /** As typed: 12/12/2025 or 2025-12-12. */
  decidedOn: string;
  signerName: string;
  signerTitle: string;
  file: Uint8Array;
  fileName: string;
}

interface ReadDecision extends Omit<SignedDecision, 'decidedOn'> {
  decidedOn: PlainDate;
  sha256: Buffer;
  signatures: SignatureCheck[];
}

/**
 * Records the decision that was signed outside on an approved list: only now do its households count as
 * recognised (or, when a decision is taken back, no longer). The signed file is kept by its content.
 * @throws Problem `decision-…`, `signed-file-…`, `signature-broken`, `list-rows-changed`
 */
export async function decideList(
  store: Store,
  call: ListCall & { decision: SignedDecision },
): Promise<string> {
  await requireReadable(store, call);
  const { file, fileName } = call.decision;
  const upload = { actor: call.actor, file, fileName, takes: 'pdf' as const };
  await refuseClassified(store, { ...upload, act: 'list.decide' });
  const decision = await readDecision(store, call.decision);
  const { number, decidedOn, signerName, signerTitle } = decision;
  const sha = decision.sha256.toString('hex');
  const input = { number, decidedOn, signerName, signerTitle, sha256: sha };
  return actOnList(store, 'decide', { ...call, input }, async (tx, list) => {
    await requireUnchanged(tx, list, CHANGED_AFTER_APPROVAL);
    const before = await latestOf(tx, list.round, list.unit);
    await refuseContradiction(tx, list, before, decision);
    await storeFile(store.dataDir, decision.file, decision.fileName, tx.clock);
    const decisionId = await addDecision(tx, list, before, decision);
    const rows = await takeEffect(tx, list, decisionId);
    const personId = await personOf(tx);
    const step = { act: 'decide' as const, snapshotNo: list.snapshotNo, personId, decisionId };
    await addStep(tx, { list, ...step });
    const { signatures } = decision;
    await auditList(tx, 'decide', list, { payload: { ...input, decisionId, rows, signatures } });
    return decisionId;
  });
}

const CHANGED_AFTER_APPROVAL =
  'Hủy lần nhập đã làm đổi các hộ đó, hoặc để lãnh đạo trả lại danh sách rồi lập, trình, duyệt lại.';

/** A file of somebody who may not read the list is not looked at. */
async function requireReadable(store: Store, { actor, listId }: ListCall): Promise<void> {
  const options = { readOnly: true, permission: 'list:read' as const };
  const list = await withActor(store, actor, (tx) => findList(tx, listId), options);
  if (!list) throw listProblems.notFound();
}

async function readDecision(store: Store, given: SignedDecision): Promise<ReadDecision> {
  const field = (text: string, what: string, longest: number): string => {
    const tidy = tidyText(text);
    if (tidy === '') throw decisionProblems.field(`Chưa ghi ${what}`);
    if (tidy.length > longest || /\p{Cc}/u.test(tidy)) {
      throw decisionProblems.field(`Không đọc được ${what}`);
    }
    return tidy;
  };
  const number = field(given.number, 'số quyết định', 60);
  if (!/\d/.test(number)) throw decisionProblems.field('Số quyết định không có chữ số nào');
  const decidedOn = parsePlainDate(given.decidedOn);
  if (!decidedOn) throw decisionProblems.field('Chưa ghi ngày ký, hoặc ngày không có trong lịch');
  const signerName = field(given.signerName, 'họ tên người ký', 120);
  const signerTitle = field(given.signerTitle, 'chức vụ người ký', 120);
  const signatures = await readSignedFile(given.file, signingRoots(store.dataDir));
  const broken = signatures.find(isBroken);
  if (broken) {
    throw signedFileProblems.signatureBroken(signatureText(broken).facts[0] ?? '');
  }
  return {
    ...{ number, decidedOn, signerName, signerTitle, signatures },
    file: given.file,
    fileName: cutText(tidyText(given.fileName), 200) || 'quyet-dinh.pdf',
    sha256: sha256(given.file),
  };
}

async function refuseContradiction(
  tx: Tx,
  list: ListRecord,
  before: DecisionView | null,
  { decidedOn, number, sha256: sha }: ReadDecision,
): Promise<void> {
  const { windowFrom, round, unit } = list;
  if (decidedOn < windowFrom) throw decisionProblems.beforeWindow(decidedOn, windowFrom, round);
  if (decidedOn > today(tx.clock)) throw decisionProblems.inFuture(decidedOn);
  const replaced = before?.decidedOn ?? null;
  if (replaced !== null && decidedOn < replaced && !before?.isSimulated) {
    throw decisionProblems.beforeReplaced(decidedOn, replaced);
  }
  const approved = await approvedOn(tx, list.listId);
  if (approved && decidedOn < approved) throw decisionProblems.beforeApproval(decidedOn, approved);
  const sameFile = await tx.query(
    `select from recognition_decisions where list_id is not null and signed_file_sha256 = $1`,
    [sha],
  );
  if (sameFile.rowCount > 0) throw decisionProblems.fileUsed();
  const sameNumber = await tx.query(
    `select from recognition_decisions
     where unit_code = $1 and unit_valid_from = $2 and lower(number) = lower($3) and decided_on = $4`,
    [unit.code, unit.validFrom, number, decidedOn],
  );
  if (sameNumber.rowCount > 0) throw decisionProblems.numberUsed(number);
}

/** The day in Vietnam on which the list was last approved: what is signed is what was approved. */
async function approvedOn(tx: Tx, listId: string): Promise<PlainDate | null> {
  const { rows } = await tx.query<{ at: Date | null }>(
    `select max(recorded_at) as at from recognition_list_steps
     where list_id = $1 and act = 'approve'`,
    [listId],
  );
  const at = rows[0]?.at ?? null;
  return at && today({ now: () => at });
}

async function addDecision(
  tx: Tx,
  list: ListRecord,
  before: DecisionView | null,
  decision: ReadDecision,
): Promise<string> {
  const { kind: instance } = await requireInstance(tx);
  const decisionId = newId(tx.clock);
  const { number, decidedOn, signerName, signerTitle, sha256: sha, fileName } = decision;
  await tx.query(
    `insert into recognition_decisions (decision_id, kind, round, unit_code, unit_valid_from, number,
       decided_on, signer_name, signer_title, signed_file_sha256, signed_file_name, is_simulated,
       list_id, replaces_decision_id, command_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[
        decisionId,
        list.kind,
        list.round,
        list.unit.code,
        list.unit.validFrom,
        number,
        decidedOn,
      ],
      ...[signerName, signerTitle, sha, fileName, instance === 'demo', list.listId],
      ...[before?.decisionId ?? null, tx.commandId, tx.now],
    ],
  );
  return decisionId;
}

// The rows of the snapshot as they stand: by household, since an import that was taken back leaves other
// rows that say the same.
const DECIDED = `
  select c.book_id, c.household_id, c.row_id
  from recognition_list_rows o
  join current_household_rounds c on c.book_id = o.book_id and c.household_id = o.household_id
    and c.round = o.round
  where o.list_id = $1 and o.snapshot_no = $2 and o.status <> 'not_computable'
  order by c.household_id`;

/** Rows with the recognised class are appended, or rows without it when a decision is taken back. */
async function takeEffect(tx: Tx, list: ListRecord, decisionId: string): Promise<number> {
  const { rows } = await tx.query<RowKey>(DECIDED, [list.listId, list.snapshotNo]);
  const { round, kind } = list;
  const written =
    kind === 'recognition'
      ? await copyRows(tx, rows, {
          ...{ round, ending: 'replaced' },
          fresh: { recognised_status: 'r.proposed_status', decision_id: '$4::uuid' },
          parameters: [decisionId],
        })
      : await copyRows(tx, rows, {
          ...{ round, ending: 'voided' },
          fresh: { recognised_status: 'null::poverty_status', decision_id: 'null::uuid' },
        });
  if (written === rows.length) return written;
  throw new Problem('environment', {
    code: 'rows-not-written',
    what: `Chỉ ghi được ${written} trên ${rows.length} hộ của danh sách nên chưa ghi gì.`,
    todo: 'Thử lại; nếu vẫn vậy, báo người quản trị.',
  });
}
