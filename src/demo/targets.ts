import { z } from 'zod';
import { Problem } from '../kernel/index.js';

const count = z.strictObject({
  value: z.int().nonnegative(),
  status: z.enum(['published', 'derived', 'interpolated', 'simulated', 'unverified']),
});

/** Shape of `packs/provinces/<province>/demonstration.yaml`. */
export const demonstrationPack = z.strictObject({
  schema: z.literal('demonstration/1'),
  id: z.string(),
  version: z.string(),
  provinceCode: z.string(),
  seed: z.int().nonnegative(),
  rounds: z
    .array(
      z.strictObject({
        round: z.int(),
        residentHouseholds: count,
        poorHouseholds: count,
        nearPoorHouseholds: count,
        method: z.string(),
        source: z.string().nullable(),
      }),
    )
    .min(2),
  earlierList: z.strictObject({
    round: z.int(),
    standardId: z.string(),
    poorHouseholds: count,
    nearPoorHouseholds: count,
  }),
  areaClasses: z.strictObject({
    scheme: z.string(),
    validFrom: z.string(),
    validTo: z.string(),
    classI: count,
    classII: count,
    classIII: count,
    source: z.string(),
  }),
  ethnicGroups: z.array(
    z.strictObject({
      id: z.string(),
      persons: z.int().positive(),
      status: z.enum(['published', 'simulated', 'unverified']),
    }),
  ),
  ethnicSource: z.string(),
});

export type DemonstrationPack = z.infer<typeof demonstrationPack>;

/** Whole households wanted in one round. */
export interface RoundTarget {
  round: number;
  resident: number;
  poor: number;
  nearPoor: number;
}

export interface Targets {
  rounds: readonly RoundTarget[];
  earlier: { round: number; standardId: string; poor: number; nearPoor: number };
}

export const SMALLEST_SCALE = 0.005;

/** The pack's totals at `scale`: exact at 1, rounded to whole households elsewhere. */
export function targetsAt(pack: DemonstrationPack, scale: number): Targets {
  if (!(scale >= SMALLEST_SCALE && scale <= 1)) {
    throw new Problem('usage', {
      code: 'bad-scale',
      what: `Tỷ lệ mô phỏng phải từ ${SMALLEST_SCALE} đến 1.`,
      why: `Nhận được ${scale}.`,
      todo: 'Ví dụ: thonban demo --scale 0.02',
    });
  }
  const scaled = (cell: { value: number }) => Math.round(cell.value * scale);
  return {
    rounds: pack.rounds.map((r) => ({
      round: r.round,
      resident: scaled(r.residentHouseholds),
      poor: scaled(r.poorHouseholds),
      nearPoor: scaled(r.nearPoorHouseholds),
    })),
    earlier: {
      round: pack.earlierList.round,
      standardId: pack.earlierList.standardId,
      poor: scaled(pack.earlierList.poorHouseholds),
      nearPoor: scaled(pack.earlierList.nearPoorHouseholds),
    },
  };
}
