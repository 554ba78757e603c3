import { stat } from 'node:fs/promises';
import type { LookOptions } from '../intake/index.js';
import { classifiedUpload, findMarking } from '../intake/index.js';
import { newId } from '../kernel/index.js';
import type { Actor, Store } from '../store/index.js';
import { audit, withActor } from '../store/index.js';

export interface Upload extends LookOptions {
  actor: Actor;
  /** Path of the file, or the bytes of an upload. */
  file: string | Uint8Array;
  fileName: string;
  /** The act it was sent for: `import.preview`. */
  act: string;
}

/**
 * Refuses an upload that carries the marking of a state secret, before anything of it is stored. The log
 * keeps who sent such a file when and for which act, the degree and the size; neither its content nor a
 * digest of it, nor its name, which may tell as much.
 * @throws Problem `file-classified`
 */
export async function refuseClassified(store: Store, upload: Upload): Promise<void> {
  const { actor, file, fileName, act, ...options } = upload;
  const marking = await findMarking(file, fileName, options);
  if (!marking) return;
  const bytes = typeof file === 'string' ? await sizeOf(file) : file.length;
  await withActor(store, actor, (tx) =>
    audit(tx, {
      ...{ action: 'upload.classified-refused', subjectKind: 'upload', subjectId: newId(tx.clock) },
      payload: { act, ...marking, bytes },
    }),
  );
  throw classifiedUpload(marking);
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );
