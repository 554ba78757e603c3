import type pg from 'pg';
import type { AuditFields } from '../../store/index.js';
import { instantSql } from '../../store/index.js';

/** An entry as it stands, and the hash a checkpoint signed for its place (`null`: none did). */
export interface EntryRow extends AuditFields {
  seq: string;
  digest: Buffer;
  hash: Buffer;
  /** `null` once it was taken out. */
  payload: string | null;
  payloadSalt: Buffer | null;
  signedHash: Buffer | null;
  signedBy: string | null;
}

/** All entries, stream by stream, each beside the checkpoint that named it as the head. */
export const ENTRIES = `
  select e.entry_id as "entryId", e.stream, e.seq::text as seq,
    ${instantSql('e.recorded_at')} as "recordedAt", e.actor_id as "actorId",
    e.office_id as "officeId", e.role, e.device, e.command_id as "commandId", e.action,
    e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.book_id as "bookId",
    e.place_id as "placeId", e.base_version as "baseVersion", e.reason, e.purpose,
    e.inspection_id as "inspectionId", e.on_behalf_of as "onBehalfOf",
    e.payload_digest as "payloadDigest", e.digest_form as form, e.digest, e.hash,
    e.payload::text as payload, e.payload_salt as "payloadSalt",
    c.hash as "signedHash", c.number::text as "signedBy"
  from audit_entries e
  left join audit_checkpoint_heads c on c.stream = e.stream and c.seq = e.seq
  order by e.stream, e.seq, e.entry_id, c.number`;

const AT_ONCE = 2_000;

/**
 * Rows of a query one after another, a few thousand of them in memory at a time. Needs an open
 * transaction; `name` tells cursors of one transaction apart.
 */
export async function* rowsOf<R extends object>(
  client: pg.ClientBase,
  name: string,
  sql: string,
): AsyncGenerator<R> {
  await client.query(`declare ${name} no scroll cursor for ${sql}`);
  for (;;) {
    const { rows } = await client.query<R>(`fetch ${AT_ONCE} from ${name}`);
    yield* rows;
    if (rows.length < AT_ONCE) break;
  }
  await client.query(`close ${name}`);
}
