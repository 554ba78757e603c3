import { Problem, changeInPoints, percentRate, standardLabel } from '../kernel/index.js';
import type { Store } from '../store/index.js';
import { countedStatus, statusOf } from './basis.js';
import type { IndicatorCount } from './counts.js';
import { readInstance, requireRound, roundOf } from './instance.js';
import type { IndicatorDefinition } from './pack-files.js';
import { basisTexts, indicatorDefinition } from './pack-files.js';
import type { RoundView } from './round-view.js';
import { viewRound } from './round-view.js';
import type {
  Figure,
  FigureBreakdown,
  FigureGroup,
  FigureQuery,
  FigureValue,
  Grouping,
  IndicatorCode,
} from './types.js';
import { INDICATOR_CODES } from './types.js';

/** @throws Problem `indicator-unknown` that lists the codes there are */
export function indicatorCode(code: string): IndicatorCode {
  const found = INDICATOR_CODES.find((known) => known === code);
  if (found) return found;
  throw new Problem('usage', {
    code: 'indicator-unknown',
    what: `Không có chỉ tiêu "${code}".`,
    todo: `Các chỉ tiêu: ${INDICATOR_CODES.join(', ')}.`,
    details: { indicators: INDICATOR_CODES },
  });
}

/** @throws Problem `grouping-unknown` that lists how the indicator can be divided */
export function groupingOf(code: IndicatorCode, by: Grouping): Grouping {
  const { name, groupings } = indicatorDefinition(code);
  if (groupings.includes(by)) return by;
  throw new Problem('usage', {
    code: 'grouping-unknown',
    what: `Chỉ tiêu "${name}" không chia theo "${by}".`,
    todo: `Các cách chia: ${groupings.join(', ') || 'không có'}.`,
  });
}

/**
 * One figure, counted from the rows of a round. As-was unless `boundaries` names another date.
 * Everything is seen: who may see it is decided by the caller (see `publicFigure`).
 * @throws Problem for an unknown code, round or area; a figure without enough data is `null` with the
 *   reason in `missing`, not an error
 */
export async function figure(store: Store, query: FigureQuery): Promise<Figure> {
  const code = indicatorCode(query.code);
  if (code === 'poverty-rate-change') return changeFigure(store, query);
  const view = await viewRound(store, query);
  return figureOf(view, code, query.knownAt);
}

/** The same figure divided by one attribute of the household. */
export async function breakdown(
  store: Store,
  query: FigureQuery & { by: Grouping },
): Promise<FigureBreakdown> {
  const code = indicatorCode(query.code);
  groupingOf(code, query.by);
  const view = await viewRound(store, query);
  const whole = figureOf(view, code, query.knownAt);
  return {
    by: query.by,
    figure: whole,
    groups: whole.value === null ? [] : groupsOf(view, code, query.by),
  };
}

function figureOf(view: RoundView, code: IndicatorCode, knownAt?: Date): Figure {
  const definition = indicatorDefinition(code);
  const counted = valueOf(definition, totalOf(countsIn(view, code)));
  const isComplete = view.missing.length === 0;
  const nothing: FigureValue = { value: null, numerator: null, denominator: null };
  return {
    ...head(view, definition, knownAt),
    ...(isComplete ? counted : nothing),
    ...(!isComplete && { partial: counted }),
  };
}

/** Everything of a figure but its numbers, in the order in which it is printed. */
function head(view: RoundView, definition: IndicatorDefinition, knownAt?: Date): Figure {
  const { area, basis } = view;
  return {
    code: definition.code,
    name: definition.name,
    area: area.unit.code,
    areaName: area.unit.name,
    areaValidFrom: area.unit.validFrom,
    period: view.round.round,
    boundaries: area.date,
    standard: view.round.standardId,
    value: null,
    unit: definition.unit,
    numerator: null,
    denominator: null,
    source: {
      kind: 'computed',
      file: definition.sql,
      countedStatus: countedStatus(basis),
      legalBasis: basisTexts(definition.legal_basis),
    },
    status: statusOf(basis),
    synthetic: view.synthetic,
    pending: view.pending,
    notComputable: view.notComputable,
    coverage: view.coverage,
    missing: view.missing,
    ...(knownAt && { knownAt: knownAt.toISOString() }),
  };
}

const countsIn = (view: RoundView, code: IndicatorCode): IndicatorCount[] =>
  (view.counts.indicators.get(code) ?? []).filter((count) => view.area.holds(count.unitCode));

interface Total {
  numerator: number;
  denominator: number;
}

const totalOf = (counts: readonly IndicatorCount[]): Total => ({
  numerator: counts.reduce((sum, count) => sum + count.numerator, 0),
  denominator: counts.reduce((sum, count) => sum + (count.denominator ?? 0), 0),
});

function valueOf(definition: IndicatorDefinition, { numerator, denominator }: Total): FigureValue {
  if (definition.unit === 'household') return { value: numerator, numerator, denominator: null };
  const { value } = percentRate(numerator, denominator);
  return { value, numerator, denominator };
}

/** The largest first, area classes in their own order; what is not known stands last. */
function groupsOf(view: RoundView, code: IndicatorCode, by: Grouping): FigureGroup[] {
  const definition = indicatorDefinition(code);
  const byKey = new Map<string, IndicatorCount[]>();
  for (const count of countsIn(view, code)) {
    byKey.set(count.groupKey, [...(byKey.get(count.groupKey) ?? []), count]);
  }
  const groups = [...byKey].map(([key, counts]) => ({ key, total: totalOf(counts) }));
  type Sized = { total: Total };
  const size = ({ total }: Sized) => total.denominator || total.numerator;
  const last = ({ key }: { key: string }) => Number(key === 'unknown');
  const bySize = by === 'area-class' ? () => 0 : (a: Sized, b: Sized) => size(b) - size(a);
  groups.sort((a, b) => last(a) - last(b) || bySize(a, b) || (a.key < b.key ? -1 : 1));
  return groups.map(({ key, total }) => ({ key, ...valueOf(definition, total) }));
}

/**
 * Percentage points against the round before, on the same ground (boundaries of the later round).
 * Two standards are never subtracted (DESIGN §3 law 5): then `null` with the reason.
 */
async function changeFigure(store: Store, query: FigureQuery): Promise<Figure> {
  const definition = indicatorDefinition('poverty-rate-change');
  const view = await viewRound(store, query);
  const base = head(view, definition, query.knownAt);
  const instance = await readInstance(store);
  const { round, standardId } = requireRound(instance, query.round);
  const before = roundOf(instance, round - 1);
  const unable = (reason: string): Figure => ({
    ...base,
    missing: [...base.missing, reason],
    reason,
  });
  if (!before) return unable(`Đây là đợt đầu: chưa có đợt ${round - 1} để so sánh.`);
  if (before.standardId !== standardId) {
    return unable(
      `Đợt ${before.round} theo ${standardLabel(before.standardId)}, đợt ${round} theo ` +
        `${standardLabel(standardId)}: hai chuẩn khác nhau không trừ được.`,
    );
  }
  const boundaries = view.area.date;
  const rateQuery = { ...query, code: 'poverty-rate', boundaries };
  const earlier = await figure(store, { ...rateQuery, round: before.round });
  const later = await figure(store, rateQuery);
  const rates = { before: rateOf(earlier), after: rateOf(later) };
  const missing = [...new Set([...earlier.missing, ...later.missing])];
  return {
    ...base,
    value: changeInPoints(rates.before, rates.after).value,
    status: earlier.status === 'recognised' ? later.status : 'provisional',
    missing,
    change: { from: before.round, to: round, ...rates },
  };
}

/** The rate a figure of unit percent stands for. */
export const rateOf = ({ value, numerator, denominator }: FigureValue) => ({
  value: typeof value === 'string' ? value : null,
  unit: 'percent' as const,
  numerator,
  denominator,
});
