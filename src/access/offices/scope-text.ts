import { areaRegister, namesakeWords, withWords, keyIn } from '../../areas/index.js';
import type { UnitKey } from '../../areas/index.js';
import { today } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import { unitWords } from '../scopes.js';

/** What a scope key names. */
export type ScopeTarget =
  | { level: 'province'; code: string }
  | { level: 'unit'; unit: UnitKey }
  | { level: 'village'; placeId: string };

/** `p:20`, `u:06004@2025-07-01`, `v:<place>`; `null` for anything else. */
export function readScopeKey(key: string): ScopeTarget | null {
  const [kind, rest] = [key.slice(0, 2), key.slice(2)];
  if (kind === 'p:') return { level: 'province', code: rest };
  if (kind === 'v:') return { level: 'village', placeId: rest };
  const unit = keyIn(rest);
  return kind !== 'u:' || unit.code === '' ? null : { level: 'unit', unit };
}

/** "tỉnh Lạng Sơn", "xã Quốc Khánh", "Thôn Mẫu 01": places of a role for people. */
export async function scopeText(tx: Tx, key: string): Promise<string> {
  const target = readScopeKey(key);
  const register = areaRegister();
  if (target?.level === 'village') {
    const { rows } = await tx.query<{ name: string }>(
      'select name from places where place_id = $1',
      [target.placeId],
    );
    const words = await namesakeWords(tx, [target.placeId], today(tx.clock));
    return rows[0] ? withWords(rows[0].name, words.get(target.placeId)) : key;
  }
  const unit =
    target?.level === 'province'
      ? register.lineage(target.code).at(-1)?.unit
      : target && register.unit(target.unit);
  return unit ? unitWords(unit) : key;
}
