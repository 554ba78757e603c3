import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { evaluateLines } from './eval-lines.js';
import { readLines } from './read-lines.js';

const GOOD = '{"id":"a","effectYear":2026,"area":"rural","b1":140,"deprivations":3}';

async function run(...chunks: (string | Buffer)[]) {
  const out: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const write = async (text: string) => void out.push(...text.split('\n'));
  const tally = await evaluateLines(readLines(stream), write, () => undefined);
  return { tally, answers: out.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('lines in, lines out', () => {
  test('one answer per line, in order, refusals among them', async () => {
    const { answers, tally } = await run(
      `${GOOD}\nnot json\n{"id":"c","effectYear":2050}\n${GOOD}`,
    );
    expect(answers.map(({ id }) => id)).toEqual(['a', null, 'c', 'a']);
    expect(answers[1]).toMatchObject({ problem: { code: 'not-json', line: 2 } });
    expect(answers[2]).toMatchObject({ problem: { code: 'effect-year-outside', line: 3 } });
    expect(tally).toEqual({ lines: 4, refused: 2, blank: 0 });
  });

  test('byte order mark, Windows line ends and a character cut in two chunks', async () => {
    const text = Buffer.from(`\uFEFF${GOOD.replace('"a"', '"Lộc Bình"')}\r\n\r\n${GOOD}\r\n`);
    const cut = text.indexOf(Buffer.from('ộ')) + 1;
    const { answers, tally } = await run(text.subarray(0, cut), text.subarray(cut));
    expect(answers.map(({ id }) => id)).toEqual(['Lộc Bình', 'a']);
    expect(tally).toEqual({ lines: 2, refused: 0, blank: 1 });
  });

  test('an empty file has no lines', async () => {
    expect((await run('')).tally).toEqual({ lines: 0, refused: 0, blank: 0 });
  });

  test('a line without end is refused without being held in memory', async () => {
    const chunks = Array.from({ length: 30 }, () => 'x'.repeat(100_000));
    const { answers } = await run(...chunks, '\n', GOOD);
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatchObject({ id: null, problem: { code: 'line-too-long', line: 1 } });
    expect(answers[1]).toMatchObject({ id: 'a', status: 'poor' });
  });
});
