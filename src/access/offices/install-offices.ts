import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROVINCE_PACKS, areaRegister } from '../../areas/index.js';
import type { Unit } from '../../areas/index.js';
import { day, today } from '../../kernel/index.js';
import { packsRoot, readPack } from '../../packs/index.js';
import { SYSTEM_ACTOR, audit, findInstance, withActor } from '../../store/index.js';
import type { Store, Tx } from '../../store/index.js';
import { ensureOffice, insertOffices, officeOfUnit } from './office.js';
import { requireOfficeKind } from './office-kinds.js';

const schema = z.strictObject({
  schema: z.literal('offices/1'),
  province: z.string().regex(/^\d{2}$/),
  known_from: z.string(),
  offices: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z_]{3,40}$/),
        name: z.string().min(1),
        state: z.enum(['verified', 'keyed', 'unverified']),
        source: z.string().min(1),
      }),
    )
    .min(1),
});

/** The offices of a province as its pack names them; `null` where there is no such pack. */
export function officePack(provinceCode: string) {
  const folder = PROVINCE_PACKS[provinceCode];
  const path = `${folder}/offices.yaml`;
  if (folder === undefined || !existsSync(join(packsRoot(), path))) return null;
  return readPack(path, schema).data;
}

/**
 * Gives the instance the offices it lacks: one made before offices were installed gets them all, one whose
 * packs have grown gets what is new. Asked at every start of the service, so nobody has to think of it;
 * what is there already is left as it is.
 * @returns how many were added; 0 also before there is an instance
 */
export async function completeOffices(store: Store): Promise<number> {
  return withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    const instance = await findInstance(tx);
    if (!instance) return 0;
    const { provinceCode } = instance;
    const offices = await installOffices(tx, provinceCode);
    if (offices === 0) return 0;
    const subject = { subjectKind: 'instance', subjectId: provinceCode };
    await audit(tx, { action: 'office.install', ...subject, payload: { offices } });
    return offices;
  });
}

/**
 * The offices a province begins with: its People's Committee, those its pack names, and the People's
 * Committee of every commune in force. A second run adds only what is new.
 * @returns how many were added
 */
export async function installOffices(tx: Tx, provinceCode: string): Promise<number> {
  const on = today(tx.clock);
  const register = areaRegister();
  const province = register.unitOn(provinceCode, on);
  if (!province) return 0;
  // Two that start together would each find the same ones missing.
  await tx.query('select pg_advisory_xact_lock(7400024)');
  const before = await countOffices(tx);
  const committee = await ensureOffice(tx, officeOfUnit('province_committee', province), on);
  await installNamed(tx, province, committee);
  const { rows } = await tx.query<{ key: string }>(
    `select u.code || '@' || u.valid_from as key from units u
     where u.level = 'commune' and not exists (select from offices o
       where o.kind = 'commune_committee' and o.valid_to is null
         and o.unit_code = u.code and o.unit_valid_from = u.valid_from)`,
  );
  const lacking = new Set(rows.map(({ key }) => key));
  const missing = register
    .communesOf(provinceCode, on)
    .filter(({ code, validFrom }) => lacking.has(`${code}@${validFrom}`))
    .map((unit) => ({
      ...officeOfUnit('commune_committee', unit),
      parentOfficeId: committee,
    }));
  await insertOffices(tx, missing);
  return (await countOffices(tx)) - before;
}

/** Of most kinds a province has one office; of `sector_department` several, told apart by their names. */
async function installNamed(tx: Tx, province: Unit, committee: string): Promise<void> {
  const pack = officePack(province.code);
  if (!pack || day(pack.known_from) > today(tx.clock)) return;
  const { rows } = await tx.query<{ kind: string; name: string }>(
    'select kind, name from offices where unit_code = $1 and unit_valid_from = $2 and valid_to is null',
    [province.code, province.validFrom],
  );
  const isKnown = (kind: string, name: string) =>
    rows.some((one) => one.kind === kind && (kind !== 'sector_department' || one.name === name));
  const missing = pack.offices
    .filter(({ kind, name }) => !isKnown(kind, name))
    .map(({ kind, name, state, source }) => ({
      ...{ ...officeOfUnit(kind, province), name, state, source },
      validFrom: day(pack.known_from),
      parentOfficeId: requireOfficeKind(kind).parent === 'province_committee' ? committee : null,
    }));
  await insertOffices(tx, missing);
}

async function countOffices(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ n: number }>('select count(*)::integer as n from offices');
  return rows[0]?.n ?? 0;
}
