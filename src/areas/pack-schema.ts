import { z } from 'zod';
import type { PlainDate } from '../kernel/index.js';
import { parsePlainDate } from '../kernel/index.js';

/** Shapes of the pack files this room reads; see the comments at the head of each file. */

export const plainDateField = z.string().transform((text, ctx): PlainDate => {
  const date = parsePlainDate(text);
  if (date) return date;
  ctx.addIssue({ code: 'custom', message: `không phải một ngày: ${text}` });
  return z.NEVER;
});

const communeCode = z.string().regex(/^\d{5}$/);
const districtCode = z.string().regex(/^\d{3}$/);
const provinceCode = z.string().regex(/^\d{2}$/);
const state = z.enum(['verified', 'keyed', 'unverified', 'absent']);
const unitName = z.string().min(3);

export const provincesPack = z.strictObject({
  valid_from: plainDateField,
  state,
  source: z.string(),
  provinces: z.record(provinceCode, unitName),
});

export const communesPack = z.strictObject({
  valid_from: plainDateField,
  state,
  source: z.string(),
  provinces: z.record(provinceCode, z.record(communeCode, unitName)),
});

export const unitsPack = z.strictObject({
  province: provinceCode,
  valid_from: plainDateField,
  state,
  source: z.string(),
  instruments: z.array(z.string()),
  districts: z.strictObject({
    valid_from: plainDateField,
    valid_to: plainDateField,
    units: z.record(districtCode, unitName),
  }),
  communes: z.array(
    z.strictObject({
      parent: z.union([districtCode, provinceCode]),
      valid_from: plainDateField,
      valid_to: plainDateField.nullable(),
      units: z.record(communeCode, unitName),
    }),
  ),
  aliases: z.record(communeCode, z.array(z.string())),
});

export const lineagePack = z.strictObject({
  province: provinceCode,
  state,
  changes: z.array(
    z.strictObject({
      effective: plainDateField,
      instrument: z.string(),
      full: z.record(communeCode, z.array(communeCode)),
      partial: z.record(communeCode, z.array(communeCode).min(2)),
    }),
  ),
});

export const tileGridPack = z.strictObject({
  province: provinceCode,
  valid_from: plainDateField,
  tiles: z.record(communeCode, z.tuple([z.int().min(0), z.int().min(0)])),
});

export const populationPack = z.strictObject({
  province: provinceCode,
  valid_from: plainDateField,
  state,
  source: z.string(),
  instrument: z.string(),
  communes: z.record(
    communeCode,
    z.strictObject({ population: z.int().positive(), area_km2: z.number().positive() }),
  ),
});

export const areaClassPack = z.strictObject({
  province: provinceCode,
  scheme: z.string(),
  valid_from: plainDateField,
  state,
  source: z.string(),
  instrument: z.string(),
  villages_total: z.int().positive(),
  villages_especially_difficult: z.int().positive(),
  units_without_especially_difficult_village: z.array(communeCode),
});

export type ProvincesPack = z.infer<typeof provincesPack>;
export type CommunesPack = z.infer<typeof communesPack>;
export type UnitsPack = z.infer<typeof unitsPack>;
export type LineagePack = z.infer<typeof lineagePack>;
