import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { Problem, fixedClock } from '../kernel/index.js';
import { progressWriter, reportError, textTable, writeLine } from './output.js';
import { runCli } from './main.js';

function around() {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  return {
    env: {},
    stdin: new PassThrough(),
    stdout,
    stderr,
    clock: fixedClock('2026-01-01T00:00:00Z'),
    signal: new AbortController().signal,
    boot: null,
    out: () => String(stdout.read() ?? ''),
    err: () => String(stderr.read() ?? ''),
  };
}

test('the answer is on stdout alone, as one JSON value', async () => {
  const io = around();
  expect(await runCli(['version', '--json'], io)).toBe(0);
  expect(JSON.parse(io.out())).toMatchObject({ version: '0.1.0' });
  expect(io.err()).toBe('');
});

test('an unknown command ends with 2 and names the nearest', async () => {
  const io = around();
  expect(await runCli(['vesrion'], io)).toBe(2);
  expect(io.out()).toBe('');
  expect(io.err()).toContain('thonban version');
});

test('wrong use with --json is a problem as JSON on stderr', async () => {
  const io = around();
  expect(await runCli(['version', '--loud', '--json'], io)).toBe(2);
  expect(JSON.parse(io.err())).toMatchObject({ problem: { code: 'unknown-option' } });
});

test('a path instead of a command is not looked up on the disk', async () => {
  const io = around();
  expect(await runCli(['../main'], io)).toBe(2);
  expect(io.err()).toContain('Không có lệnh');
});

test('help lists every command, and each has its page', async () => {
  const io = around();
  expect(await runCli(['--help'], io)).toBe(0);
  const text = io.out();
  const names = [...text.matchAll(/^ {2}([a-z]+) {2}/gm)].map((match) => match[1]!);
  expect(names).toContain('serve');
  expect(names).toContain('areas');
  for (const name of names) {
    expect(await runCli([name, '--help'], io)).toBe(0);
    expect(io.out()).toContain(`thonban ${name}`);
  }
});

test('help with --json is one JSON value, of all commands and of one', async () => {
  const io = around();
  expect(await runCli(['--help', '--json'], io)).toBe(0);
  const { commands } = JSON.parse(io.out()) as { commands: { name: string }[] };
  expect(commands.map(({ name }) => name)).toContain('serve');
  for (const words of [
    ['form', '--help', '--json'],
    ['help', 'form', '--json'],
  ]) {
    expect(await runCli(words, io)).toBe(0);
    const page = JSON.parse(io.out()) as { name: string; options: unknown[] };
    expect(page.name).toBe('form');
    expect(page.options).toContainEqual(
      expect.objectContaining({ name: '--round', takesValue: true }),
    );
  }
});

test('nothing at all shows the help and counts as wrong use', async () => {
  const io = around();
  expect(await runCli([], io)).toBe(2);
  expect(io.out()).toContain('Cách dùng');
});

test('exit codes follow the kind of problem; what, why and what to do are told', () => {
  const io = around();
  const problem = new Problem('refused', { code: 'x', what: 'A.', why: 'B.', todo: 'C.' });
  expect(reportError(problem, io.stderr, false)).toBe(1);
  expect(io.err()).toBe('Lỗi: A.\n  Vì sao: B.\n  Cần làm: C.\n');
  expect(reportError(new Error('boom'), io.stderr, true)).toBe(3);
  expect(JSON.parse(io.err())).toMatchObject({ problem: { code: 'internal-error', why: 'boom' } });
});

test('a long reason is folded for a terminal: no word is cut, nothing is lost', () => {
  const io = around();
  const why = Array.from({ length: 60 }, (_, n) => `chữ${n}`).join(' ');
  const long = 'x'.repeat(150);
  const problem = new Problem('refused', { code: 'x', what: long, why, todo: `${long} C.` });
  reportError(problem, io.stderr, false);
  const told = io.err().trimEnd();
  const lines = told.split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([`Lỗi: ${long}`, `    ${long}`]);
  expect(told.replace(/\s+/g, ' ')).toBe(`Lỗi: ${long} Vì sao: ${why} Cần làm: ${long} C.`);
});

test('progress: one line that rewrites itself on a terminal, one per message in a log', () => {
  const log = around();
  const plain = progressWriter(log.stderr);
  plain.show('Đọc', 0.1);
  plain.show('Đọc', 0.2);
  plain.show('Ghi');
  plain.clear();
  expect(log.err()).toBe('Đọc\nGhi\n');
  const screen = around();
  const terminal = progressWriter(Object.assign(screen.stderr, { isTTY: true, columns: 20 }));
  terminal.show('Đang đọc một tệp rất dài', 0.5);
  terminal.clear();
  expect(screen.err()).not.toContain('\n');
});

test('a reader that went away does not hold the program up', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  const waiting = writeLine(stream, 'một dòng');
  stream.destroy();
  await waiting;
  await writeLine(stream, 'dòng nữa');
  expect(stream.destroyed).toBe(true);
});

/** A stream on which every write fails. */
const failing = (code: string) =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
  })
    // As `main` listens on the real ones.
    .on('error', () => undefined);

test('a pipe that closes in the middle of a long answer ends quietly', async () => {
  const pipe = failing('EPIPE');
  await writeLine(pipe, 'một dòng');
  await writeLine(pipe, 'dòng nữa');
  const io = around();
  expect(await runCli(['version', '--json'], { ...io, stdout: failing('EPIPE') })).toBe(0);
  expect(io.err()).toBe('');
});

test('a full disk behind stdout is told in a sentence, as a matter of the environment', async () => {
  const io = around();
  expect(await runCli(['version'], { ...io, stdout: failing('ENOSPC') })).toBe(3);
  expect(io.err()).toMatch(/^Lỗi: Không ghi được kết quả ra\.\n {2}Vì sao: Đĩa đã đầy\./);
  expect(await runCli(['nothing'], { ...io, stderr: failing('ENOSPC') })).toBe(2);
});

test('many lines to a slow reader leave no listener behind', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  stream.resume();
  for (let i = 0; i < 20; i++) await writeLine(stream, 'một dòng');
  expect(stream.listenerCount('close') + stream.listenerCount('drain')).toBeLessThanOrEqual(1);
});

test('a table keeps numbers to the right', () => {
  expect(
    textTable([
      ['Xã', 5],
      ['Phường', 12],
    ]),
  ).toBe('Xã       5\nPhường  12');
});
