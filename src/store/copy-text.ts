import { Problem } from '../kernel/index.js';

/** Turns one value into a field of PostgreSQL's COPY text format. */
export type FieldWriter = (value: unknown) => string;

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
/** What no field may hold as it is; tested for every text of a load, found in next to none. */
const SPECIAL = /[\\\t\n\r\0]/;
const NUL = '\u0000';

/** Escapes tab, line ends and backslash, so that the text `\N` stays text and is not null. */
export function escapeCopyText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  if (text.includes(NUL)) {
    throw new Problem('refused', {
      code: 'text-not-storable',
      what: 'Nội dung chứa ký tự rỗng (NUL) nên không lưu được.',
      todo: 'Xóa ký tự lạ trong tệp rồi nhập lại.',
    });
  }
  return text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char]!);
}

/**
 * The writer for a column of this type (as `format_type` names it). Arrays become array literals in an
 * array column and JSON in a json column; text in a json column is taken as JSON already, as `pg` does.
 */
export function fieldWriter(type: string): FieldWriter {
  const isJson = type === 'json' || type === 'jsonb';
  return (value) => {
    if (value === null || value === undefined) return '\\N';
    if (typeof value === 'string') return escapeCopyText(value);
    if (typeof value === 'boolean') return value ? 't' : 'f';
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
    if (Array.isArray(value) && !isJson) return escapeCopyText(arrayLiteral(value));
    return escapeCopyText(JSON.stringify(value));
  };
}

/** `["a","b \"c\""]` as `{"a","b \"c\""}`; one dimension, elements of text, number or null. */
function arrayLiteral(values: readonly unknown[]): string {
  const items = values.map((value) =>
    value === null || value === undefined
      ? 'NULL'
      : `"${String(value as string | number).replace(/["\\]/g, (char) => `\\${char}`)}"`,
  );
  return `{${items.join(',')}}`;
}
