/**
 * The rule language after parsing. Every truth is three-valued: `true`, `false`, or `null` for "not
 * known". A rule holds no code: facts, dated parameters, conditions and one decision table.
 */
export type Tri = boolean | null;

/** How far a legal value was checked, best first. `absent`: the text was not seen, the value is null. */
export const STATES = ['verified', 'keyed', 'unverified', 'absent'] as const;
export type State = (typeof STATES)[number];

/** Where a value stands in law. `article` is null when the instrument is known and the article is not. */
export interface Citation {
  /** Number as printed: `07/2021/NĐ-CP`. */
  document: string;
  issued: string | null;
  article: string | null;
}

export interface ParameterCell {
  value: number | null;
  state: State;
  citations: readonly Citation[];
}

export interface Parameter {
  id: string;
  label: string;
  unit: string | null;
  /** The enum fact whose value picks the cell; null for a single cell under the key ''. */
  by: string | null;
  cells: ReadonlyMap<string, ParameterCell>;
}

interface FactBase {
  id: string;
  label: string;
  /** The form field the fact is read from, as printed in the instrument. */
  field: string | null;
  /** How far the fact's own definition was checked against the text of the law. */
  state: State;
}

export interface NumberFact extends FactBase {
  kind: 'number';
  unit: string | null;
  min: number | null;
  max: number | null;
  multipleOf: number | null;
}
export interface BooleanFact extends FactBase {
  kind: 'boolean';
}
export interface EnumFact extends FactBase {
  kind: 'enum';
  /** Value → Vietnamese label. */
  values: ReadonlyMap<string, string>;
}
export type Fact = NumberFact | BooleanFact | EnumFact;

/** What a household says: by fact id. A fact that is absent or null is not known. */
export type FactValue = number | boolean | string | null;
export type Facts = Readonly<Record<string, FactValue | undefined>>;

export type Relation = 'lt' | 'lte' | 'gt' | 'gte';

/** A number fact, or one number fact divided by another (not known when the divisor is 0). */
export type Measure =
  { kind: 'fact'; fact: string } | { kind: 'ratio'; over: string; under: string };

/** A number, or a parameter; `needsKeyed` treats a parameter below state `keyed` as not known. */
export type Amount =
  { kind: 'number'; value: number } | { kind: 'parameter'; id: string; needsKeyed: boolean };

/** Conditions that look at facts; everything else combines them. `key` is equal for equal atoms. */
export type Atom =
  | { op: 'compare'; key: string; measure: Measure; relation: Relation; amount: Amount }
  | { op: 'is'; key: string; fact: string; value: string }
  | { op: 'fact'; key: string; fact: string }
  | { op: 'atLeast'; key: string; amount: Amount; facts: readonly string[] }
  | { op: 'someMember'; key: string; where: Condition }
  | { op: 'memberShare'; key: string; where: Condition; relation: Relation; share: number };

export type Condition =
  | Atom
  | { op: 'all' | 'any'; parts: readonly Condition[] }
  | { op: 'not'; part: Condition }
  /** Several sources of one answer: what all known ones say; not known when they contradict. */
  | { op: 'agree'; parts: readonly Condition[] }
  /** True only when proved; never unknown. */
  | { op: 'proven'; part: Condition };

export interface Row {
  outcome: string;
  when: Condition;
  citations: readonly Citation[];
}

export interface Rule {
  id: string;
  version: string;
  label: string;
  facts: ReadonlyMap<string, Fact>;
  parameters: ReadonlyMap<string, Parameter>;
  definitions: ReadonlyMap<string, Condition>;
  /** What a definition is called in sentences. */
  definitionLabels: ReadonlyMap<Condition, string>;
  /** Hit policy unique: no two rows can be true at once, and one is true when all facts are known. */
  rows: readonly Row[];
  /** Outcomes in table order, then `not_computable`: the codes of the columns form. */
  outcomes: readonly string[];
  /** Outcome → Vietnamese label. */
  outcomeLabels: ReadonlyMap<string, string>;
  /** The enum fact that picks parameter cells; when it is not known every value is tried. */
  splitBy: EnumFact | null;
}

export const NOT_COMPUTABLE = 'not_computable';
