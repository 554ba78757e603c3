import { areaRegister } from '../areas/index.js';
import type { PublicInstance } from '../figures/index.js';
import { Problem } from '../kernel/index.js';
import { canonicalJson } from '../store/index.js';
import { definitionsOf } from './definitions.js';
import type { EditionHead, Shelf } from './edition.js';
import { Edition, checksumOf, digestOf } from './edition.js';
import { DEFINITIONS_SHELF, FORMAT, INSTANCE_SHELF } from './shelves.js';

/** What a person can do about it differs: an edition in a database is made again, a file is fetched again. */
export type Origin = 'database' | 'file';

const AGAIN: Record<Origin, string> = {
  database: 'Chạy "thonban publish" trên hệ thống của cán bộ để lập lại.',
  file: 'Lấy lại tệp từ nơi xuất, hoặc xuất lại bằng: thonban publish export TỆP.',
};

const MAX_DEPTH = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`; what closes them stands two further. */
const BRACKETS = [0x5b, 0x7b];

/** @throws Problem when this program does not understand what it was given */
export function refuseOtherFormat(format: unknown, origin: Origin): void {
  if (format === FORMAT) return;
  const isNewer = typeof format === 'number' && format > FORMAT;
  throw new Problem('environment', {
    code: isNewer ? 'publication-newer' : 'publication-older',
    what: isNewer
      ? 'Bản công khai này mới hơn phần mềm đang chạy.'
      : 'Bản công khai này theo một khuôn dạng mà phần mềm không còn đọc.',
    why: `Khuôn dạng ${String(format)}, phần mềm đọc khuôn dạng ${FORMAT}.`,
    todo: isNewer ? 'Cập nhật phần mềm trên máy này.' : AGAIN[origin],
  });
}

/**
 * An edition that can be shown: whole, to the last byte as it was made, of one province that this
 * program knows, and counted by the definitions that its pages explain.
 * @throws Problem `publication-…` with a sentence what is wrong
 */
export function checkedEdition(
  head: EditionHead,
  shelves: ReadonlyMap<string, Shelf>,
  origin: Origin,
): Edition {
  refuseOtherFormat(head.format, origin);
  const broken = [...shelves].find(([, { json, sha256 }]) => checksumOf(json) !== sha256);
  if (broken) throw damaged(`Nội dung của phần "${broken[0]}" không khớp mã kiểm tra.`, origin);
  const sums = [...shelves].map(([name, { sha256 }]) => [name, sha256] as const);
  if (digestOf(sums) !== head.digest) throw damaged('Thiếu hoặc thừa một phần của nó.', origin);
  const deep = [...shelves].find(([, { json }]) => isDeep(json));
  if (deep) throw damaged(`Phần "${deep[0]}" không phải câu trả lời nào.`, origin);
  const edition = new Edition(head, shelves);
  try {
    refuseOtherProvince(edition, origin);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw damaged('Nội dung không đọc được.', origin, error);
  }
  return edition;
}

/** Brackets within brackets cost gigabytes to parse; answers are nested some ten deep. */
function isDeep(json: Buffer): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (isText && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) isText = !isText;
    else if (isText) continue;
    else if (BRACKETS.includes(byte)) depth += 1;
    else if (BRACKETS.includes(byte - 2)) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function refuseOtherProvince(edition: Edition, origin: Origin): void {
  const { kind, provinceCode } = edition.head;
  const instance = edition.answer<PublicInstance>(INSTANCE_SHELF);
  if (instance?.provinceCode !== provinceCode || instance.kind !== kind) {
    throw damaged('Phần đầu và nội dung không nói về cùng một hệ thống.', origin);
  }
  const isKnown = areaRegister().units.some(
    (unit) => unit.provinceCode === provinceCode && unit.level === 'commune',
  );
  if (!isKnown) {
    throw new Problem('refused', {
      code: 'publication-of-another-province',
      what: `Bản công khai này của tỉnh mang mã "${provinceCode}".`,
      why: 'Phần mềm không có danh mục đơn vị hành chính của tỉnh đó.',
      todo: 'Kiểm tra đã lấy đúng tệp của tỉnh mình chưa.',
    });
  }
  const published = edition.answer(DEFINITIONS_SHELF);
  if (canonicalJson(published) === canonicalJson(definitionsOf(provinceCode))) return;
  throw new Problem('environment', {
    code: 'publication-other-definitions',
    what: 'Bản công khai này tính theo định nghĩa hoặc danh mục đơn vị khác với phần mềm đang chạy.',
    why: `Bản công khai do phần mềm ${edition.head.program} lập; trang sẽ giải thích sai số liệu.`,
    todo: 'Dùng cùng một phiên bản phần mềm ở hai nơi, rồi lập lại bản công khai.',
  });
}

export const damaged = (why: string, origin: Origin, cause?: unknown): Problem =>
  new Problem(
    'refused',
    {
      code: 'publication-damaged',
      what: 'Bản công khai bị hỏng nên không dùng được.',
      why,
      todo: AGAIN[origin],
    },
    cause,
  );

/** @throws Problem when an edition is about to take the place of another instance's */
export function refuseOtherInstance(next: EditionHead, known: EditionHead): void {
  if (next.provinceCode === known.provinceCode && next.kind === known.kind) return;
  const name = ({ kind, provinceCode }: EditionHead) =>
    `${kind === 'demo' ? 'mô phỏng' : 'thật'}, tỉnh ${provinceCode}`;
  throw new Problem('refused', {
    code: 'publication-of-another-province',
    what: 'Bản công khai mới không phải của hệ thống đang phục vụ nên không thay.',
    why: `Đang phục vụ: ${name(known)}. Bản mới: ${name(next)}.`,
    todo: 'Đặt lại đúng tệp; muốn đổi hẳn thì dừng rồi khởi động lại.',
  });
}
