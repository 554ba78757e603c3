import type pg from 'pg';
import { Problem, isId } from '../../kernel/index.js';
import type { Actor, Store } from '../types.js';
import { asOwner } from '../ways.js';
import { appendEntries, countAppended } from './append.js';
import { sealEntry } from './entry.js';

export interface RedactInput {
  actor: Actor;
  entryId: string;
  /** Number and date of the decision that orders it. */
  decision: string;
  reason: string;
}

export interface Redaction {
  entryId: string;
  stream: string;
  seq: number;
  /** The entry that tells of the redaction. */
  redactionId: string;
  /** An entry from before words could be taken out: its reason or purpose stays, or the chain would break. */
  keepsWords: boolean;
}

interface Found {
  keeps_words: boolean;
  stream: string;
  seq: string;
  action: string;
  book_id: string | null;
  place_id: string | null;
  inspection_id: string | null;
  is_redacted: boolean;
}

const FIND = `
  select stream, seq::text, action, book_id, place_id, inspection_id, payload is null as is_redacted,
    digest_form is null and coalesce(reason, purpose) is not null as keeps_words
  from audit_entries where entry_id = $1`;
const REMOVE = `
  update audit_entries set payload = null, payload_salt = null,
    reason = case when digest_form is null then reason end,
    purpose = case when digest_form is null then purpose end
  where entry_id = $1 and payload is not null`;

/**
 * Takes out by decision what an entry says (payload, reason, purpose), as the owner of the tables; the
 * fact that something was entered, by whom and when, stays and the chain still adds up. Another entry says who took it out
 * and why. @throws Problem `entry-not-found`, `already-redacted`, `not-redactable`
 */
export function redactEntry(store: Store, input: RedactInput): Promise<Redaction> {
  return asOwner(store, async (client) => {
    await client.query('begin');
    try {
      const redaction = await redact(client, store, input);
      await client.query('commit');
      countAppended(store, 1);
      return redaction;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

async function redact(client: pg.Client, store: Store, input: RedactInput): Promise<Redaction> {
  const { actor, entryId, decision, reason } = input;
  const { rows } = await client.query<Found>(FIND, [isId(entryId) ? entryId : null]);
  const found = rows[0];
  if (!found) throw notFound();
  if (found.action === 'audit.redact') throw notRedactable();
  // Two at once: the second waits for the first and then finds nothing to take out.
  const { rowCount } = await client.query(REMOVE, [entryId]);
  if (found.is_redacted || rowCount === 0) throw alreadyRedacted();
  const { stream, action } = found;
  const seq = Number(found.seq);
  // What an inspection read stays hidden: the redaction of it does not tell the unit either.
  const where = found.inspection_id ? {} : { bookId: found.book_id, placeId: found.place_id };
  const context = { actor, now: store.clock.now(), clock: store.clock, commandId: null };
  const entry = sealEntry(context, {
    ...{ action: 'audit.redact', subjectKind: 'audit-entry', subjectId: entryId, reason },
    ...where,
    payload: { decision, stream, seq, action },
  });
  await appendEntries((sql, params) => client.query(sql, params), [entry]);
  return { entryId, stream, seq, redactionId: entry.entryId, keepsWords: found.keeps_words };
}

const notFound = (): Problem =>
  new Problem('not-found', {
    code: 'entry-not-found',
    what: 'Không có mục nhật ký mang mã này.',
    todo: 'Lấy mã của mục ở trang Nhật ký hoặc trong tệp xuất ra.',
  });

const notRedactable = (): Problem =>
  new Problem('refused', {
    code: 'not-redactable',
    what: 'Mục ghi việc che nội dung thì không che được.',
    why: 'Căn cứ của việc che phải còn đọc được.',
  });

const alreadyRedacted = (): Problem =>
  new Problem('conflict', {
    code: 'already-redacted',
    what: 'Nội dung của mục này đã được che trước đó.',
  });
