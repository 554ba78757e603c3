import { Problem } from '../../kernel/index.js';
import { knownAbout } from './breached.js';
import { whyGuessable } from './guessable.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD, normalise } from './passwords.js';

/**
 * Refuses a password that is too short, too long, contains the account's name, was breached, or is built
 * of what everybody tries first.
 * @throws Problem `password-refused`
 */
export async function checkPassword(
  password: string,
  person: { username: string; fullName: string },
): Promise<void> {
  const why = whyTooPlain(password, person.username) ?? (await whyTooWeak(password, person));
  if (why === null) return;
  throw new Problem('refused', {
    code: 'password-refused',
    what: 'Không nhận mật khẩu này.',
    why,
    todo: 'Chọn một câu dài dễ nhớ của riêng mình, có dấu cách cũng được.',
  });
}

function whyTooPlain(password: string, username: string): string | null {
  const { length } = normalise(password);
  if (length < SHORTEST_PASSWORD) return `Mật khẩu phải có ít nhất ${SHORTEST_PASSWORD} ký tự.`;
  if (length > LONGEST_PASSWORD) return `Mật khẩu dài quá ${LONGEST_PASSWORD} ký tự.`;
  const hasName = password.toLowerCase().includes(username);
  return hasName ? 'Mật khẩu không được chứa tên đăng nhập.' : null;
}

const whyTooWeak = async (
  password: string,
  { username, fullName }: { username: string; fullName: string },
): Promise<string | null> => whyGuessable(password, await knownAbout([username, fullName]));
