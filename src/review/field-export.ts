import { z } from 'zod';
import type { SheetMapping, StagedRow } from '../intake/index.js';
import { fieldReader } from '../intake/index.js';
import { readPack } from '../packs/index.js';

const FORM = 'national/forms/field-export-11.yaml';

const schema = z.strictObject({
  id: z.string(),
  title: z.string(),
  legalBasis: z.array(z.string()),
  state: z.enum(['verified', 'keyed', 'unverified', 'absent']),
  minimumColumns: z.int().min(2),
  columns: z.array(
    z.strictObject({
      field: z.string(),
      type: z.enum(['text', 'number', 'date', 'choice']),
      required: z.boolean().optional(),
      titles: z.array(z.string()).min(1),
      words: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ),
  runningNumberTitles: z.array(z.string()),
  notHouseholdWords: z.array(z.string()),
});

/** The columns of the field export that become columns of `household_rounds`. */
export const FIELDS = [
  'reviewed_on',
  'head_name',
  'field_code',
  'head_sex',
  'members',
  'quick_screen',
  'b1',
  'b2',
  'field_status',
  'reviewer',
] as const;

export type Field = (typeof FIELDS)[number];

export interface FieldExport {
  mapping: SheetMapping;
  /** SHA-256 of the pack file, hexadecimal. */
  hash: string;
  title: string;
  /** Reads one field of a staged row. */
  valueOf(row: StagedRow, field: Field): string | number | null;
  /** Does the cell hold something that could not be read? */
  isUnreadable(row: StagedRow, field: Field): boolean;
  /** The field a column title means; `null` for a column the form does not have. */
  fieldOf(title: string): string | null;
}

let known: FieldExport | null = null;

/** The 11-column export of the review software, as its pack describes it. @throws Problem */
export function fieldExport(): FieldExport {
  return (known ??= readFieldExport());
}

function readFieldExport(): FieldExport {
  const { data, hash } = readPack(FORM, schema);
  const mapping: SheetMapping = {
    id: data.id,
    columns: data.columns,
    minimumColumns: data.minimumColumns,
    runningNumberTitles: data.runningNumberTitles,
    notRecordWords: data.notHouseholdWords,
  };
  const index = Object.fromEntries(
    FIELDS.map((field) => [field, data.columns.findIndex((column) => column.field === field)]),
  ) as Record<Field, number>;
  return {
    mapping,
    hash,
    title: data.title,
    valueOf: (row, field) => row.values[index[field]] ?? null,
    isUnreadable: (row, field) => (row.unreadable & (1 << index[field])) !== 0,
    fieldOf: fieldReader(mapping),
  };
}
