import type { State } from './model.js';

/** The shapes of rule files before parsing: plain data, as YAML gives it. */

/** A number, a parameter's id, or a parameter that counts only when its text was keyed. */
export type AmountData = number | string | { keyed: string };
/** A fact's id, or the quotient of two. */
export type MeasureData = string | { ratio: readonly [string, string] };
type Compared = readonly [MeasureData, AmountData];

/** A name stands for a boolean fact or for a definition of the same file. */
export type ConditionData =
  | string
  | { lt: Compared }
  | { lte: Compared }
  | { gt: Compared }
  | { gte: Compared }
  | { is: readonly [string, string] }
  | { all: readonly ConditionData[] }
  | { any: readonly ConditionData[] }
  | { agree: readonly ConditionData[] }
  | { not: ConditionData }
  | { proven: ConditionData }
  | { atLeast: readonly [AmountData, readonly string[]] }
  | { someMember: ConditionData }
  | { memberShare: { where: ConditionData; gt: number } };

export interface FactData {
  kind: 'number' | 'boolean' | 'enum';
  label: string;
  unit?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  multipleOf?: number | undefined;
  values?: Readonly<Record<string, string>> | undefined;
  field?: string | undefined;
  /** `verified` unless said otherwise. */
  state?: State | undefined;
}

export interface CellData {
  value: number | null;
  state: State;
  /** `key#article` or `key` of the file's documents. */
  cite: readonly string[];
}

export interface ParameterData {
  label: string;
  unit?: string | undefined;
  by?: string | undefined;
  cells: Readonly<Record<string, CellData>>;
}

export interface DocumentData {
  number: string;
  issued: string | null;
}

export interface RuleData {
  id: string;
  version: string;
  label: string;
  documents: Readonly<Record<string, DocumentData>>;
  facts: Readonly<Record<string, FactData>>;
  parameters: Readonly<Record<string, ParameterData>>;
  define: Readonly<Record<string, { label: string; when: ConditionData }>>;
  outcomes: Readonly<Record<string, string>>;
  table: readonly { then: string; when: ConditionData; cite: readonly string[] }[];
}
