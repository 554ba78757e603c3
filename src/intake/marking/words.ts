import { tidyText } from '../../kernel/index.js';

/** The three degrees of state secrets, as they are stamped. */
export type Degree = 'MẬT' | 'TỐI MẬT' | 'TUYỆT MẬT';

const DEGREE: Readonly<Record<string, Degree>> = {
  MẬT: 'MẬT',
  'TỐI MẬT': 'TỐI MẬT',
  TỐIMẬT: 'TỐI MẬT',
  'TUYỆT MẬT': 'TUYỆT MẬT',
  TUYỆTMẬT: 'TUYỆT MẬT',
};

const ONE = '(?:TUYỆT ?MẬT|TỐI ?MẬT|MẬT)';
/** A stamp alone in its place, or with the words that stamps and covers have around it. */
const STAMP = new RegExp(
  `^(?:(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TÀI LIỆU|VĂN BẢN|CÔNG VĂN) ?[-–—:,./]? ?)?(${ONE})$`,
  'u',
);
/** "Độ mật: Tối mật", wherever it stands in a line; "mật độ" is another word. */
const LABELLED =
  /(?<![\p{L}\p{N}])độ mật ?[:=–—-] ?["“(]?(tuyệt mật|tối mật|mật)(?![\p{L}\p{N}])(?! (?:độ|khẩu|ong)(?!\p{L}))/iu;
const LABEL = /^(?:mức )?độ mật ?[:=–—-]?$/iu;
const AROUND = `[\\s"'“”‘’()[\\]{}<>«»*_.:;=|#!–—-]+`;
const BRACKETS = new RegExp(`^${AROUND}|${AROUND}$`, 'gu');

/** "M Ậ T", as stamps are typed, is one word. */
function closed(line: string): string {
  const letters = line.split(' ');
  return letters.length > 2 && letters.every((one) => /^\p{L}$/u.test(one))
    ? letters.join('')
    : line;
}

/**
 * The degree that a line (a cell, a paragraph, a heading) is stamped with. A marking stands alone and in
 * capitals, or follows "Độ mật:"; two words alone count in small letters too. The same words inside a
 * sentence ("bí mật kinh doanh"), other words ("mật ong") and a person's name ("Lò Văn Mật", "Mật") are
 * none.
 */
export function degreeIn(text: string): Degree | null {
  const line = tidyText(text);
  if (line.length > 200) return labelled(line.slice(0, 2_000));
  const bare = closed(line.replace(BRACKETS, ''));
  const stamp = STAMP.exec(bare)?.[1];
  if (stamp !== undefined) return DEGREE[stamp] ?? null;
  // "Tối mật", "tuyệt mật"; "Tối Mật" may be somebody's name.
  if (/^(tối|tuyệt) mật$/iu.test(bare) && !/ Mật$/u.test(bare)) {
    return DEGREE[bare.toUpperCase()] ?? null;
  }
  return labelled(line);
}

function labelled(line: string): Degree | null {
  const word = LABELLED.exec(line)?.[1];
  return word === undefined ? null : (DEGREE[word.toUpperCase()] ?? null);
}

/** A cell that asks for the degree, which then stands in the next one. */
export const isLabel = (text: string): boolean => LABEL.test(tidyText(text));

/** The degree in a row of cells: in one of them, line by line, or behind a cell that says "Độ mật". */
export function degreeInCells(cells: readonly string[]): Degree | null {
  for (const [at, cell] of cells.entries()) {
    for (const line of cell.split(/[\r\n]+/)) {
      const degree = degreeIn(line);
      if (degree) return degree;
    }
    const answer = isLabel(cell) ? tidyText(cells[at + 1] ?? '').toUpperCase() : '';
    if (DEGREE[answer]) return DEGREE[answer];
  }
  return null;
}

const IN_BRACKETS = new RegExp(`[([{]\\s*(${ONE})\\s*[)\\]}]`, 'u');
const TWO_WORDS = /(?<![\p{L}\p{N}])(TUYỆT MẬT|TỐI MẬT|TUYET MAT|TOI MAT)(?![\p{L}\p{N}])/u;

/**
 * The degree in the name of a file: "(MẬT) …", "TỐI MẬT báo cáo", "bao-cao_TOI-MAT". Of the single word
 * only a part by itself: "MẬT ONG.xlsx" is a list of honey.
 */
export function degreeInName(fileName: string): Degree | null {
  const name = tidyText(fileName.replace(/\.\w{1,5}$/u, ''));
  const bracketed = IN_BRACKETS.exec(name)?.[1];
  if (bracketed !== undefined) return DEGREE[bracketed] ?? null;
  const two = TWO_WORDS.exec(name.replace(/[_.–—-]+/gu, ' '))?.[1];
  if (two !== undefined) return /^TUY/u.test(two) ? 'TUYỆT MẬT' : 'TỐI MẬT';
  for (const part of name.split(/[_.,;()[\]–—-]+/u)) {
    const degree = degreeIn(part);
    if (degree) return degree;
  }
  return null;
}

// Ậ and ậ in one piece, in two or three, and as XML may write them.
const CAPITAL = 'Ậ|Â\\u0323|Ạ\\u0302|A\\u0323\\u0302|A\\u0302\\u0323';
const SMALL = 'ậ|â\\u0323|ạ\\u0302|a\\u0323\\u0302|a\\u0302\\u0323';
const BETWEEN = '[\\s\\u00ad\\u200b-\\u200f\\u2060\\ufeff]*';
// In "Nhật" and "luật" nothing is looked for: the small letters count behind an m alone.
const CANDIDATE = new RegExp(
  `(?:${CAPITAL})${BETWEEN}T|[Mm]${BETWEEN}(?:${SMALL})${BETWEEN}t|` +
    '&#(?:[xX]0*1[eE][aA][cCdD]|785[23]|[xX]0*30?23|770|803);',
  'u',
);

/** Can this piece of raw text hold a marking at all? Most files are passed over by this alone. */
export const mayHoldMarking = (raw: string): boolean => CANDIDATE.test(raw);
