import type { Rule } from './model.js';
import { NOT_COMPUTABLE } from './model.js';
import { decide } from './evaluate.js';
import { atomInCase, casesOf, dimensionsOf } from './dimensions.js';
import type { Dimension } from './dimensions.js';

/**
 * Household columns by fact id. Numbers: `Float64Array`, NaN = not known. Booleans: `Int8Array` of
 * 1, 0, −1 = not known. Enums: `Int8Array` of value numbers in declared order, −1 = not known.
 * A column left out is not known for every household.
 */
export type ColumnSet = Readonly<Record<string, Float64Array | Int8Array>>;

/** Codes are positions in `rule.outcomes`. */
export type ColumnsClassifier = (columns: ColumnSet, households: number) => Uint8Array;

const BLOCK = 8192;

/**
 * Compiles a rule to a loop over typed arrays. Each fact is cut into cells by the rule's thresholds,
 * the cells make one index, and a table made once by the reference evaluation holds the answer.
 */
export function toColumns(rule: Rule): ColumnsClassifier {
  const dimensions = dimensionsOf(rule);
  const answers = answersOf(rule, dimensions);
  const strides = stridesOf(dimensions);
  return (columns, households) => {
    const codes = new Uint8Array(households);
    const index = new Int32Array(Math.min(BLOCK, households));
    for (let from = 0; from < households; from += BLOCK) {
      const to = Math.min(from + BLOCK, households);
      index.fill(0);
      dimensions.forEach((dimension, d) => {
        addCells(dimension, columns, strides[d]!, index, from, to);
      });
      for (let i = from; i < to; i++) codes[i] = answers[index[i - from]!]!;
    }
    return codes;
  };
}

/** The outcome code of every case the rule can tell apart. */
export function answersOf(rule: Rule, dimensions: readonly Dimension[]): Uint8Array {
  const byKey = new Map(dimensions.map((dimension) => [dimension.key, dimension]));
  const answers = new Uint8Array(dimensions.reduce((product, { size }) => product * size, 1));
  for (const { index, cells, choices } of casesOf(rule, dimensions)) {
    const outcomes = new Set(
      choices.map((choice) => decide(rule, (atom) => atomInCase(rule, byKey, cells, choice, atom))),
    );
    const outcome = outcomes.size === 1 ? [...outcomes][0]! : NOT_COMPUTABLE;
    answers[index] = rule.outcomes.indexOf(outcome);
  }
  return answers;
}

function stridesOf(dimensions: readonly Dimension[]): number[] {
  const strides = new Array<number>(dimensions.length).fill(1);
  for (let d = dimensions.length - 2; d >= 0; d--) {
    strides[d] = strides[d + 1]! * dimensions[d + 1]!.size;
  }
  return strides;
}

function addCells(
  dimension: Dimension,
  columns: ColumnSet,
  stride: number,
  index: Int32Array,
  from: number,
  to: number,
): void {
  switch (dimension.kind) {
    case 'measure': {
      const values = measureColumn(dimension, columns, from, to);
      const unknown = (dimension.size - 1) * stride;
      if (!values) addConstant(index, unknown, to - from);
      else addMeasure(dimension, values, stride, unknown, index, to - from);
      return;
    }
    case 'count':
      addCount(dimension, columns, stride, index, from, to);
      return;
    default: {
      const column = columns[dimension.fact] as Int8Array | undefined;
      const unknown = (dimension.size - 1) * stride;
      if (!column) addConstant(index, unknown, to - from);
      else addCodes(column, stride, unknown, index, from, to);
    }
  }
}

function addConstant(index: Int32Array, offset: number, length: number): void {
  for (let i = 0; i < length; i++) index[i]! += offset;
}

function addCodes(
  column: Int8Array,
  stride: number,
  unknown: number,
  index: Int32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const code = column[i]!;
    index[i - from]! += code < 0 ? unknown : code * stride;
  }
}

/** The values of a block, as a view where possible; null when a column is missing. */
function measureColumn(
  { measure }: Extract<Dimension, { kind: 'measure' }>,
  columns: ColumnSet,
  from: number,
  to: number,
): Float64Array | null {
  if (measure.kind === 'fact') {
    const column = columns[measure.fact] as Float64Array | undefined;
    return column?.subarray(from, to) ?? null;
  }
  const over = columns[measure.over] as Float64Array | undefined;
  const under = columns[measure.under] as Float64Array | undefined;
  if (!over || !under) return null;
  const ratio = new Float64Array(to - from);
  for (let i = 0; i < ratio.length; i++) {
    const divisor = under[from + i]!;
    ratio[i] = divisor === 0 ? NaN : over[from + i]! / divisor;
  }
  return ratio;
}

function addMeasure(
  { cuts }: Extract<Dimension, { kind: 'measure' }>,
  values: Float64Array,
  stride: number,
  unknown: number,
  index: Int32Array,
  length: number,
): void {
  for (const { at, reached } of cuts) {
    // NaN passes no cut, so it stands in cell 0 until the last loop moves it.
    if (reached) for (let i = 0; i < length; i++) index[i]! += Number(values[i]! >= at) * stride;
    else for (let i = 0; i < length; i++) index[i]! += Number(values[i]! > at) * stride;
  }
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) index[i]! += unknown;
  }
}

function addCount(
  { facts, limit }: Extract<Dimension, { kind: 'count' }>,
  columns: ColumnSet,
  stride: number,
  index: Int32Array,
  from: number,
  to: number,
): void {
  const packed = new Int32Array(to - from);
  let openEverywhere = 0;
  for (const fact of facts) {
    const column = columns[fact] as Int8Array | undefined;
    if (!column) openEverywhere += 1;
    else countTrue(column, packed, from);
  }
  for (let i = 0; i < packed.length; i++) {
    const low = packed[i]! & 0xff;
    const high = low + (packed[i]! >> 8) + openEverywhere;
    index[i]! += (low >= limit ? 1 : high >= limit ? 2 : 0) * stride;
  }
}

/** Adds 1 for a true value and 256 for one not known, so that one pass keeps both counts. */
function countTrue(column: Int8Array, packed: Int32Array, from: number): void {
  for (let i = 0; i < packed.length; i++) {
    const value = column[from + i]!;
    packed[i]! += (value & 1) + ((value >> 7) & 255);
  }
}
