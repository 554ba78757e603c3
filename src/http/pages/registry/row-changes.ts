import { POVERTY_STATUS_LABEL } from '../../../kernel/index.js';
import type { PovertyStatus } from '../../../kernel/index.js';
import type { HouseholdRoundView } from '../../../registry/index.js';
import { CAUSE_LABEL, INDICATORS, decisionText } from './household-labels.js';

/** A field that an act replaced, as shown; `null` = there was, or is, nothing. */
export interface ShownChange {
  field: string;
  before: string | null;
  after: string | null;
}

type Read = (row: HouseholdRoundView) => string | null;

const text = (value: string | number | null): string | null =>
  value === null || value === '' ? null : String(value);
const status = (value: PovertyStatus | null): string | null =>
  value === null ? null : POVERTY_STATUS_LABEL[value];
const flag = (value: boolean | null | undefined, yes: string, no: string): string | null =>
  value === null || value === undefined ? null : value ? yes : no;
const sex = (value: 'male' | 'female' | null): string | null =>
  value === null ? null : value === 'male' ? 'Nam' : 'Nữ';

const FIELDS: readonly [string, Read][] = [
  ['Mã hộ', (row) => text(row.fieldCode)],
  ['Chủ hộ', (row) => text(row.headName)],
  ['Giới tính chủ hộ', (row) => sex(row.headSex)],
  ['Năm sinh chủ hộ', (row) => text(row.headBirthYear)],
  ['Nhân khẩu', (row) => text(row.members)],
  ['Phiếu A', (row) => flag(row.quickScreenPassed, 'đạt', 'không đạt')],
  ['Điểm B1', (row) => text(row.b1)],
  ['Điểm B2', (row) => text(row.b2)],
  ...INDICATORS.map(({ id, label }): [string, Read] => [
    label,
    (row) => flag(row.deprivations[id], 'thiếu hụt', 'không thiếu'),
  ]),
  ...Object.entries(CAUSE_LABEL).map(([id, label]): [string, Read] => [
    `Nguyên nhân: ${label}`,
    (row) => flag(row.causes[id], 'có', 'không'),
  ]),
  ['Phân loại của cơ sở', (row) => status(row.fieldStatus)],
  ['Kết quả tính lại', (row) => status(row.proposedStatus)],
  ['Kết quả được công nhận', (row) => status(row.recognisedStatus)],
  ['Quyết định', (row) => decisionText(row.decision)],
];

/** What differs between a row and the one that took its place. */
export const rowChanges = (before: HouseholdRoundView, after: HouseholdRoundView): ShownChange[] =>
  FIELDS.flatMap(([field, read]) => {
    const [was, is] = [read(before), read(after)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
