import type { Readable, Writable } from 'node:stream';
import { Problem } from '../kernel/index.js';

interface Terminal extends Readable {
  isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const ERASE = /[\b\u007f]/;
const LONGEST = 10_000;

/**
 * A password from the keyboard, unseen and asked twice, or the first line of what is piped in.
 * @throws Problem `password-missing`, `passwords-differ`
 */
export async function readPassword(stdin: Readable, stderr: Writable): Promise<string> {
  const terminal: Terminal = stdin;
  if (!terminal.isTTY) return firstLine(stdin);
  const password = await unseen(terminal, stderr, 'Mật khẩu: ');
  const again = await unseen(terminal, stderr, 'Nhập lại mật khẩu: ');
  if (password === again) return password;
  throw new Problem('refused', {
    code: 'passwords-differ',
    what: 'Hai lần nhập mật khẩu không giống nhau.',
    todo: 'Chạy lại lệnh.',
  });
}

async function firstLine(stdin: Readable): Promise<string> {
  let text = '';
  stdin.setEncoding('utf8');
  for await (const piece of stdin) {
    text += String(piece);
    if (ENTER.test(text) || text.length > LONGEST) break;
  }
  const line = text.split(ENTER)[0] ?? '';
  if (line !== '') return line;
  throw new Problem('usage', {
    code: 'password-missing',
    what: 'Chưa có mật khẩu.',
    todo: 'Gõ mật khẩu khi được hỏi, hoặc đưa vào qua đầu vào chuẩn: … < tệp_mật_khẩu',
  });
}

function unseen(terminal: Terminal, stderr: Writable, question: string): Promise<string> {
  stderr.write(question);
  terminal.setEncoding('utf8');
  terminal.setRawMode?.(true);
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (settle: () => void) => {
      terminal.off('data', onData);
      terminal.setRawMode?.(false);
      terminal.pause();
      stderr.write('\n');
      settle();
    };
    const onData = (piece: string) => {
      for (const char of piece) {
        if (ENTER.test(char)) {
          finish(() => {
            resolve(text);
          });
          return;
        }
        if (char === CTRL_C) {
          finish(() => {
            reject(new Problem('usage', { code: 'interrupted', what: 'Đã dừng theo yêu cầu.' }));
          });
          return;
        }
        text = ERASE.test(char) ? text.slice(0, -1) : text + char;
      }
    };
    terminal.on('data', onData);
    terminal.resume();
  });
}
