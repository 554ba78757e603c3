import { z } from 'zod';
import type { ConditionData } from '../rules/index.js';
import { STATES } from '../rules/index.js';

/** Shapes that every pack about law shares. */

export const plainDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'ngày viết dạng năm-tháng-ngày');
export const stateSchema = z.enum(STATES);
export const citeSchema = z.array(z.string().regex(/^[a-z0-9]+(#[\p{L}\d.]+)?$/u)).min(1);
export const documentsSchema = z.record(
  z.string().regex(/^[a-z0-9]+$/u),
  z.strictObject({ number: z.string().min(1), issued: plainDate.nullable() }),
);

const amount = z.union([z.number(), z.string(), z.strictObject({ keyed: z.string() })]);
const measure = z.union([
  z.string(),
  z.strictObject({ ratio: z.tuple([z.string(), z.string()]) }),
]);
const compared = z.tuple([measure, amount]);

export const conditionSchema: z.ZodType<ConditionData> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ lt: compared }),
    z.strictObject({ lte: compared }),
    z.strictObject({ gt: compared }),
    z.strictObject({ gte: compared }),
    z.strictObject({ is: z.tuple([z.string(), z.string()]) }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ agree: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ proven: conditionSchema }),
    z.strictObject({ atLeast: z.tuple([amount, z.array(z.string()).min(1)]) }),
    z.strictObject({ someMember: conditionSchema }),
    z.strictObject({ memberShare: z.strictObject({ where: conditionSchema, gt: z.number() }) }),
  ]),
);

const factSchema = z.strictObject({
  kind: z.enum(['number', 'boolean', 'enum']),
  label: z.string().min(1),
  unit: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  multipleOf: z.number().optional(),
  values: z.record(z.string(), z.string()).optional(),
  field: z.string().optional(),
  state: stateSchema.optional(),
});
export const factsSchema = z.record(z.string().regex(/^[a-z0-9_]+$/u), factSchema);

const bound = z.union([z.number().int(), plainDate]);
/** When a pack applies: by effect year (status year) or by date. Both ends belong to the period. */
export const validitySchema = z.strictObject({
  axis: z.enum(['effectYear', 'date']),
  periods: z
    .array(
      z.strictObject({ from: bound, to: bound.nullable(), state: stateSchema, cite: citeSchema }),
    )
    .min(1),
  /** Boundary examples, checked at load. */
  inside: z.array(bound).min(1),
  outside: z.array(bound).min(1),
});
export type Validity = z.infer<typeof validitySchema>;

export const packStatus = z.enum(['draft', 'issued', 'in_force', 'superseded', 'repealed']);

const packHead = {
  family: z.string().min(1),
  id: z.string().min(1),
  version: z.string().min(1),
  status: packStatus,
  label: z.string().min(1),
  documents: documentsSchema,
  validity: validitySchema,
};

const factValue = z.union([z.number(), z.boolean(), z.string(), z.null()]);
const factValues = z.record(z.string(), factValue);

export const decisionSchema = z.strictObject({
  schema: z.literal('decision/1'),
  ...packHead,
  facts: factsSchema,
  parameters: z.record(
    z.string(),
    z.strictObject({
      label: z.string(),
      unit: z.string().optional(),
      by: z.string().optional(),
      cells: z.record(
        z.string(),
        z.strictObject({ value: z.number().nullable(), state: stateSchema, cite: citeSchema }),
      ),
    }),
  ),
  memberFacts: factsSchema,
  householdFacts: factsSchema,
  indicators: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]{3}$/u),
      dimension: z.string(),
      label: z.string(),
      /** That the standard has this indicator. */
      state: stateSchema,
      /** That it is measured like this. */
      definition: stateSchema,
      cite: citeSchema,
      deprivedWhen: conditionSchema.nullable(),
    }),
  ),
  define: z.record(z.string(), z.strictObject({ label: z.string(), when: conditionSchema })),
  outcomes: z.record(z.string(), z.string()),
  table: z
    .array(z.strictObject({ then: z.string(), when: conditionSchema, cite: citeSchema }))
    .min(1),
  examples: z.array(z.strictObject({ given: factValues, expect: z.string() })).min(1),
  indicatorExamples: z.array(
    z.strictObject({
      indicator: z.string(),
      household: factValues.optional(),
      members: z.array(factValues).optional(),
      expect: z.boolean().nullable(),
    }),
  ),
});
export type DecisionData = z.infer<typeof decisionSchema>;

export const scorecardSchema = z.strictObject({
  schema: z.literal('scorecard/1'),
  ...packHead,
  cite: citeSchema,
  strata: z.strictObject({ state: stateSchema, values: z.record(z.string(), z.string()) }),
  facts: factsSchema,
  items: z
    .array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        state: stateSchema,
        skipWhen: conditionSchema.optional(),
        zeroWhen: conditionSchema.optional(),
        options: z.array(
          z.strictObject({
            id: z.string(),
            label: z.string(),
            when: conditionSchema,
            state: stateSchema,
            points: z.record(z.string(), z.number().int().nullable()),
          }),
        ),
      }),
    )
    .min(1),
});
export type ScorecardData = z.infer<typeof scorecardSchema>;
