import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../../kernel/index.js';

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;
export const MOST_WAITING = 200;

/** argon2id, the library's default; 19 MiB and 2 passes are the least OWASP advises. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * One after the other: a rush of sign-ins takes one core, and the pages keep the rest. Never wait for it
 * within a transaction: there are fewer connections than places here.
 * @throws Problem `sign-in-busy`
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= MOST_WAITING) {
    throw new Problem('environment', {
      code: 'sign-in-busy',
      what: 'Đang có quá nhiều người đăng nhập cùng lúc.',
      todo: 'Chờ một phút rồi thử lại.',
    });
  }
  waiting += 1;
  const result = last.then(work, work);
  last = result.then(leave, leave);
  return result;
}

const leave = (): void => {
  waiting -= 1;
};

/** Vietnamese typed on two keyboards differs in composition; both must open the same account. */
export const normalise = (password: string): string => password.normalize('NFC');

export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalise(password), COST));

let decoy: Promise<string> | undefined;

/**
 * Is this the password of that hash? `null` (no such account) costs the same time and is always false,
 * so that the answer does not tell which names exist.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (password.length > LONGEST_PASSWORD) return false;
  const known = passwordHash ?? (await (decoy ??= hashPassword('a password nobody has')));
  const isRight = await inTurn(() => verify(known, normalise(password)));
  return isRight && passwordHash !== null;
}
