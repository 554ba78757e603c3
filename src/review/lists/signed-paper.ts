import { readFile, stat } from 'node:fs/promises';
import { storedFilePath } from '../../intake/index.js';
import { Problem } from '../../kernel/index.js';
import { readSignedFile, rememberCheck, signingRoots } from '../../signing/index.js';
import type { SignatureCheck } from '../../signing/index.js';
import { audit, sha256, withActor } from '../../store/index.js';
import type { Actor, Store, Tx } from '../../store/index.js';
import { findList } from './list-records.js';
import { listProblems } from './problems.js';

interface Paper {
  sha256: Buffer;
  fileName: string;
  placeId: string;
}

/** The signed file of a decided list as it was taken in; `null` when there is none to see. */
async function findPaper(tx: Tx, listId: string): Promise<Paper | null> {
  const list = await findList(tx, listId);
  if (list?.decisionId == null) return null;
  const { rows } = await tx.query<Omit<Paper, 'placeId'>>(
    `select signed_file_sha256 as sha256, signed_file_name as "fileName"
     from recognition_decisions where decision_id = $1 and list_id = $2`,
    [list.decisionId, listId],
  );
  return rows[0] ? { ...rows[0], placeId: list.placeId } : null;
}

/**
 * The signed file for whoever may read the list; that it was taken out is entered in the log.
 * @throws Problem `list-not-found`, `signed-file-lost` when it is not what was taken in
 */
export async function signedPaper(
  store: Store,
  actor: Actor,
  listId: string,
): Promise<{ bytes: Buffer; fileName: string }> {
  const paper = await withActor(
    store,
    actor,
    async (tx) => {
      const found = await findPaper(tx, listId);
      if (!found) throw listProblems.notFound();
      await audit(tx, {
        ...{ action: 'list-paper.read', subjectKind: 'list', subjectId: listId },
        ...{ placeId: found.placeId, payload: { sha256: found.sha256.toString('hex') } },
      });
      return found;
    },
    { permission: 'list:read' },
  );
  const bytes = await bytesOf(store, paper.sha256);
  if (bytes) return { bytes, fileName: paper.fileName };
  throw new Problem('environment', {
    code: 'signed-file-lost',
    what: 'Tệp quyết định trong kho không còn đúng như lúc ghi.',
    why: 'Tệp thiếu hoặc đã bị sửa trên máy chủ; mã kiểm tra của tệp không khớp.',
    todo: 'Báo người quản trị khôi phục thư mục tệp từ bản sao lưu.',
  });
}

/** What is known of a signed file today: as it lies there, with the roots there are now. */
export interface PaperCheck {
  /** Is the file there, byte for byte as it was taken in? */
  isKept: boolean;
  signatures: readonly SignatureCheck[];
}

/** @returns `null` for a list without a decision of its own */
export async function checkSignedPaper(
  store: Store,
  actor: Actor,
  listId: string,
): Promise<PaperCheck | null> {
  const paper = await withActor(store, actor, (tx) => findPaper(tx, listId), {
    ...{ readOnly: true, permission: 'list:read' },
  });
  if (!paper) return null;
  const signatures = await checkKept(store, paper.sha256);
  return { isKept: signatures !== null, signatures: signatures ?? [] };
}

/** Read and judged once, and again only when the file was touched or the roots are others. */
async function checkKept(store: Store, sha: Buffer): Promise<readonly SignatureCheck[] | null> {
  const path = storedFilePath(store.dataDir, sha);
  const roots = signingRoots(store.dataDir);
  const there = await stat(path).catch(() => null);
  const stamp = there ? `${there.ino}-${there.size}-${there.mtimeMs}-${there.ctimeMs}` : 'none';
  return rememberCheck({ path, sha256: sha, stamp }, roots, async () => {
    const bytes = await bytesOf(store, sha);
    return bytes && readSignedFile(bytes, roots);
  });
}

async function bytesOf(store: Store, sha: Buffer): Promise<Buffer | null> {
  try {
    const bytes = await readFile(storedFilePath(store.dataDir, sha));
    return sha256(bytes).equals(sha) ? bytes : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
