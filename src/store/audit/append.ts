import type { Store } from '../types.js';
import type { SealedEntry } from './entry.js';

/** Anything that runs one statement on the connection of the transaction. */
type Query = (sql: string, params: unknown[]) => Promise<unknown>;

/**
 * One entry, one round trip: the head of the stream moves on and the entry takes its place. The row of
 * the head stays locked until the transaction ends, so entries of a stream follow one another exactly.
 */
const APPEND = `
  with head as (
    insert into audit_heads as h (stream, seq, hash)
    values ($1::text, 1, sha256(sha256(convert_to($1::text, 'UTF8')) || $2::bytea))
    on conflict (stream) do update set seq = h.seq + 1, hash = sha256(h.hash || $2::bytea)
    returning h.seq, h.hash
  )
  insert into audit_entries (stream, digest, seq, hash, entry_id, recorded_at, actor_id, office_id,
    role, device, command_id, action, subject_kind, subject_id, book_id, place_id, base_version,
    reason, purpose, inspection_id, payload, payload_salt, payload_digest, on_behalf_of,
    digest_form)
  select $1::text, $2::bytea, head.seq, head.hash, $3::uuid, $4::timestamptz, $5::uuid, $6::uuid,
    $7::text, $8::text, $9::uuid, $10::text, $11::text, $12::text, $13::uuid, $14::uuid, $15::text,
    $16::text, $17::text, $18::uuid, $19::json, $20::bytea, $21::bytea,
    $22::uuid, $23::smallint
  from head`;

/**
 * Appends the entries of a transaction at its end, stream after stream in one order for everybody:
 * nobody waits for a head while holding one that comes later, and nothing else is locked after the
 * first head, so two transactions never wait for each other.
 */
export async function appendEntries(query: Query, entries: readonly SealedEntry[]): Promise<void> {
  const inOrder = [...entries].sort((a, b) => (a.stream < b.stream ? -1 : +(a.stream > b.stream)));
  for (const entry of inOrder) await query(APPEND, parametersOf(entry));
}

const parametersOf = (e: SealedEntry): unknown[] => [
  ...[e.stream, e.digest, e.entryId, e.recordedAt, e.actorId, e.officeId, e.role, e.device],
  ...[e.commandId, e.action, e.subjectKind, e.subjectId, e.bookId, e.placeId, e.baseVersion],
  ...[e.reason, e.purpose, e.inspectionId, e.payload, e.payloadSalt, e.payloadDigest],
  ...[e.onBehalfOf, e.form],
];

const appended = new WeakMap<Store, number>();

/** Called once the entries are committed. */
export function countAppended(store: Store, entries: number): void {
  if (entries > 0) appended.set(store, entriesAppended(store) + entries);
}

/** How many entries this process has committed through this store: is there anything to sign? */
export const entriesAppended = (store: Store): number => appended.get(store) ?? 0;
