import type { PlainDate } from '../../kernel/index.js';
import { Problem } from '../../kernel/index.js';
import { areaOn } from '../areas-of.js';
import type { BoundaryBridgeQuery } from '../boundary-bridge.js';
import type { BridgeQuery } from '../bridge.js';
import { groupingOf, indicatorCode } from '../figure.js';
import { formNumber } from '../forms/form.js';
import type { Round } from '../instance.js';
import { requireRound } from '../instance.js';
import type { FigureQuery, FormQuery, Grouping, IndicatorCode } from '../types.js';
import { dayOfEra } from './eras.js';

/** What the public may know of the installation itself. */
export interface PublicInstance {
  kind: 'demo' | 'real';
  provinceCode: string;
  rounds: readonly Round[];
}

/** The public only sees what is known now: two versions of a figure could be subtracted. */
export type PublicQuery = Omit<FigureQuery, 'knownAt'>;

/** A round in the boundaries of a day, seen through one area; each question is about one. */
export interface Ground {
  round: number;
  area: string;
  /** The day asked for; it stands in the answer. */
  asked: PlainDate;
  /** The day that is answered for: see `dayOfEra`. */
  day: PlainDate;
}

// Questions are read here, apart from who answers them, so that a wrong one is refused in the same
// words whether figures are counted now or were published before.

export function figureQuestion(
  instance: PublicInstance,
  query: PublicQuery,
): Ground & { code: IndicatorCode } {
  const code = indicatorCode(query.code);
  return { code, ...groundOf(instance, query) };
}

/** @throws Problem `not-public` for another area than the province */
export function breakdownQuestion(
  instance: PublicInstance,
  query: PublicQuery & { by: Grouping },
): Ground & { code: IndicatorCode; by: Grouping } {
  requireProvince(instance, query.area, 'Số liệu chia theo nhóm');
  const code = indicatorCode(query.code);
  const by = groupingOf(code, query.by);
  return { code, by, ...groundOf(instance, query) };
}

/** @throws Problem `not-public` for forms 2 and 3 of another area than the province */
export function formQuestion(
  instance: PublicInstance,
  query: FormQuery,
): Ground & { form: FormQuery['form'] } {
  if (query.form !== 1) requireProvince(instance, query.area, `Mẫu ${query.form}`);
  const form = formNumber(query.form);
  return { form, ...groundOf(instance, query) };
}

/** @throws Problem `not-public` for another area than the province, `bridge-backwards` */
export function bridgeQuestion(instance: PublicInstance, query: BridgeQuery): BridgeQuery {
  const { from, to, area } = query;
  requireProvince(instance, area, 'Phân tích thay đổi tỷ lệ');
  requireRound(instance, to);
  requireRound(instance, from);
  if (from < to) return { from, to, area };
  throw new Problem('usage', {
    code: 'bridge-backwards',
    what: `Không phân tích được thay đổi từ năm ${from} đến năm ${to}.`,
    why: 'Đợt đầu phải trước đợt cuối.',
    todo: `Đổi chỗ hai năm, hoặc chọn một đợt trước năm ${to}.`,
  });
}

export const boundaryBridgeQuestion = (
  instance: PublicInstance,
  query: BoundaryBridgeQuery,
): Ground => groundOf(instance, query);

/** @throws Problem `round-missing`, `area-unknown` */
function groundOf(
  instance: PublicInstance,
  query: { round: number; area: string; boundaries?: PlainDate | undefined },
): Ground {
  const { round, referenceDate } = requireRound(instance, query.round);
  const asked = query.boundaries ?? referenceDate;
  areaOn(query.area, asked, instance.provinceCode);
  const day = dayOfEra(instance.provinceCode, referenceDate, asked);
  return { round, area: query.area, asked, day };
}

function requireProvince({ provinceCode }: PublicInstance, area: string, what: string): void {
  if (area === provinceCode) return;
  throw new Problem('forbidden', {
    code: 'not-public',
    what: `${what} chỉ công khai cho toàn tỉnh.`,
    why: 'Ở cấp nhỏ hơn, số liệu nhỏ có thể làm lộ thông tin của từng hộ.',
    todo: `Xem số liệu của toàn tỉnh (mã ${provinceCode}); cán bộ phụ trách địa bàn xem trong hệ thống của cán bộ.`,
  });
}
