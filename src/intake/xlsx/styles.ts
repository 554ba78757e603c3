import type { InspectedZip } from './open-zip.js';
import { readWholeXml } from './read-xml.js';

/** Built-in number formats that show a date. ECMA-376 Part 1 §18.8.30 and its locale lists. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Does a format code show a day? Quoted text, escapes and colours are not part of it. */
export function showsDate(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[dy]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare));
}

/** For each cell style (`s` of a cell): does it show a date? */
export async function readDateStyles(zip: InspectedZip, part: string | null): Promise<boolean[]> {
  const isDate: boolean[] = [];
  if (part === null || !zip.has(part)) return isDate;
  const custom = new Map<number, boolean>();
  let inCellStyles = false;
  await readWholeXml(await zip.open(part), {
    open(name, attributes) {
      if (name === 'numFmt') {
        custom.set(Number(attributes['numFmtId']), showsDate(attributes['formatCode'] ?? ''));
      }
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) {
        const id = Number(attributes['numFmtId'] ?? 0);
        isDate.push(custom.get(id) ?? isBuiltInDate(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return isDate;
}
