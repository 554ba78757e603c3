import { randomBytes } from 'node:crypto';
import { newId } from '../../kernel/index.js';
import type { Clock } from '../../kernel/index.js';
import { answerFor } from '../answer-for.js';
import type { Answer } from '../permissions.js';
import { answering } from '../permissions.js';
import type { Actor, Tx } from '../types.js';
import type { AuditFields } from './digest.js';
import { canonicalJson, digestOf, instantText, payloadDigestOf, redactableText } from './digest.js';

export interface AuditEntry {
  /**
   * What was done, dotted: `import.commit`, `household.read`. The last word tells reading from writing
   * (`isReading`); every action has its sentence in the audit room.
   */
  action: string;
  subjectKind: string;
  subjectId: string;
  bookId?: string | null;
  placeId?: string | null;
  payload?: unknown;
  reason?: string | null;
  /** What the data were read for, as the reader says. */
  purpose?: string | null;
  /**
   * Places it is about, when it is about several: not kept, but they tell which offices answer for it.
   * Where they are several, each has its entry.
   */
  about?: readonly string[];
  /** The role it is done by, when that follows from something else than a place. */
  by?: { officeId: string; role: string };
  /** Version of the field that was replaced, for undo and for showing who overwrote whom. */
  baseVersion?: string | null;
}

/** An entry with everything its digest covers; its place in the stream comes when it is appended. */
export interface SealedEntry extends AuditFields {
  payload: string;
  payloadSalt: Buffer;
  digest: Buffer;
}

/** How the actions end that look at something and change nothing, as SQL and the program read it. */
export const READING_PATTERN = '[.-](read|search|export)$';
const READING = new RegExp(READING_PATTERN);
const SALT_BYTES = 16;

/** Reading, searching and taking away are kept apart from what changed something. */
export const isReading = (action: string): boolean => READING.test(action);

/**
 * The chain an entry belongs to: `book:…` for what was done to households, `office:…` or `instance`
 * for other acts, `reads:…` (of an office, else of a person) for reading.
 */
export function streamOf(actor: Actor, entry: AuditEntry): string {
  if (isReading(entry.action)) return `reads:${actor.officeId ?? actor.id}`;
  if (entry.bookId) return `book:${entry.bookId}`;
  return actor.officeId ? `office:${actor.officeId}` : 'instance';
}

/** The role an act was done by; for reading of no one place, all that are held. */
function roleOf({ role, grants }: Actor): string | null {
  if (role !== undefined) return role;
  if (grants === 'installation') return grants;
  return [...new Set(grants.map((grant) => grant.role))].sort().join(',') || null;
}

/**
 * Text as the database gives it back. Half a character (a text cut in the middle of an emoji) would be
 * replaced there, and the digest made before would never agree again.
 */
const storable = (text: string | null | undefined): string | null => text?.toWellFormed() ?? null;

/** An act is somebody else's when it was done by a role they handed over; reading, when only that opens it. */
const onBehalfOf = (actor: Actor, action: string): string | null =>
  actor.role !== undefined || isReading(action) ? (actor.onBehalfOf?.personId ?? null) : null;

/** Who acts, when and in which command. */
export interface SealContext {
  actor: Actor;
  now: Date;
  clock: Clock;
  commandId: string | null;
}

export function sealEntry(context: SealContext, entry: AuditEntry): SealedEntry {
  const { actor, now, clock, commandId } = context;
  const payload = canonicalJson(entry.payload ?? null);
  const payloadSalt = randomBytes(SALT_BYTES);
  const words = { reason: storable(entry.reason), purpose: storable(entry.purpose) };
  const form = 2;
  const fields: AuditFields = {
    entryId: newId(clock),
    stream: streamOf(actor, entry),
    recordedAt: instantText(now),
    actorId: actor.id,
    officeId: actor.officeId,
    role: roleOf(actor),
    device: storable(actor.device),
    commandId,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId.toWellFormed(),
    bookId: entry.bookId ?? null,
    placeId: entry.placeId ?? null,
    baseVersion: storable(entry.baseVersion),
    ...words,
    // What an inspector changes is seen at once; only what they look at waits for the result.
    inspectionId: isReading(entry.action) ? (actor.inspectionId ?? null) : null,
    onBehalfOf: onBehalfOf(actor, entry.action),
    payloadDigest: payloadDigestOf(payloadSalt, redactableText({ ...words, form }, payload)),
    form,
  };
  return { ...fields, payload, payloadSalt, digest: digestOf(fields) };
}

/**
 * Enters an act in the audit log, in the transaction of the act itself: either both stand or neither.
 * It stands under the office and on behalf of whom the place of the record says; with neither place nor
 * role, under those that the command has answered for so far, else under the actor's own.
 * The entry is appended to its chain when the transaction commits (`appendEntries`), so the work in
 * between holds up nobody; it cannot be read back before. Resolves to the id of the (first) entry.
 */
export async function audit(tx: Tx, entry: AuditEntry): Promise<string> {
  const answers = await answersOf(tx, entry);
  const actors = answers.length === 0 ? [tx.actor] : answers.map((one) => actorIn(tx, entry, one));
  const sealed = actors.map((actor) => sealEntry({ ...contextOf(tx), actor }, entry));
  tx.auditEntries.push(...sealed);
  return sealed[0]!.entryId;
}

const contextOf = ({ actor, now, clock, commandId }: Tx): SealContext => ({
  ...{ actor, now, clock, commandId },
});

async function answersOf(tx: Tx, entry: AuditEntry): Promise<readonly Answer[]> {
  const { placeId, about, by } = entry;
  if (by) {
    const answer = { officeId: by.officeId, roles: [by.role], givers: [] };
    tx.answers.push(answer);
    return [answer];
  }
  const places = about ?? (placeId ? [placeId] : []);
  if (places.length > 0) return answerFor(tx, places);
  return tx.commandId === null ? [] : tx.answers;
}

/** Who looks uses all the roles that open it there; an act is done by one. */
function actorIn(tx: Tx, { action }: AuditEntry, answer: Answer): Actor {
  const actor = answering(tx.actor, answer);
  return isReading(action) ? { ...actor, role: [...answer.roles].sort().join(',') } : actor;
}
