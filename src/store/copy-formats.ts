import { Problem, parsePlainDate } from '../kernel/index.js';

/**
 * How values of one type are written in PostgreSQL's binary format of COPY (manual, "COPY", Binary
 * Format; the bytes of a type are those its `…recv` function reads). The server takes it over as it is,
 * where it would read text letter by letter: a third of the work for a table of identifiers.
 */
export interface FieldFormat {
  /** At most so many bytes are written for the value; a number where it is the same for all. */
  room: number | ((value: unknown) => number);
  /** Writes the value at `at` and returns where it ended. @throws TypeError for a value of another kind */
  write: (bytes: Buffer, at: number, value: unknown) => number;
}

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const DAY_MILLIS = 86_400_000;
/** PostgreSQL counts days and microseconds from here. */
const EPOCH_MILLIS = Date.UTC(2000, 0, 1);
const OID_TEXT = 25;
const NUL = '\u0000';

const fixed = (room: number, write: FieldFormat['write']): FieldFormat => ({ room, write });

const textRoom = (text: string): number => text.length * BYTES_PER_UNIT;

/** Beyond this many letters a call into the runtime costs less than going through them here. */
const SHORT = 32;

function writeText(bytes: Buffer, at: number, text: string): number {
  if (text.length <= SHORT) {
    let i = 0;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 0 || code > 0x7f) break;
      bytes[at + i] = code;
    }
    if (i === text.length) return at + i;
  }
  if (text.includes(NUL)) throw notStorable();
  return at + bytes.write(text, at);
}

const TEXT: FieldFormat = {
  room: (value) => textRoom(stringOf(value)),
  write: (bytes, at, value) => writeText(bytes, at, stringOf(value)),
};

/** Text in a column of JSON is taken as JSON already, as `pg` does. */
const jsonOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const JSON_TEXT: FieldFormat = {
  room: (value) => textRoom(jsonOf(value)),
  write: (bytes, at, value) => writeText(bytes, at, jsonOf(value)),
};

const JSONB_VERSION = 1;
const JSONB: FieldFormat = {
  room: (value) => 1 + textRoom(jsonOf(value)),
  write: (bytes, at, value) => JSON_TEXT.write(bytes, bytes.writeUInt8(JSONB_VERSION, at), value),
};

/** One dimension; elements are null or what a column of text takes. */
const TEXT_ARRAY: FieldFormat = {
  room: (value) =>
    (value as unknown[]).reduce<number>((sum, one) => sum + 4 + textRoom(stringOf(one ?? '')), 20),
  write(bytes, at, value) {
    const items = value as readonly unknown[];
    let end = bytes.writeInt32BE(items.length === 0 ? 0 : 1, at);
    end = bytes.writeInt32BE(items.includes(null) ? 1 : 0, end);
    end = bytes.writeInt32BE(OID_TEXT, end);
    if (items.length === 0) return end;
    end = bytes.writeInt32BE(1, bytes.writeInt32BE(items.length, end));
    for (const item of items) end = writeSized(bytes, end, TEXT, item);
    return end;
  },
};

const BYTES: FieldFormat = {
  room: (value) => bytesOf(value).length,
  write(bytes, at, value) {
    bytes.set(bytesOf(value), at);
    return at + bytesOf(value).length;
  },
};

const NO_DIGIT = 0x80;
/** The value of a hexadecimal digit by its character code, `NO_DIGIT` for every other byte. */
const DIGIT = new Uint8Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  DIGIT[digit.charCodeAt(0)] = DIGIT[digit.toUpperCase().charCodeAt(0)] = value;
}
const HYPHEN = 45;
const UUID_LENGTH = 36;
const UUID_BYTES = 16;
const letters = Buffer.alloc(UUID_LENGTH);

function writeUuid(bytes: Buffer, at: number, text: string): number {
  // Letters beyond ASCII take bytes that are no digits.
  const length = letters.write(text);
  let seen = text.length === UUID_LENGTH ? UUID_LENGTH - length : NO_DIGIT;
  let end = at;
  for (let i = 0; i < UUID_LENGTH; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) seen |= letters[i++]! ^ HYPHEN;
    const high = DIGIT[letters[i]!]!;
    const low = DIGIT[letters[i + 1]!]!;
    seen |= (high | low) & NO_DIGIT;
    bytes[end++] = (high << 4) | low;
  }
  if (seen !== 0) throw wrongKind('a UUID', text);
  return end;
}

/** For one column: a book, a place, a household stands in many rows one after the other. */
function uuidFormat(): FieldFormat {
  const last = Buffer.alloc(UUID_BYTES);
  let lastText: string | null = null;
  return fixed(UUID_BYTES, (bytes, at, value) => {
    if (typeof value === 'string') {
      if (value !== lastText) {
        writeUuid(last, 0, value);
        lastText = value;
      }
      bytes.set(last, at);
    } else {
      if (!(value instanceof Uint8Array && value.length === UUID_BYTES)) {
        throw wrongKind('a UUID', value);
      }
      bytes.set(value, at);
    }
    return at + UUID_BYTES;
  });
}

/** Days of a review repeat; so many are remembered before beginning anew. */
const REMEMBERED_DAYS = 4_000;
const days = new Map<unknown, number>();

function dayNumber(value: unknown): number {
  const known = days.get(value);
  if (known !== undefined) return known;
  const day = typeof value === 'string' ? parsePlainDate(value) : null;
  if (day === null) throw wrongKind('a day', value);
  const number = (Date.parse(day) - EPOCH_MILLIS) / DAY_MILLIS;
  if (days.size >= REMEMBERED_DAYS) days.clear();
  days.set(value, number);
  return number;
}

const date = fixed(4, (bytes, at, value) => bytes.writeInt32BE(dayNumber(value), at));

/** With its zone, and not finer than a `Date` can say. */
const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

/** `Date.parse` alone finds an instant in nearly every text with a number, in the zone of the machine. */
function millisOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
  return day && parsePlainDate(day) ? Date.parse(value as string) : NaN;
}

const instant = fixed(8, (bytes, at, value) => {
  const millis = millisOf(value);
  if (Number.isNaN(millis)) throw wrongKind('an instant', value);
  return bytes.writeBigInt64BE(BigInt(millis - EPOCH_MILLIS) * 1000n, at);
});

const boolean = fixed(1, (bytes, at, value) => {
  if (typeof value !== 'boolean') throw wrongKind('a boolean', value);
  bytes[at] = value ? 1 : 0;
  return at + 1;
});

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const NEGATIVE = 0x4000;

/** Groups of four decimal digits, the point between two of them; `weight` = groups before it, less one. */
const numeric: FieldFormat = {
  room: (value) => 16 + String(value).length,
  write(bytes, at, value) {
    const match = DECIMAL.exec(String(value));
    if (!match) throw wrongKind('a decimal number', value);
    const [, sign, whole, fraction = ''] = match as unknown as [string, string, string, string?];
    const groups = Math.ceil(whole.length / 4);
    const digits =
      whole.padStart(groups * 4, '0') + fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0');
    let end = bytes.writeInt16BE(digits.length / 4, at);
    end = bytes.writeInt16BE(groups - 1, end);
    end = bytes.writeUInt16BE(sign ? NEGATIVE : 0, end);
    end = bytes.writeInt16BE(fraction.length, end);
    for (let i = 0; i < digits.length; i += 4) {
      end = bytes.writeInt16BE(Number(digits.slice(i, i + 4)), end);
    }
    return end;
  },
};

/** By the name of the type in `pg_type`; the values of every enumeration are `enum`. */
const FORMATS: Readonly<Record<string, FieldFormat>> = {
  text: TEXT,
  enum: TEXT,
  json: JSON_TEXT,
  jsonb: JSONB,
  _text: TEXT_ARRAY,
  bytea: BYTES,
  date,
  timestamptz: instant,
  bool: boolean,
  int2: fixed(2, (bytes, at, value) => bytes.writeInt16BE(integer(value), at)),
  int4: fixed(4, (bytes, at, value) => bytes.writeInt32BE(integer(value), at)),
  int8: fixed(8, (bytes, at, value) => bytes.writeBigInt64BE(BigInt(integer(value)), at)),
  numeric,
};

/** The format for a column of a type. @throws TypeError for a type that nothing here is stored in yet */
export function formatOf(type: string): FieldFormat {
  const format = type === 'uuid' ? uuidFormat() : FORMATS[type];
  if (!format) throw new TypeError(`no binary format for columns of type ${type}`);
  return format;
}

/** Bytes that say how long a field is. */
export const SIZE_BYTES = 4;

/** Writes a field: its length and then its bytes; null is a length of its own. Returns where it ended. */
export function writeSized(bytes: Buffer, at: number, format: FieldFormat, value: unknown): number {
  const begin = at + SIZE_BYTES;
  if (value === null || value === undefined) {
    // A length of -1.
    bytes[at] = bytes[at + 1] = bytes[at + 2] = bytes[at + 3] = 0xff;
    return begin;
  }
  const end = format.write(bytes, begin, value);
  const size = end - begin;
  bytes[at] = size >>> 24;
  bytes[at + 1] = size >>> 16;
  bytes[at + 2] = size >>> 8;
  bytes[at + 3] = size;
  return end;
}

const WHOLE = /^[+-]?\d+$/;

/** Without this, the buffer would write something that is no number as 0. */
function integer(value: unknown): number {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const number = isNumber || (typeof value === 'string' && WHOLE.test(value)) ? Number(value) : NaN;
  if (!Number.isSafeInteger(number)) throw wrongKind('a whole number', value);
  return number;
}

/** A text or an array would be taken too, item by item. */
function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw wrongKind('bytes', value);
  return value;
}

function stringOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw wrongKind('a text', value);
}

const wrongKind = (what: string, value: unknown): TypeError =>
  new TypeError(`expected ${what}, got ${typeof value} ${String(value).slice(0, 40)}`);

const notStorable = (): Problem =>
  new Problem('refused', {
    code: 'text-not-storable',
    what: 'Nội dung chứa ký tự rỗng (NUL) nên không lưu được.',
    todo: 'Xóa ký tự lạ trong tệp rồi nhập lại.',
  });
