import { TextDecoder } from 'node:util';
import { fileProblems } from '../problems.js';

/** Encoding by byte order mark; UTF-8 without one. Anything that is not valid in it is refused. */
export function decoderFor(head: Buffer): TextDecoder {
  const wide =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(wide, { fatal: true });
}

/** Decodes a stream of bytes; the byte order mark is dropped. @throws Problem `text-encoding` */
export async function* decodeText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  try {
    for await (const chunk of chunks) {
      decoder ??= decoderFor(chunk);
      yield decoder.decode(chunk, { stream: true });
    }
    if (decoder) yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw fileProblems.encoding();
    throw error;
  }
}
