import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** One line of a text stream; `text` is null when the line is longer than the limit. */
export interface Line {
  number: number;
  text: string | null;
}

/**
 * Splits a stream into lines in constant memory: a line beyond `limit` characters is dropped and
 * reported as null instead of being collected. A byte order mark and `\r` are taken off; the end of
 * the file is no line of its own.
 */
export async function* readLines(input: Readable, limit = 1_000_000): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8');
  let number = 0;
  let rest = '';
  let isTooLong = false;
  const finish = (text: string): Line => {
    number += 1;
    const line = { number, text: isTooLong || text.length > limit ? null : tidy(text, number) };
    isTooLong = false;
    return line;
  };
  for await (const chunk of input) {
    const parts = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield finish(part);
    if (rest.length > limit) {
      isTooLong = true;
      rest = '';
    }
  }
  rest += decoder.end();
  if (rest !== '' || isTooLong) yield finish(rest);
}

const tidy = (text: string, number: number) =>
  (number === 1 ? text.replace(/^\uFEFF/u, '') : text).replace(/\r$/u, '');
