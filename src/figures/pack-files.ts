import { z } from 'zod';
import { readPack } from '../packs/index.js';
import type { FormColumn, IndicatorCode, PublishedFigure } from './types.js';
import { GROUPINGS, INDICATOR_CODES } from './types.js';

const legalBasis = z.array(
  z.strictObject({
    document: z.string(),
    provision: z.string().nullable(),
    state: z.enum(['verified', 'keyed', 'unverified', 'absent']),
  }),
);

const indicatorPack = z.strictObject({
  code: z.enum(INDICATOR_CODES),
  name: z.string(),
  unit: z.enum(['percent', 'percentage_point', 'household']),
  definition: z.string(),
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  sql: z.string().startsWith('sql/views/'),
  source: z.string(),
  groupings: z.array(z.enum(GROUPINGS)),
  legal_basis: legalBasis,
});

const formPack = z.strictObject({
  form: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  title: z.string(),
  measures: z.array(z.enum(['household', 'person'])),
  legal_basis: legalBasis,
  columns: z.array(
    z.strictObject({
      number: z.int().positive(),
      group: z.string().nullable(),
      title: z.string(),
      unit: z.enum(['household', 'person', 'percent', 'measure']),
      formula: z.string().nullable(),
    }),
  ),
});

const publishedPack = z.strictObject({
  province: z.string(),
  figures: z.array(
    z.strictObject({
      indicator: z.enum(INDICATOR_CODES),
      round: z.int(),
      standard: z.string(),
      value: z.union([z.string().regex(/^\d+\.\d\d$/), z.int().positive()]).nullable(),
      status: z.enum(['official', 'reported', 'derived', 'forecast', 'missing']),
      precision: z.enum(['exact', 'over', 'nearly', 'derived']).nullable(),
      source: z.string(),
      note: z.string().optional(),
    }),
  ),
  sources: z.record(z.string(), z.string()),
});

export type IndicatorDefinition = z.infer<typeof indicatorPack>;
export type FormDefinition = z.infer<typeof formPack> & { columns: readonly FormColumn[] };

const indicators = new Map<IndicatorCode, IndicatorDefinition>();
const forms = new Map<1 | 2 | 3, FormDefinition>();
const published = new Map<string, readonly PublishedFigure[]>();

/** What an indicator means, over what, on which ground. Throws `pack-invalid` for a broken file. */
export function indicatorDefinition(code: IndicatorCode): IndicatorDefinition {
  const known = indicators.get(code);
  if (known) return known;
  const read = readPack(`national/indicators/${code}.yaml`, indicatorPack).data;
  indicators.set(code, read);
  return read;
}

export const allIndicators = (): IndicatorDefinition[] => INDICATOR_CODES.map(indicatorDefinition);

/** Title and columns of a report form as printed. */
export function formDefinition(form: 1 | 2 | 3): FormDefinition {
  const known = forms.get(form);
  if (known) return known;
  const read = readPack(`national/forms/report-form-${form}.yaml`, formPack).data;
  forms.set(form, read);
  return read;
}

/** "24/2021/QĐ-TTg", "07/2021/NĐ-CP, Điều 3 (chưa đối chiếu văn bản gốc)". */
export const basisTexts = (basis: z.infer<typeof legalBasis>): string[] =>
  basis.map(({ document, provision, state }) => {
    const where = provision === null ? document : `${document}, ${provision}`;
    return state === 'verified' || state === 'keyed'
      ? where
      : `${where} (chưa đối chiếu văn bản gốc)`;
  });

const PUBLISHED_PACKS: Readonly<Record<string, string>> = {
  '20': 'provinces/lang-son/published-figures.yaml',
};

/** Figures that others published about a province; empty where there is no pack. */
export function publishedFigures(province: string): readonly PublishedFigure[] {
  const known = published.get(province);
  if (known) return known;
  const path = PUBLISHED_PACKS[province];
  const figures = path === undefined ? [] : readPublished(path);
  published.set(province, figures);
  return figures;
}

function readPublished(path: string): PublishedFigure[] {
  const { data } = readPack(path, publishedPack);
  return data.figures.map((figure) => ({
    code: figure.indicator,
    area: data.province,
    round: figure.round,
    value: figure.value,
    unit: figure.indicator.endsWith('-rate') ? 'percent' : 'household',
    status: figure.status,
    precision: figure.precision,
    note: figure.note ?? null,
    source: data.sources[figure.source] ?? figure.source,
    standard: figure.standard,
  }));
}
