/** Shapes of the answers of `/api/v1` (JSON Schema 2020-12, as OpenAPI 3.1 takes it). */

type Schema = Record<string, unknown>;

const text = { type: 'string' };
const optionalText = { type: ['string', 'null'] };
const number = { type: 'number' };
const whole = { type: 'integer' };
const optionalWhole = { type: ['integer', 'null'] };
const flag = { type: 'boolean' };
const day = { type: 'string', format: 'date' };
const value = { type: ['string', 'integer', 'null'] };
const anyObject = { type: 'object' };
const list = (items: Schema): Schema => ({ type: 'array', items });

/** Properties are required unless their name ends with "?"; nothing else may occur. */
function object(properties: Record<string, Schema>): Schema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(
      names.map((name) => [name.replace(/\?$/, ''), properties[name]]),
    ),
    additionalProperties: false,
  };
}

const rate = object({
  value: optionalText,
  unit: { enum: ['percent', 'percentage_point'] },
  numerator: optionalWhole,
  denominator: optionalWhole,
});
const coverage = object({ units: whole, unitsWithRows: whole, unitsDecided: whole });
const status = { enum: ['recognised', 'provisional'] };
const group = object({
  key: text,
  value,
  numerator: optionalWhole,
  denominator: optionalWhole,
  'suppressed?': flag,
});

const figureProperties: Record<string, Schema> = {
  code: text,
  name: text,
  area: text,
  areaName: text,
  areaValidFrom: day,
  period: whole,
  boundaries: day,
  standard: text,
  value,
  unit: { enum: ['percent', 'percentage_point', 'household'] },
  numerator: optionalWhole,
  denominator: optionalWhole,
  source: object({
    kind: text,
    file: text,
    countedStatus: { enum: ['recognised_status', 'proposed_status'] },
    legalBasis: list(text),
  }),
  status,
  synthetic: flag,
  pending: optionalWhole,
  notComputable: optionalWhole,
  coverage,
  missing: list(text),
  'reason?': text,
  'suppressed?': flag,
  'change?': object({ from: whole, to: whole, before: rate, after: rate }),
};
const figure = object(figureProperties);

const published = object({
  code: text,
  area: text,
  round: whole,
  value,
  unit: text,
  status: { enum: ['official', 'reported', 'derived', 'forecast', 'missing'] },
  precision: optionalText,
  note: optionalText,
  source: text,
  standard: text,
});
const optional = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

const area = object({
  code: text,
  validFrom: day,
  validTo: { type: ['string', 'null'], format: 'date' },
  name: text,
  kind: text,
  area: optionalText,
  parent: optionalText,
  predecessors: list(object({ code: text, validFrom: day, part: text })),
  successors: list(object({ code: text, validFrom: day, part: text })),
});

const bridgeCounts: Record<string, Schema> = {
  places: whole,
  households: optionalWhole,
  poor: optionalWhole,
  nearPoor: optionalWhole,
  'suppressed?': list({ enum: ['households', 'poor', 'nearPoor'] }),
};
const bridgeEnd = optional(object({ code: text, validFrom: day, name: text }));

const anchor = object({
  format: { enum: ['thonban-anchor/1'] },
  date: day,
  number: whole,
  at: text,
  instance: optionalText,
  root: text,
  streams: whole,
  entries: whole,
  previous: text,
  key: text,
  publicKey: text,
  signature: text,
});

export const ANSWERS = {
  Indicators: object({ indicators: list(anyObject) }),
  Rounds: object({
    instance: { enum: ['demo', 'real'] },
    province: text,
    rounds: list(object({ round: whole, standardId: text, referenceDate: day, isSynthetic: flag })),
    'notice?': text,
  }),
  Figure: object({ ...figureProperties, 'by?': text, 'groups?': list(group), 'notice?': text }),
  Series: object({
    code: text,
    area: text,
    areaName: text,
    boundaries: text,
    points: list(
      object({
        round: whole,
        standard: optionalText,
        figure: optional(figure),
        change: optional(rate),
        'changeReason?': text,
        published: optional(published),
        allPublished: list(published),
      }),
    ),
    'notice?': text,
  }),
  Bridge: object({
    from: whole,
    to: whole,
    area: text,
    areaName: text,
    boundaries: day,
    standard: text,
    status,
    synthetic: flag,
    before: rate,
    after: rate,
    change: rate,
    parts: list(
      object({ id: text, label: text, households: whole, hundredths: number, value: text }),
    ),
    'reason?': text,
    'notice?': text,
  }),
  Form: object({
    form: whole,
    title: text,
    round: whole,
    area: text,
    areaName: text,
    boundaries: day,
    standard: text,
    status,
    countedStatus: text,
    synthetic: flag,
    columns: list(
      object({
        number: whole,
        title: text,
        unit: text,
        formula: optionalText,
        group: optionalText,
      }),
    ),
    rows: list(
      object({
        unitCode: optionalText,
        unitValidFrom: optionalText,
        name: text,
        level: { enum: ['province', 'district', 'commune', 'uncertain'] },
        measure: optionalText,
        cells: {
          type: 'object',
          additionalProperties: { anyOf: [optionalWhole, rate] },
        },
        'suppressed?': list(text),
      }),
    ),
    identities: list(
      object({
        id: text,
        title: text,
        ok: { type: ['boolean', 'null'] },
        difference: optionalWhole,
        rowsRef: { type: 'null' },
        'reason?': text,
      }),
    ),
    pending: optionalWhole,
    coverage,
    missing: list(text),
    source: object({ files: list(text), legalBasis: list(text) }),
    'notice?': text,
  }),
  Area: area,
  AreaLineage: list(area),
  BoundaryBridge: object({
    round: whole,
    area: text,
    areaName: text,
    areaValidFrom: day,
    was: day,
    is: day,
    standard: text,
    status,
    synthetic: flag,
    lines: list(object({ was: bridgeEnd, is: bridgeEnd, ...bridgeCounts })),
    total: object(bridgeCounts),
    pending: optionalWhole,
    missing: list(text),
    'notice?': text,
  }),
  AreaSearch: object({
    name: text,
    on: optionalText,
    match: optional(area),
    candidates: list(area),
    suggestions: list(area),
  }),
  Documents: object({
    documents: list(
      object({
        number: text,
        type: optionalText,
        issuer: optionalText,
        date: optionalText,
        title: optionalText,
      }),
    ),
  }),
  Anchors: object({ from: day, to: day, anchors: list(anchor) }),
  Anchor: anchor,
  Document: anyObject,
  Citations: object({ on: day, citations: list(anyObject) }),
  Problem: object({ problem: anyObject }),
};
