import type { EntryFilter } from '../../../audit/index.js';
import { SENTENCES, actionLabel } from '../../../audit/index.js';
import { Problem, formatDate, isId, cutText, tidyText } from '../../../kernel/index.js';
import type { PlainDate } from '../../../kernel/index.js';
import type { Choice } from '../../../web/index.js';
import type { Ctx } from '../../env.js';
import { boundariesOf } from '../../query.js';

/** What was asked for, as it stands in the form. */
export interface Asked {
  tu: string;
  den: string;
  nguoi: string;
  coquan: string;
  loai: string;
  viec: string;
  doituong: string;
}

const LONGEST = 80;

/** The filter in the address; an empty or unknown choice means all. @throws Problem on a wrong day */
export function filterOf(c: Ctx): { filter: EntryFilter; asked: Asked } {
  const text = (name: string) => cutText(tidyText(c.req.query(name) ?? ''), LONGEST);
  const from = boundariesOf(text('tu'));
  const to = boundariesOf(text('den'));
  const asked: Asked = {
    ...{ tu: from ?? '', den: to ?? '', nguoi: text('nguoi') },
    coquan: isId(text('coquan')) ? text('coquan') : '',
    loai: KINDS.some(({ value }) => value === text('loai')) ? text('loai') : '',
    viec: Object.hasOwn(SENTENCES, text('viec')) ? text('viec') : '',
    doituong: text('doituong'),
  };
  const { nguoi, coquan, viec, doituong } = asked;
  const kind = asked.loai === 'ghi' ? 'writing' : asked.loai === 'doc' ? 'reading' : undefined;
  return {
    asked,
    filter: {
      ...(from && { from }),
      ...(to && { to }),
      ...(nguoi && { person: nguoi }),
      ...(coquan && { officeId: coquan }),
      ...(kind && { kind }),
      ...(viec && { action: viec }),
      ...(doituong && { subjectId: doituong }),
    },
  };
}

/** Two days of which the second is before the first: nothing lies between, and that is no answer. */
export function daysReversed({ from, to }: Pick<EntryFilter, 'from' | 'to'>): Problem | null {
  if (!from || !to || from <= to) return null;
  return new Problem('usage', {
    code: 'days-reversed',
    what: `“Từ ngày” ${formatDate(from)} sau “Đến ngày” ${formatDate(to)}.`,
    todo: 'Đổi lại hai ngày rồi lọc lại.',
  });
}

export interface OfficeNamed {
  officeId: string;
  name: string;
  validTo: PlainDate | null;
  unitCode: string | null;
}

/** Offices to choose from; those of one name are told apart by their last day, then by their unit. */
export function namedApart(offices: readonly OfficeNamed[]): Choice[] {
  const isRepeated = (labels: readonly string[], label: string) =>
    labels.indexOf(label) !== labels.lastIndexOf(label);
  const names = offices.map(({ name }) => name);
  const dated = offices.map(({ name, validTo }) =>
    validTo !== null && isRepeated(names, name) ? `${name} (đến hết ${formatDate(validTo)})` : name,
  );
  return offices.map(({ officeId, unitCode }, index) => {
    const label = dated[index] ?? '';
    const isClear = unitCode === null || !isRepeated(dated, label);
    return { value: officeId, label: isClear ? label : `${label} · mã ${unitCode}` };
  });
}

/** The filter again as an address, with more; what is empty is left out. */
export function withFilter(path: string, asked: Asked, more: Record<string, string> = {}): string {
  const entries = Object.entries({ ...asked, ...more }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(entries).toString();
  return query === '' ? path : `${path}?${query}`;
}

export const KINDS: readonly Choice[] = [
  { value: '', label: 'Ghi và đọc' },
  { value: 'ghi', label: 'Chỉ việc ghi, sửa' },
  { value: 'doc', label: 'Chỉ việc xem, tìm, xuất' },
];

export const actionChoices = (): Choice[] => [
  { value: '', label: 'Mọi việc' },
  ...Object.keys(SENTENCES)
    .map((action) => ({ value: action, label: actionLabel(action) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi')),
];
