import { POVERTY_STATUS_LABEL, formatDate, standardLabel } from '../../../kernel/index.js';
import type { PovertyStatus } from '../../../kernel/index.js';
import { recognitionFlow } from '../../../review/index.js';
import type {
  BoardLine,
  DecisionView,
  ListAct,
  ListCounts,
  ListKind,
  ListState,
  ListSummary,
} from '../../../review/index.js';
import { count } from '../../../web/index.js';

export const listTitle = (kind: ListKind): string =>
  kind === 'recognition' ? 'đề nghị công nhận' : 'đề nghị thu hồi quyết định';

export const stateText = (state: ListState): string => recognitionFlow().states[state];

/** Where a form of an act is sent: `/danh-sach/…/trinh`. */
export const ACT_PATH: Readonly<Record<ListAct, string>> = {
  prepare: 'lap-lai',
  submit: 'trinh',
  approve: 'duyet',
  return: 'tra-lai',
  decide: 'quyet-dinh',
  withdraw: 'bo',
};

/** What a step was, for the history of a list. */
export const STEP_TEXT: Readonly<Record<ListAct, string>> = {
  prepare: 'lập danh sách',
  submit: 'trình',
  approve: 'duyệt trình',
  return: 'trả lại',
  decide: 'ghi quyết định đã ký',
  withdraw: 'bỏ danh sách',
};

/** "Quyết định số 12/QĐ-UBND ngày 12/12/2025". */
export function decisionText({
  number,
  decidedOn,
}: Pick<DecisionView, 'number' | 'decidedOn'>): string {
  const day = decidedOn === null ? '' : ` ngày ${formatDate(decidedOn)}`;
  return `Quyết định số ${number ?? '…'}${day}`;
}

/** The same inside a sentence: "quyết định số 12/QĐ-UBND …". */
export const thatDecision = (decision: Pick<DecisionView, 'number' | 'decidedOn'>): string =>
  decisionText(decision).replace(/^Q/, 'q');

export interface CountLine {
  label: string;
  now: number;
  last: number | null;
  change: number | null;
  isTotal: boolean;
}

const LINES: readonly (readonly [PovertyStatus, string])[] = [
  ['poor', 'Hộ nghèo'],
  ['near_poor', 'Hộ cận nghèo'],
  ['average_living', 'Hộ có mức sống trung bình'],
  ['not_poor', 'Không nghèo'],
  ['not_computable', `${sentence(POVERTY_STATUS_LABEL.not_computable)}, không thuộc danh sách`],
];

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** This round beside the one before; a difference only where the two may be compared. */
export function countLines({ now, last, flows }: ListCounts): CountLine[] {
  const lines = LINES.filter(
    ([status]) => now[status] > 0 || (last?.counts[status] ?? 0) > 0 || KEPT.has(status),
  ).map(([status, label]) => lineOf(label, now[status], last?.counts[status] ?? null, flows));
  const sum = (counts: Record<PovertyStatus, number>) =>
    Object.values(counts).reduce((total, n) => total + n, 0);
  const total = lineOf(
    'Tổng số hộ',
    sum(now),
    last && sum(last.counts) + last.notRecognised,
    flows,
  );
  return [...lines, { ...total, isTotal: true }];
}

const KEPT: ReadonlySet<PovertyStatus> = new Set(['poor', 'near_poor', 'not_poor']);

const lineOf = (
  label: string,
  now: number,
  last: number | null,
  flows: ListCounts['flows'],
): CountLine => ({
  ...{ label, now, last, isTotal: false },
  change: flows && last !== null ? now - last : null,
});

/** The ways between the two rounds in one sentence each; empty where they are not comparable. */
export function flowSentences({ flows }: ListCounts): string[] {
  if (!flows) return [];
  const parts = [
    [flows.escapedPoverty, 'hộ thoát nghèo'],
    [flows.escapedNearPoverty, 'hộ thoát cận nghèo'],
    [flows.newlyPoor, 'hộ nghèo mới hoặc tái nghèo'],
    [flows.newlyNearPoor, 'hộ cận nghèo mới'],
    [flows.fresh, 'hộ mới có trong sổ'],
    [flows.gone, 'hộ của đợt trước không còn trong đợt này'],
  ] as const;
  return parts.filter(([n]) => n > 0).map(([n, what]) => `${count(n)} ${what}`);
}

/** Why there is no difference beside the counts; `null` where there is one. */
export function notComparedText(counts: ListCounts, standardId: string): string | null {
  const { last, flows } = counts;
  if (flows) return null;
  if (!last) return 'Chưa có đợt trước để so.';
  if (last.standardId !== standardId) {
    return (
      `Đợt ${last.round} theo ${standardLabel(last.standardId)}, đợt này theo ` +
      `${standardLabel(standardId)}: hai chuẩn không so được với nhau.`
    );
  }
  return `Đợt ${last.round} chưa được công nhận nên chưa so được.`;
}

/** What is to be done first: to decide what was approved, to mend what came back, to look at what waits. */
const FIRST: readonly ListAct[] = ['decide', 'approve', 'submit'];

export interface TodoLine {
  href: string;
  what: string;
  more: string;
}

/** Acts of this person, the farthest lists first. */
export function todoOf(
  lists: readonly (ListSummary & { acts: readonly OpenActLike[] })[],
): TodoLine[] {
  return FIRST.flatMap((act) =>
    lists.flatMap((list) => {
      const open = list.acts.find((one) => one.act === act && one.blockedBecause === null);
      return open ? [todoLine(list, open)] : [];
    }),
  );
}

interface OpenActLike {
  act: ListAct;
  label: string;
  blockedBecause: string | null;
}

function todoLine(list: ListSummary, { act, label }: OpenActLike): TodoLine {
  const isMending = act === 'submit' && list.state === 'returned';
  const what = isMending ? 'Sửa và trình lại' : label;
  const kind = list.kind === 'revocation' ? ' (thu hồi quyết định)' : '';
  return {
    href: `/danh-sach/${list.listId}`,
    what: `${what}: ${list.unit.name}, đợt ${list.round}${kind}`,
    more: `${stateText(list.state)} · ${count(list.poor)} hộ nghèo, ${count(list.nearPoor)} hộ cận nghèo`,
  };
}

/** Communes named one by one; of more, how many there are. */
const NAMED = 5;

/** Communes with households that could be in a list and are in none: beginning one is work too. */
export function waitingUnits(board: readonly BoardLine[], round: number): TodoLine[] {
  const waiting = board.filter(({ listable, open }) => listable > 0 && open === null);
  const households = waiting.reduce((sum, { pending }) => sum + pending, 0);
  if (waiting.length > NAMED) {
    return [
      {
        href: '#xa-phuong',
        what: `Lập danh sách cho ${count(waiting.length)} xã, phường, đợt ${round}`,
        more: `${count(households)} hộ chờ quyết định · chọn từng xã trong bảng ở dưới`,
      },
    ];
  }
  return waiting.map(({ unit, pending, inForce }) => ({
    href: `/danh-sach/moi?dot=${round}&xa=${unit.code}`,
    what: `${inForce ? 'Lập danh sách bổ sung' : 'Lập danh sách'}: ${unit.name}, đợt ${round}`,
    more: `${count(pending)} hộ chờ quyết định`,
  }));
}
