import type { Writable } from 'node:stream';
import { Problem, exitCodeOf, systemReason } from '../kernel/index.js';

/**
 * Writes one line and waits until it is taken; a reader that has gone away (`| head`) is no error.
 * @throws Problem `output-not-written` when there is no room for it
 */
export function writeLine(stream: Writable, line: string): Promise<void> {
  const shown = line.replace(CONTROL, '\u{FFFD}');
  return new Promise((resolve, reject) => {
    if (stream.destroyed) resolve();
    else {
      // A reader that leaves during a write may leave the write without an answer.
      const onClose = () => resolve();
      stream.once('close', onClose);
      stream.write(`${shown}\n`, (error?: NodeJS.ErrnoException | null) => {
        stream.off('close', onClose);
        if (!error || isReaderGone(error)) resolve();
        else reject(notWritten(error));
      });
    }
  });
}

/** Names of files and people come from elsewhere: what drives a terminal does not reach it. */
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

const isReaderGone = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';

const notWritten = (error: NodeJS.ErrnoException): Problem =>
  new Problem(
    'environment',
    {
      code: 'output-not-written',
      what: 'Không ghi được kết quả ra.',
      why: systemReason(error),
      todo: 'Kiểm tra chỗ trống và quyền ghi ở nơi nhận kết quả rồi chạy lại.',
    },
    error,
  );

/**
 * Progress on stderr: on a terminal one line that rewrites itself, else one line per new message, so
 * that a log stays short.
 */
export function progressWriter(stream: Writable & { isTTY?: boolean; columns?: number }) {
  let last = '';
  return {
    show(message: string, fraction?: number): void {
      const percent = fraction === undefined ? '' : `${Math.floor(fraction * 100)} % `;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${percent}${message}`.slice(0, (stream.columns ?? 80) + 3));
      } else if (message !== last) {
        stream.write(`${message}\n`);
      }
      last = message;
    },
    /** Takes the line away before an answer or an error is written. */
    clear(): void {
      if (stream.isTTY && last !== '') stream.write('\r\u001b[K');
      last = '';
    },
  };
}

/** Tells what went wrong on stderr (as JSON when asked) and answers the exit code. */
export function reportError(error: unknown, stderr: Writable, json: boolean): number {
  if (error instanceof Problem) {
    stderr.write(`${json ? JSON.stringify(error.toJSON()) : problemText(error)}\n`);
    return exitCodeOf(error);
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const problem = new Problem('environment', {
    code: 'internal-error',
    what: 'Lỗi ngoài dự kiến của phần mềm.',
    why: error instanceof Error ? error.message : String(error),
    todo: 'Gửi nội dung lỗi cho người bảo trì.',
  });
  stderr.write(json ? `${JSON.stringify(problem.toJSON())}\n` : `${problem.what}\n${message}\n`);
  return exitCodeOf(problem);
}

/** What, why, what to do: each begins a line of its own. */
export function problemText(problem: Problem): string {
  const lines = [`Lỗi: ${problem.what}`];
  if (problem.why) lines.push(`  Vì sao: ${problem.why}`);
  if (problem.todo) lines.push(`  Cần làm: ${problem.todo}`);
  return lines.map(folded).join('\n');
}

/** Characters of a line on a terminal that are read in one glance. */
const WIDTH = 100;

/** A long line over several, what follows indented; a word is never cut. */
function folded(line: string): string {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const at = rest.lastIndexOf(' ', WIDTH);
    // A word longer than the line, or nothing before it but the indent.
    const cut = at > INDENT.length ? at : rest.indexOf(' ', WIDTH);
    if (cut < 0) break;
    lines.push(rest.slice(0, cut));
    rest = INDENT + rest.slice(cut + 1).trimStart();
  }
  return [...lines, rest].join('\n');
}

const INDENT = '    ';

/** `columns` in equal steps, numbers to the right: for answers read on a terminal. */
export function textTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, String(cell).length)));
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) =>
          typeof cell === 'number' ? String(cell).padStart(widths[i]!) : cell.padEnd(widths[i]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
