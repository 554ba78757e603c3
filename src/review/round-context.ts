import { areaRegister } from '../areas/index.js';
import type { AreaRegister } from '../areas/index.js';
import { Problem, day, periodicRound } from '../kernel/index.js';
import type { PlainDate, RoundCalendar } from '../kernel/index.js';
import { loadPacks } from '../packs/index.js';
import type { DecisionPack } from '../packs/index.js';
import { requireInstance } from '../store/index.js';
import type { Tx } from '../store/index.js';
import { standardOf } from './evaluate.js';

/** Everything about a round that an import needs. */
export interface RoundContext {
  calendar: RoundCalendar;
  standard: DecisionPack;
  province: string;
  /** Rows of a demonstration are never evidence, whoever enters them. */
  isSynthetic: boolean;
  register: AreaRegister;
}

interface RoundRow {
  standard_id: string;
  window_from: PlainDate;
  window_to: PlainDate;
  reference_date: PlainDate;
  effect_year: number;
}

/**
 * The round as this instance holds it; a round not yet opened is opened as a periodic one, with the
 * standard of its effect year. A preview opens none: a year mistyped there would stay in every list.
 * @throws Problem without an instance, or without a standard for the year
 */
export async function openRound(tx: Tx, round: number, isPreview: boolean): Promise<RoundContext> {
  const { kind, provinceCode: province } = await requireInstance(tx);
  const isSynthetic = kind === 'demo';
  const row =
    (await storedRound(tx, round)) ??
    (isPreview ? proposedRound(round) : await addRound(tx, round, isSynthetic));
  const standard = loadPacks().standard(row.standard_id);
  if (!standard) {
    throw new Problem('environment', {
      code: 'standard-missing',
      what: `Đợt ${round} dùng chuẩn ${row.standard_id}, không có trong dữ liệu pháp lý đã cài.`,
      todo: 'Cài lại thư mục packs của bản phát hành.',
    });
  }
  const calendar: RoundCalendar = {
    round,
    windowFrom: day(row.window_from),
    windowTo: day(row.window_to),
    referenceDate: day(row.reference_date),
    effectYear: row.effect_year,
  };
  return { calendar, standard, province, isSynthetic, register: areaRegister() };
}

async function storedRound(tx: Tx, round: number): Promise<RoundRow | undefined> {
  const { rows } = await tx.query<RoundRow>(
    `select standard_id, window_from, window_to, reference_date, effect_year
     from review_rounds where round = $1`,
    [round],
  );
  return rows[0];
}

function proposedRound(round: number): RoundRow {
  const { windowFrom, windowTo, referenceDate, effectYear } = periodicRound(round);
  return {
    standard_id: standardOf(effectYear).id,
    window_from: windowFrom,
    window_to: windowTo,
    reference_date: referenceDate,
    effect_year: effectYear,
  };
}

async function addRound(tx: Tx, round: number, isSynthetic: boolean): Promise<RoundRow> {
  const proposed = proposedRound(round);
  await tx.query(
    `insert into review_rounds (round, standard_id, window_from, window_to, reference_date,
       effect_year, is_synthetic)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (round) do nothing`,
    [
      ...[round, proposed.standard_id, proposed.window_from, proposed.window_to],
      ...[proposed.reference_date, proposed.effect_year, isSynthetic],
    ],
  );
  const row = await storedRound(tx, round);
  if (!row) throw new Error(`round ${round} was added and is not there`);
  return row;
}
