import { createHash } from 'node:crypto';
import { Problem } from '../kernel/index.js';
import type { Store, Tx } from '../store/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';

/**
 * `name`: the account, tried from a browser that was never signed in to it. `browser`: the account, from
 * one that was; a stranger who keeps trying the name does not delay its owner there. `address`: where
 * attempts come from. `code`: the second factor of an account whose password was right, a browser that
 * gave one before apart. `paper`: the code on a household's paper, whose year of birth is guessed.
 */
export type AttemptKind = 'name' | 'browser' | 'address' | 'code' | 'paper';

/** Papers are kept among the codes; their hash tells them apart. */
const keptAs = (kind: AttemptKind): string => (kind === 'paper' ? 'code' : kind);

interface Policy {
  /** Failures in a row that cost nothing. */
  free: number;
  /** An office shares one address: many people mistype there. */
  longestSeconds: number;
  /** Failures older than this are forgotten. */
  forgetSeconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The delay doubles from two seconds on and ends at `longestSeconds`: nobody is locked out for ever. */
export const POLICY: Readonly<Record<AttemptKind, Policy>> = {
  name: { free: 4, longestSeconds: 5 * MINUTE, forgetSeconds: 12 * HOUR },
  browser: { free: 4, longestSeconds: 5 * MINUTE, forgetSeconds: 12 * HOUR },
  code: { free: 4, longestSeconds: 5 * MINUTE, forgetSeconds: 12 * HOUR },
  // Some eighty years are possible: trying them all takes days, and the household sees each try.
  paper: { free: 4, longestSeconds: HOUR, forgetSeconds: 12 * HOUR },
  address: { free: 30, longestSeconds: MINUTE, forgetSeconds: 15 * MINUTE },
};

export interface Subject {
  kind: AttemptKind;
  /** The name as it was typed, the address, …; only its hash is kept. */
  text: string;
}

/** Seconds to wait after each number of failures in a row; the last one holds for all further ones. */
export function waitsOf({ free, longestSeconds }: Policy): number[] {
  const waits = new Array<number>(free).fill(0);
  for (let wait = 2; ; wait *= 2) {
    waits.push(Math.min(wait, longestSeconds));
    if (wait >= longestSeconds) return waits;
  }
}

/**
 * One failure more, unless the subject has to wait. An attempt counts as failed from its beginning, so
 * that many at once, from many processes, gain nothing; success takes it back.
 */
const BEGIN = `
  insert into sign_in_attempts as a (kind, subject_hash, failures, last_at, not_before)
  values ($1, $2, 1, $3, $3::timestamptz + ($4::int[])[1] * interval '1 second')
  on conflict (kind, subject_hash) do update
  set failures = case when a.last_at < $5 then 1 else a.failures + 1 end,
    last_at = $3,
    not_before = $3::timestamptz + interval '1 second' * ($4::int[])[
      least(case when a.last_at < $5 then 1 else a.failures + 1 end, cardinality($4::int[]))]
  where a.not_before <= $3`;

const GIVE_BACK = `
  update sign_in_attempts set failures = greatest(failures - 1, 0), not_before = last_at
  where kind = $1 and subject_hash = $2`;

/** Rows that nobody remembers any more; a few at a time, so that nobody waits for it. */
const PRUNE = `
  delete from sign_in_attempts
  where (kind, subject_hash) in (
    select kind, subject_hash from sign_in_attempts where last_at < $1 limit 50)`;

/**
 * Registers an attempt by each of these subjects, all or none.
 * @throws Problem `sign-in-too-often`, saying how long to wait
 */
export async function beginAttempt(store: Store, subjects: readonly Subject[]): Promise<void> {
  const wait = await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    let longest = 0;
    for (const subject of subjects) longest = Math.max(longest, await waitOf(tx, subject));
    if (longest > 0) return longest;
    for (const subject of subjects) await register(tx, subject);
    await tx.query(PRUNE, [new Date(tx.now.getTime() - POLICY.name.forgetSeconds * 1000)]);
    return 0;
  });
  if (wait > 0) throw tooOften(wait);
}

async function register(tx: Tx, subject: Subject): Promise<void> {
  const policy = POLICY[subject.kind];
  const forgotten = new Date(tx.now.getTime() - policy.forgetSeconds * 1000);
  const { rowCount } = await tx.query(BEGIN, [
    ...[keptAs(subject.kind), hashOf(subject), tx.now, waitsOf(policy), forgotten],
  ]);
  // Somebody else came between looking and writing: the other attempts of this one are taken back too.
  if (rowCount === 0) throw tooOften(Math.max(await waitOf(tx, subject), 1));
}

/** Seconds until the subject may try again. */
async function waitOf(tx: Tx, subject: Subject): Promise<number> {
  const { rows } = await tx.query<{ not_before: Date }>(
    'select not_before from sign_in_attempts where kind = $1 and subject_hash = $2',
    [keptAs(subject.kind), hashOf(subject)],
  );
  const until = rows[0]?.not_before.getTime() ?? 0;
  return Math.max(0, Math.ceil((until - tx.now.getTime()) / 1000));
}

/**
 * The attempt was right: the account and its browser begin anew. The address gives back this one
 * attempt only, so that an own account among many guesses forgives nothing.
 */
export async function attemptSucceeded(tx: Tx, subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects) {
    await tx.query(
      subject.kind === 'address'
        ? GIVE_BACK
        : 'delete from sign_in_attempts where kind = $1 and subject_hash = $2',
      [keptAs(subject.kind), hashOf(subject)],
    );
  }
}

/**
 * Looks something up by the code on a household's paper and counts it for that code, whether there is
 * such a paper or not: `null` is a failure. @throws Problem `sign-in-too-often`
 */
export async function withPaperAttempt<T>(
  store: Store,
  code: string,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const subjects: Subject[] = [{ kind: 'paper', text: code }];
  await beginAttempt(store, subjects);
  const found = await look();
  if (found !== null) {
    await withActor(store, SYSTEM_ACTOR([]), (tx) => attemptSucceeded(tx, subjects));
  }
  return found;
}

/** Nothing was looked at: this one attempt is given back, and what was counted before it stays. */
export async function attemptUndone(store: Store, subjects: readonly Subject[]): Promise<void> {
  await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    for (const subject of subjects) {
      await tx.query(GIVE_BACK, [keptAs(subject.kind), hashOf(subject)]);
    }
  });
}

const hashOf = ({ kind, text }: Subject): Buffer =>
  createHash('sha256').update(`${kind}\0${text}`).digest();

/**
 * The network an address belongs to: of IPv6 the first 64 bits, which one household or office has for
 * itself alone.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...new Array<string>(gap).fill('0'), ...right];
  const short = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${short.join(':')}::/64`;
}

/** "40 giây", "5 phút". */
export const waitText = (seconds: number): string =>
  seconds < 90 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`;

const tooOften = (waitSeconds: number): Problem =>
  new Problem('too-many', {
    code: 'sign-in-too-often',
    what: 'Đã nhập sai nhiều lần liên tiếp.',
    todo: `Chờ ${waitText(waitSeconds)} rồi thử lại.`,
    details: { waitSeconds },
  });
