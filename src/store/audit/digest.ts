import { createHash } from 'node:crypto';

/**
 * An entry as its digest covers it: every field but its place in the chain, which follows from the
 * hash, and what a decision may take out, which is covered by a salted digest of its own.
 */
export interface AuditFields {
  entryId: string;
  stream: string;
  /** UTC with microseconds, `2025-10-12T07:03:00.123000Z`: as exact as the database keeps it. */
  recordedAt: string;
  actorId: string;
  officeId: string | null;
  role: string | null;
  device: string | null;
  commandId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  bookId: string | null;
  placeId: string | null;
  baseVersion: string | null;
  reason: string | null;
  purpose: string | null;
  inspectionId: string | null;
  onBehalfOf: string | null;
  /** Of the payload, in the second form of its reason and purpose too (`redactableText`). */
  payloadDigest: Buffer;
  /** `null`: an entry from before reason and purpose could be taken out. */
  form: 2 | null;
}

export const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** JSON with sorted keys: equal values give equal bytes, whatever order they were built in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/**
 * The digest of an entry: JSON of its fields in alphabetical order, those that are null left out. A
 * field that a later version adds is null in earlier entries and so changes no digest of theirs.
 * sql/checks/audit-chain.sql says the same in SQL.
 */
export function digestOf(entry: AuditFields): Buffer {
  return sha256(
    JSON.stringify({
      action: entry.action,
      actor_id: entry.actorId,
      base_version: entry.baseVersion ?? undefined,
      book_id: entry.bookId ?? undefined,
      command_id: entry.commandId ?? undefined,
      device: entry.device ?? undefined,
      digest_form: entry.form ?? undefined,
      entry_id: entry.entryId,
      inspection_id: entry.inspectionId ?? undefined,
      office_id: entry.officeId ?? undefined,
      on_behalf_of: entry.onBehalfOf ?? undefined,
      payload_digest: entry.payloadDigest.toString('hex'),
      place_id: entry.placeId ?? undefined,
      purpose: entry.form === 2 ? undefined : (entry.purpose ?? undefined),
      reason: entry.form === 2 ? undefined : (entry.reason ?? undefined),
      recorded_at: entry.recordedAt,
      role: entry.role ?? undefined,
      stream: entry.stream,
      subject_id: entry.subjectId,
      subject_kind: entry.subjectKind,
    }),
  );
}

/** What the first entry of a stream is chained to. */
export const genesisOf = (stream: string): Buffer => sha256(stream);

export const chained = (before: Uint8Array, digest: Uint8Array): Buffer => sha256(before, digest);

/** What the salted digest covers, as text. */
export function redactableText(
  entry: Pick<AuditFields, 'form' | 'reason' | 'purpose'>,
  payload: string,
): string {
  if (entry.form !== 2) return payload;
  const [purpose, reason] = [entry.purpose, entry.reason].map((text) => JSON.stringify(text));
  return `{"payload":${payload},"purpose":${purpose},"reason":${reason}}`;
}

/** A short payload cannot be guessed from this without its salt. */
export const payloadDigestOf = (salt: Uint8Array, text: string): Buffer => sha256(salt, text);

/** An instant in UTC with six decimals, as `instantSql` reads it back. */
export const instantText = (at: Date): string => at.toISOString().replace('Z', '000Z');

/** The same of a column: `instantSql('recorded_at')`. With the era, which to_char leaves out. */
export const instantSql = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || case when ${column} < '0001-01-01 00:00+00' then ' BC' else '' end`;

const VIETNAM = 'Asia/Ho_Chi_Minh';

/** SQL: the time on the clocks of Vietnam of a column that holds an instant. */
export const localTimeSql = (column: string): string => `${column} at time zone '${VIETNAM}'`;

/** SQL: the instant at which a day begins in Vietnam; `day` is a parameter or column. */
export const midnightSql = (day: string): string =>
  `(${day}::date)::timestamp at time zone '${VIETNAM}'`;
