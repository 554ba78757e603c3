import type { PlainDate } from '../kernel/index.js';
import type { FindResult } from './find-unit.js';
import { areaRegister } from './load-register.js';
import type { AreaRegister } from './register.js';

/**
 * Which commune a sheet of an import is about, by the sheet's name, on a date.
 * @param parent code of the province (or district) the file comes from
 */
export function resolveSheetName(
  name: string,
  date: PlainDate,
  parent?: string,
  register: AreaRegister = areaRegister(),
): FindResult {
  return register.find(name, { on: date, level: 'commune', ...(parent && { parent }) });
}
