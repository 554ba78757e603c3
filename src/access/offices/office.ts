import type { Unit, UnitKey } from '../../areas/index.js';
import { areaRegister } from '../../areas/index.js';
import type { PlainDate } from '../../kernel/index.js';
import { Problem, newId } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import { unitWords } from '../scopes.js';
import { requireOfficeKind } from './office-kinds.js';

export interface Office {
  officeId: string;
  name: string;
  kind: string;
  parentOfficeId: string | null;
  /** What it is of: a unit, or a village; neither for an office of no place in the register. */
  unit: UnitKey | null;
  placeId: string | null;
  validFrom: PlainDate;
  validTo: PlainDate | null;
  /** Of the name. */
  state: 'verified' | 'keyed' | 'unverified';
  source: string | null;
}

export const OFFICE_COLUMNS = `o.office_id as "officeId", o.name, o.kind,
  o.parent_office_id as "parentOfficeId", o.unit_code as "unitCode",
  o.unit_valid_from as "unitValidFrom", o.place_id as "placeId", o.valid_from as "validFrom",
  o.valid_to as "validTo", o.state, o.source`;

export type OfficeRow = Omit<Office, 'unit'> & {
  unitCode: string | null;
  unitValidFrom: PlainDate | null;
};

export const officeOf = ({ unitCode, unitValidFrom, ...row }: OfficeRow): Office => ({
  ...row,
  unit: unitCode && unitValidFrom ? { code: unitCode, validFrom: unitValidFrom } : null,
});

export async function findOffice(tx: Tx, officeId: string): Promise<Office | null> {
  const { rows } = await tx.query<OfficeRow>(
    `select ${OFFICE_COLUMNS} from offices o where o.office_id = $1`,
    [officeId],
  );
  return rows[0] ? officeOf(rows[0]) : null;
}

export const officeNotFound = (): Problem =>
  new Problem('not-found', {
    code: 'office-not-found',
    what: 'Không có cơ quan này, hoặc cơ quan ngoài địa bàn được giao.',
    todo: 'Xem danh sách: trang “Tổ chức”, hoặc lệnh thonban office list',
  });

export interface OfficeSpot {
  kind: string;
  unit: UnitKey | null;
  placeId: string | null;
}

/** The office of this kind there, in force on a day; the oldest when there are several. */
export async function officeAt(tx: Tx, spot: OfficeSpot, on: PlainDate): Promise<Office | null> {
  const { rows } = await tx.query<OfficeRow>(
    `select ${OFFICE_COLUMNS} from offices o
     where o.kind = $1 and o.unit_code is not distinct from $2
       and o.unit_valid_from is not distinct from $3::date and o.place_id is not distinct from $4
       and o.valid_from <= $5 and (o.valid_to is null or o.valid_to >= $5)
     order by o.valid_from, o.office_id limit 1`,
    [spot.kind, spot.unit?.code ?? null, spot.unit?.validFrom ?? null, spot.placeId, on],
  );
  return rows[0] ? officeOf(rows[0]) : null;
}

export type NewOffice = OfficeSpot &
  Pick<Office, 'name' | 'validFrom'> &
  Partial<Pick<Office, 'parentOfficeId' | 'state' | 'source'>>;

/** Enters offices at once. @returns their ids, in the order given */
export async function insertOffices(tx: Tx, offices: readonly NewOffice[]): Promise<string[]> {
  const ids = offices.map(() => newId(tx.clock));
  await tx.query(
    `insert into offices (office_id, name, kind, parent_office_id, unit_code, unit_valid_from,
       place_id, valid_from, state, source)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::date[],
       $7::uuid[], $8::date[], $9::text[], $10::text[])`,
    [
      ...[ids, offices.map((one) => one.name), offices.map((one) => one.kind)],
      ...[offices.map((one) => one.parentOfficeId ?? null)],
      ...[offices.map((one) => one.unit?.code ?? null)],
      ...[offices.map((one) => one.unit?.validFrom ?? null), offices.map((one) => one.placeId)],
      ...[offices.map((one) => one.validFrom), offices.map((one) => one.state ?? 'keyed')],
      offices.map((one) => one.source ?? null),
    ],
  );
  return ids;
}

/** "Ủy ban nhân dân xã Quốc Khánh": the name a kind makes from the name of its unit or village. */
export function nameOfOffice(kind: string, words: string): string {
  const { label, name } = requireOfficeKind(kind);
  return (name ?? `${label} {unit}`).replace('{unit}', words);
}

/** The office of a kind of a unit, from the day of the unit on. */
export const officeOfUnit = (kind: string, unit: Unit): NewOffice => ({
  ...{ kind, unit: { code: unit.code, validFrom: unit.validFrom }, placeId: null },
  ...{ name: nameOfOffice(kind, unitWords(unit)), validFrom: unit.validFrom },
});

/**
 * The office of a kind in force on a day, opened when there is none. Two who open it at the same time wait
 * for each other.
 */
export async function ensureOffice(tx: Tx, office: NewOffice, on: PlainDate): Promise<string> {
  const { kind, unit, placeId } = office;
  const key = [kind, unit?.code ?? '', unit?.validFrom ?? '', placeId ?? ''].join('|');
  await tx.query('select pg_advisory_xact_lock(7400020, hashtext($1))', [key]);
  const known = await officeAt(tx, office, on);
  if (known) return known.officeId;
  const parentOfficeId = await parentFor(tx, office, on);
  return (await insertOffices(tx, [{ ...office, parentOfficeId }]))[0]!;
}

/** The office above, if it is there: that of the village's commune, or of the commune's province. */
async function parentFor(tx: Tx, spot: OfficeSpot, on: PlainDate): Promise<string | null> {
  const { parent } = requireOfficeKind(spot.kind);
  if (parent === undefined) return null;
  const unit = spot.unit ? provinceOf(spot.unit) : await communeOf(tx, spot.placeId, on);
  if (!unit) return null;
  return (await officeAt(tx, { kind: parent, unit, placeId: null }, on))?.officeId ?? null;
}

function provinceOf(key: UnitKey): UnitKey | null {
  const register = areaRegister();
  const unit = register.unit(key);
  const province = unit && register.lineage(unit.provinceCode).at(-1)?.unit;
  return province ? { code: province.code, validFrom: province.validFrom } : null;
}

/** The commune a village lies in for certain on a day. */
export async function communeOf(
  tx: Tx,
  placeId: string | null,
  on: PlainDate,
): Promise<UnitKey | null> {
  const { rows } = await tx.query<UnitKey>(
    `select unit_code as code, unit_valid_from as "validFrom" from place_units
     where place_id = $1 and is_certain and valid_from <= $2 and (valid_to is null or valid_to >= $2)`,
    [placeId, on],
  );
  return rows.length === 1 ? rows[0]! : null;
}
