import type { SeriesPoint } from '../figures/index.js';
import { Problem } from '../kernel/index.js';
import type { Ctx } from './env.js';
import { figuresFor } from './projection.js';

export interface RoundsShown {
  /** All rounds in the book, oldest first. */
  rounds: number[];
  /**
   * What a page shows when the address names no round: the latest one for which the province has a
   * figure, so that a campaign under way does not replace the last complete result.
   */
  latest: number;
}

/** @throws Problem `no-rounds` while nothing has been reviewed */
export async function roundsShown(c: Ctx): Promise<RoundsShown> {
  const figures = figuresFor(c);
  const { provinceCode, rounds } = await figures.instance();
  const last = rounds.at(-1)?.round;
  if (last === undefined) throw noRounds();
  const query = { code: 'poverty-rate', area: provinceCode };
  const { points } = await figures.series(query);
  const complete = points.findLast((point) => point.figure?.value != null);
  const latest = complete ?? points.findLast(hasRows);
  return { rounds: rounds.map((one) => one.round), latest: latest?.round ?? last };
}

export const noRounds = (): Problem =>
  new Problem('not-found', {
    code: 'no-rounds',
    what: 'Chưa có đợt rà soát nào trong sổ.',
    why: 'Số liệu và biểu mẫu hiện ra khi tệp rà soát đầu tiên được ghi vào sổ.',
    todo: 'Cán bộ đăng nhập, mở trang Nhập liệu, gửi tệp rà soát rồi bấm “Ghi vào sổ”.',
  });

/** Has any commune rows of this round, even if the province has no figure yet? */
export const hasRows = ({ figure }: SeriesPoint): boolean =>
  figure !== null && figure.coverage.unitsWithRows > 0;
