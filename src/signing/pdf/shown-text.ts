import { Lexer, PdfSyntaxError } from './lexer.js';
import type { ToUnicode } from './to-unicode.js';
import { decodeShown } from './to-unicode.js';
import type { PdfValue } from './value.js';
import { PdfName, PdfString } from './value.js';

/** A piece of text where it stands on a page, in the units of the page. */
interface Piece {
  x: number;
  y: number;
  size: number;
  text: string;
  /** Written at an angle: it belongs to no line. */
  isTurned: boolean;
}

type Matrix = readonly [number, number, number, number, number, number];
const UNIT: Matrix = [1, 0, 0, 1, 0, 0];

/** First `one`, then `then` (§8.3.4). */
const times = (one: Matrix, then: Matrix): Matrix => [
  one[0] * then[0] + one[1] * then[2],
  one[0] * then[1] + one[1] * then[3],
  one[2] * then[0] + one[3] * then[2],
  one[2] * then[1] + one[3] * then[3],
  one[4] * then[0] + one[5] * then[2] + then[4],
  one[4] * then[1] + one[5] * then[3] + then[5],
];

// Between text objects only the matrix matters: the rest of the drawing is passed over.
const AROUND_TEXT = /(?:^|(?<=[\s\])>]))(?:([qQ])|BT|((?:[-+.\d]+\s+){6})cm)(?=[\s/(<[]|$)/g;
const MOST_SAVED = 64;
const MOST_PIECES = 20_000;

/**
 * The lines of text that a content stream shows, put together by where their pieces stand: a word that
 * follows another on its line belongs to it, whatever order they were written in; a wide gap parts them.
 */
export function shownLines(
  content: Buffer,
  fontOf: (name: string) => ToUnicode | undefined,
): string[] {
  const text = content.toString('latin1');
  const pieces: Piece[] = [];
  const saved: Matrix[] = [];
  let matrix = UNIT;
  AROUND_TEXT.lastIndex = 0;
  for (let found = AROUND_TEXT.exec(text); found; found = AROUND_TEXT.exec(text)) {
    const [, save, moved] = found;
    if (save === 'q') saved.push(matrix);
    else if (save === 'Q') matrix = saved.pop() ?? UNIT;
    else if (moved !== undefined) {
      const numbers = moved.trim().split(/\s+/).map(Number);
      matrix = times(numbers as unknown as Matrix, matrix);
    } else {
      const lexer = new Lexer(content, AROUND_TEXT.lastIndex);
      readTextObject(lexer, matrix, fontOf, pieces);
      AROUND_TEXT.lastIndex = lexer.at;
    }
    if (saved.length > MOST_SAVED) saved.shift();
    if (pieces.length > MOST_PIECES) break;
  }
  return linesOf(pieces);
}

/** Kerning wider than this (thousandths of the size) is a space, a gap. */
const SPACE = -200;
const GAP = -2_000;

function readTextObject(
  lexer: Lexer,
  outer: Matrix,
  fontOf: (name: string) => ToUnicode | undefined,
  pieces: Piece[],
): void {
  let [line, at]: [Matrix, Matrix] = [UNIT, UNIT];
  let font: ToUnicode | undefined;
  let [size, leading] = [12, 0];
  let open: Piece | null = null;
  const place = (matrix: Matrix): void => {
    [line, at, open] = [matrix, matrix, null];
  };
  const move = (x: number, y: number): void => place(times([1, 0, 0, 1, x, y], line));
  const show = (text: string): void => {
    if (open) {
      open.text += text;
      return;
    }
    const [a, b, c, d, x, y] = times(at, outer);
    const scale = Math.hypot(c, d) || 1;
    open = { x, y, size: Math.abs(size) * scale, text, isTurned: Math.abs(b) > Math.abs(a) * 0.05 };
    pieces.push(open);
  };
  const showAll = (items: readonly PdfValue[]): void => {
    for (const item of items) {
      if (item instanceof PdfString) show(decodeShown(item.bytes, font));
      else if (typeof item === 'number' && item < GAP) show('\n');
      else if (typeof item === 'number' && item < SPACE) show(' ');
    }
  };
  eachOperator(lexer, (operator, given) => {
    const number = (i: number): number => (typeof given[i] === 'number' ? given[i] : 0);
    if (operator === 'ET') return false;
    if (operator === 'Tf') {
      font = given[0] instanceof PdfName ? fontOf(given[0].name) : undefined;
      size = number(1);
    } else if (operator === 'TL') leading = number(0);
    else if (operator === 'Td') move(number(0), number(1));
    else if (operator === 'TD') {
      leading = -number(1);
      move(number(0), number(1));
    } else if (operator === 'Tm') {
      place([number(0), number(1), number(2), number(3), number(4), number(5)]);
    } else if (operator === 'T*') move(0, -leading);
    else if (operator === 'Tj') showAll(given);
    else if (operator === 'TJ') showAll(Array.isArray(given[0]) ? (given[0] as PdfValue[]) : []);
    else if (operator === "'" || operator === '"') {
      move(0, -leading);
      showAll(given.slice(-1));
    }
    return true;
  });
}

/** Calls for each operator with what stands before it, until told to stop; broken places are passed over. */
function eachOperator(
  lexer: Lexer,
  work: (operator: string, given: readonly PdfValue[]) => boolean,
): void {
  const { bytes } = lexer;
  let given: PdfValue[] = [];
  for (;;) {
    lexer.skipWhite();
    if (lexer.at >= bytes.length) return;
    const start = lexer.at;
    if (/[A-Za-z'"*]/.test(String.fromCharCode(bytes[start]!))) {
      while (/[A-Za-z0-9'"*]/.test(String.fromCharCode(bytes[lexer.at] ?? 0))) lexer.at++;
      if (!work(bytes.toString('latin1', start, lexer.at), given)) return;
      given = [];
      continue;
    }
    try {
      given.push(lexer.value());
      if (given.length > 64) given = [];
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error;
      lexer.at = start + 1;
    }
  }
}

/** Letters are about this wide, in sizes; capitals of a long line are wider. */
const WIDTH = 0.62;
const COLUMN_GAP = 2;

function linesOf(pieces: readonly Piece[]): string[] {
  const turned = pieces.filter((piece) => piece.isTurned).map(({ text }) => text);
  const level = pieces.filter((piece) => !piece.isTurned).sort((a, b) => b.y - a.y);
  const lines: string[] = [];
  let row: Piece[] = [];
  for (const piece of level) {
    const first = row[0];
    if (first && first.y - piece.y > 0.4 * Math.max(first.size, piece.size, 1)) {
      lines.push(...columnsOf(row));
      row = [];
    }
    row.push(piece);
  }
  // A watermark is often written letter by letter.
  return [...turned, turned.join(''), ...lines, ...columnsOf(row)];
}

function columnsOf(row: Piece[]): string[] {
  const columns: string[] = [];
  let [text, end, size] = ['', -Infinity, 0];
  for (const piece of row.sort((a, b) => a.x - b.x)) {
    const width = WIDTH * piece.size * piece.text.length;
    const gap = piece.x - end;
    if (text !== '' && gap > COLUMN_GAP * size + 0.15 * (WIDTH * size * text.length)) {
      columns.push(text);
      text = '';
    }
    text +=
      text !== '' && gap > -0.1 * size && piece.text.length > 1 ? ` ${piece.text}` : piece.text;
    [end, size] = [piece.x + width, piece.size];
  }
  return text === '' ? columns : [...columns, text];
}
