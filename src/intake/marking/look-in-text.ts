import { decodeText } from '../csv/decode.js';
import type { Marking } from './marking.js';
import { degreeIn, degreeInCells, mayHoldMarking } from './words.js';

/** A line that goes on beyond this is no stamp; it is judged in pieces. */
const LONGEST = 64 * 1024;

/**
 * Looks for a marking in a text file, line by line and cell by cell, whatever separates the cells; tags
 * of a web page separate too. @throws Problem `text-encoding`
 */
export async function lookInText(bytes: AsyncIterable<Buffer>): Promise<Marking | null> {
  let rest = '';
  for await (const piece of decodeText(bytes)) {
    const text = rest + piece;
    const end = endOfLines(text);
    const whole = text.length - end > LONGEST ? text.length : end;
    const found = lookInLines(text.slice(0, whole));
    if (found) return found;
    rest = text.slice(whole);
  }
  return lookInLines(rest);
}

/** Behind the last line break. A text without one of the two kinds is not searched for it from its end. */
function endOfLines(text: string): number {
  const end = text.lastIndexOf('\n') + 1;
  return end + text.slice(end).lastIndexOf('\r') + 1;
}

function lookInLines(text: string): Marking | null {
  if (!mayHoldMarking(text)) return null;
  for (const line of text.split(/[\r\n]+/)) {
    if (!mayHoldMarking(line)) continue;
    const degree = degreeIn(line) ?? degreeInCells(cellsOf(line));
    if (degree) return { degree, place: 'một dòng của tệp' };
  }
  return null;
}

const cellsOf = (line: string): string[] =>
  line.split(/[,;\t<>]/).flatMap((cell) => {
    const text = cell.replace(/^\s*"|"\s*$/g, '');
    return text.trim() === '' ? [] : [text];
  });
