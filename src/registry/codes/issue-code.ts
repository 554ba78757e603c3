import { Problem, newId, cutText, tidyText, today, yearOf } from '../../kernel/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { audit, runCommand } from '../../store/index.js';
import { codeHash, newCode } from './code-text.js';
import { birthYearOfHead } from './find-by-code.js';

export interface IssueCode {
  actor: Actor;
  commandId: string;
  householdId: string;
  /** Why the code before is replaced; needed when there is one. */
  reason: string;
  /** As typed from the head's own papers; needed when the book has no year of birth. */
  birthYear?: string;
}

export interface IssuedCode {
  /** `null` when this very form was sent before: the code was shown then and is kept nowhere. */
  code: string | null;
  headName: string | null;
  villageName: string;
}

interface Held {
  book_id: string;
  place_id: string;
  village: string;
  head_name: string | null;
  has_code: boolean;
}

/**
 * Hands a household a new code to ask with, which replaces the one before. The code itself leaves once,
 * for the paper; the database keeps its hash. No code
 * is handed out that could open nothing: the year of birth it opens with is known first.
 * @throws Problem `household-not-found`, `reason-missing`, `birth-year-missing`, `birth-year-misspelt`
 */
export async function issueHouseholdCode(store: Store, input: IssueCode): Promise<IssuedCode> {
  const { actor, commandId, householdId } = input;
  const reason = cutText(tidyText(input.reason), 500);
  const birthYear = tidyText(input.birthYear ?? '');
  const code = newCode();
  const call = {
    ...{ actor, commandId, name: 'household-code.issue' },
    input: { householdId, reason, ...(birthYear && { birthYear }) },
    permission: 'citizen-code:propose' as const,
    ...(reason && { reason }),
  };
  const issued = await runCommand(store, call, async (tx) => {
    const held = await findHousehold(tx, householdId);
    if (!held) throw householdNotFound();
    if (held.has_code && reason === '') throw reasonMissing();
    const inBook = await birthYearOfHead(tx, { bookId: held.book_id, householdId });
    const year = inBook === null ? yearTyped(birthYear, yearOf(today(tx.clock))) : null;
    const codeId = newId(tx.clock);
    await tx.query(
      `insert into household_codes (book_id, household_id, code_id, place_id, code_hash, reason,
         head_birth_year, command_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[held.book_id, householdId, codeId, held.place_id, codeHash(code), reason || null],
        ...[year, commandId, tx.now],
      ],
    );
    await audit(tx, {
      action: 'household-code.issue',
      subjectKind: 'household',
      subjectId: householdId,
      ...{ bookId: held.book_id, placeId: held.place_id },
      payload: { replaces: held.has_code, ...(year !== null && { headBirthYear: year }) },
      reason: reason || null,
      purpose: reason || 'cấp phiếu đầu tiên cho hộ',
    });
    return { hash: codeHash(code).toString('hex'), head: held.head_name, village: held.village };
  });
  const isNew = issued.hash === codeHash(code).toString('hex');
  return { code: isNew ? code : null, headName: issued.head, villageName: issued.village };
}

/** The year a person typed. @throws Problem when there is none, or none that a head can be born in */
function yearTyped(text: string, thisYear: number): number {
  if (text === '') throw birthYearMissing();
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (year < 1900 || year > thisYear) throw birthYearMisspelt();
  return year;
}

async function findHousehold(tx: Tx, householdId: string): Promise<Held | undefined> {
  const { rows } = await tx.query<Held>(
    `select h.book_id, h.place_id, p.name as village,
       (select p2.full_name from memberships m
        join persons p2 on p2.book_id = m.book_id and p2.person_id = m.person_id
        where m.book_id = h.book_id and m.household_id = h.household_id and m.relation = 'head'
        order by m.valid_to is not null, m.valid_from desc limit 1) as head_name,
       (select count(*) from household_codes c
        where c.book_id = h.book_id and c.household_id = h.household_id) > 0 as has_code
     from households h join places p on p.place_id = h.place_id
     where h.household_id = $1`,
    [householdId],
  );
  return rows[0];
}

/**
 * What the form needs to know before a code is handed out; `null` = no such household in scope. It shows
 * the head's name, so this is a reading of the household and is entered as one.
 */
export async function codeStanding(tx: Tx, householdId: string) {
  const held = await findHousehold(tx, householdId);
  if (!held) return null;
  await audit(tx, {
    ...{ action: 'household.read', subjectKind: 'household', subjectId: householdId },
    ...{ bookId: held.book_id, placeId: held.place_id, purpose: 'cấp phiếu tra cứu cho hộ' },
  });
  const year = await birthYearOfHead(tx, { bookId: held.book_id, householdId });
  return {
    ...{ headName: held.head_name, villageName: held.village, hasCode: held.has_code },
    hasBirthYear: year !== null,
  };
}

const householdNotFound = (): Problem =>
  new Problem('not-found', { code: 'household-not-found', what: 'Không có hộ này.' });

const reasonMissing = (): Problem =>
  new Problem('usage', {
    code: 'reason-missing',
    what: 'Hộ này đã có mã; chưa ghi lý do cấp mã mới.',
    todo: 'Ghi một câu, ví dụ: hộ làm mất phiếu.',
  });

const birthYearMissing = (): Problem =>
  new Problem('usage', {
    code: 'birth-year-missing',
    what: 'Sổ chưa có năm sinh của chủ hộ nên chưa cấp được mã.',
    why: 'Gia đình mở phiếu bằng mã và năm sinh của chủ hộ; thiếu năm sinh thì mã không dùng được.',
    todo: 'Ghi năm sinh theo giấy tờ của chủ hộ vào ô “Năm sinh của chủ hộ” rồi gửi lại.',
  });

const birthYearMisspelt = (): Problem =>
  new Problem('usage', {
    code: 'birth-year-misspelt',
    what: 'Năm sinh của chủ hộ viết chưa đúng.',
    todo: 'Viết bốn chữ số, ví dụ 1968.',
  });
