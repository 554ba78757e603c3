import type { PlainDate, Rate } from '../kernel/index.js';

/** Indicator codes that the room can count; each has a pack file and, but for the change, an SQL file. */
export const INDICATOR_CODES = [
  'poverty-rate',
  'near-poverty-rate',
  'multidimensional-poverty-rate',
  'poor-households',
  'near-poor-households',
  'resident-households',
  'poverty-rate-change',
] as const;

export type IndicatorCode = (typeof INDICATOR_CODES)[number];

/** One attribute by which a figure can be divided. */
export const GROUPINGS = ['ethnic-minority', 'ethnicity', 'sex', 'area-class'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Which of the three statuses of a household was counted (DESIGN §3 law 6); never two in one figure. */
export type Basis = 'recognised' | 'proposed';

export type FigureStatus = 'recognised' | 'provisional';

/** Where a computed figure comes from: the page cites the file. */
export interface FigureSource {
  kind: 'computed';
  /** Path in the project: `sql/views/indicators/poverty-rate.sql`. */
  file: string;
  countedStatus: 'recognised_status' | 'proposed_status';
  /** As pack data: number of the document and article. */
  legalBasis: readonly string[];
}

/** How many units of the area have rows and decisions, counted in the units of the round's own day. */
export interface Coverage {
  units: number;
  unitsWithRows: number;
  unitsDecided: number;
}

export interface FigureValue {
  /** Decimal text for rates ("8.92"), a whole number for counts, `null` when it cannot be computed. */
  value: string | number | null;
  numerator: number | null;
  denominator: number | null;
}

export interface Figure extends FigureValue {
  code: IndicatorCode;
  name: string;
  area: string;
  areaName: string;
  areaValidFrom: PlainDate;
  /** The round, e.g. 2025. */
  period: number;
  boundaries: PlainDate;
  standard: string;
  unit: 'percent' | 'percentage_point' | 'household';
  source: FigureSource;
  status: FigureStatus;
  synthetic: boolean;
  /** Rows of decided units that no decision covers yet; not counted. `null` = not published. */
  pending: number | null;
  /** Counted households whose class could not be computed; in the denominator only. Like `pending`. */
  notComputable: number | null;
  coverage: Coverage;
  /** Why the value is `null`, or what it lacks. Empty when nothing is missing. */
  missing: readonly string[];
  /** What is counted so far when units are missing and the value is therefore `null`. */
  partial?: FigureValue;
  /** Sentence without which the value would mislead, e.g. two standards. */
  reason?: string;
  /** Hidden to protect small groups; then every number is `null`. */
  suppressed?: boolean;
  /** The two rates behind a change. */
  change?: { from: number; to: number; before: Rate; after: Rate };
  /** ISO time of the knowledge the figure was asked for; absent = now. */
  knownAt?: string;
}

/** One row of a division: ethnicity `tay`, sex `female`, class `III`, or `unknown`. */
export interface FigureGroup extends FigureValue {
  key: string;
  suppressed?: boolean;
}

export interface FigureBreakdown {
  by: Grouping;
  figure: Figure;
  groups: readonly FigureGroup[];
}

export interface FigureQuery {
  code: string;
  area: string;
  round: number;
  /** Boundary date; default = reference date of the round (as-was). */
  boundaries?: PlainDate;
  /** What was known at this instant; default = now. */
  knownAt?: Date;
}

export interface FormColumn {
  number: number;
  title: string;
  /** `measure` = households or persons, as the row's measure says. */
  unit: 'household' | 'person' | 'percent' | 'measure';
  /** As printed: "3/1*100", "1-2-3-4+5+6+7+8"; `null` for a counted column. */
  formula: string | null;
  /** Heading shared by neighbouring columns, `null` for none. */
  group: string | null;
}

export type Measure = 'household' | 'person';
export type FormCell = number | Rate | null;

export interface FormRow {
  unitCode: string | null;
  unitValidFrom: PlainDate | null;
  name: string;
  level: 'province' | 'district' | 'commune' | 'uncertain';
  /** `null` in form 1, whose columns carry both measures. */
  measure: Measure | null;
  /** By column number: `cells["3"]`. */
  cells: Record<string, FormCell>;
  /** Columns hidden to protect small groups, as `["3","4"]`; their cells are `null`. */
  suppressed?: readonly string[];
}

/** Opens the households behind one cell; officers only. */
export interface RowsRef {
  form: 1 | 2 | 3;
  round: number;
  boundaries: PlainDate;
  unitCode: string | null;
  column: number;
  measure: Measure | null;
}

export interface IdentityFailure {
  unitCode: string | null;
  name: string;
  measure: Measure | null;
  difference: number;
  rowsRef: RowsRef;
}

export interface Identity {
  id: string;
  /** In words: "Mẫu 1 cột 3 = Mẫu 2 cột 9". */
  title: string;
  ok: boolean | null;
  /** Left minus right of the first row that fails; 0 when it holds, `null` when not computed. */
  difference: number | null;
  rowsRef: RowsRef | null;
  /** Why it could not be computed. */
  reason?: string;
  failures?: readonly IdentityFailure[];
}

export interface Form {
  form: 1 | 2 | 3;
  title: string;
  round: number;
  area: string;
  areaName: string;
  boundaries: PlainDate;
  standard: string;
  status: FigureStatus;
  countedStatus: 'recognised_status' | 'proposed_status';
  synthetic: boolean;
  columns: readonly FormColumn[];
  rows: readonly FormRow[];
  identities: readonly Identity[];
  /** Like the figure's. */
  pending: number | null;
  coverage: Coverage;
  missing: readonly string[];
  source: { files: readonly string[]; legalBasis: readonly string[] };
}

export interface FormQuery {
  form: 1 | 2 | 3;
  round: number;
  area: string;
  boundaries?: PlainDate;
}

export type BridgePartId = 'escaped' | 'newly-poor' | 're-poor' | 'household-number' | 'other';

export interface BridgePart {
  id: BridgePartId;
  label: string;
  /** Signed number of households behind the part. */
  households: number;
  /** Signed, hundredths of a percentage point. */
  hundredths: number;
  /** The same as decimal text: "-1.20". */
  value: string;
}

export interface Bridge {
  from: number;
  to: number;
  area: string;
  areaName: string;
  boundaries: PlainDate;
  standard: string;
  status: FigureStatus;
  synthetic: boolean;
  before: Rate;
  after: Rate;
  /** `null` value with `reason` when two standards meet or a round is incomplete. */
  change: Rate;
  /** Empty when the change is `null`; else sums exactly to it. */
  parts: readonly BridgePart[];
  reason?: string;
}

/** Counts of one line; `null` = unknown, or hidden when the name stands in `suppressed`. */
export interface BoundaryBridgeCounts {
  /** Villages with at least one household counted. */
  places: number;
  households: number | null;
  poor: number | null;
  nearPoor: number | null;
  suppressed?: readonly ('households' | 'poor' | 'nearPoor')[];
}

/**
 * What a unit of the round's day gave to a unit in the boundaries asked for; `null` = the village had
 * no certain unit that day. A unit without any data has `is: null` and no counts.
 */
export interface BoundaryBridgeLine extends BoundaryBridgeCounts {
  was: { code: string; validFrom: PlainDate; name: string } | null;
  is: { code: string; validFrom: PlainDate; name: string } | null;
}

/** One round between the boundaries of its day (`was`) and others (`is`), to the last household. */
export interface BoundaryBridge {
  round: number;
  area: string;
  areaName: string;
  areaValidFrom: PlainDate;
  was: PlainDate;
  is: PlainDate;
  standard: string;
  status: FigureStatus;
  synthetic: boolean;
  lines: readonly BoundaryBridgeLine[];
  /** The sum of the lines: what the area counts in the boundaries asked for. */
  total: BoundaryBridgeCounts;
  /** Households without a decision, not counted; `null` where it is not published. */
  pending: number | null;
  /** Sentences on units without data; then the total is unknown. */
  missing: readonly string[];
}

export type PublishedStatus = 'official' | 'reported' | 'derived' | 'forecast' | 'missing';

export interface PublishedFigure {
  code: IndicatorCode;
  area: string;
  round: number;
  value: string | number | null;
  unit: 'percent' | 'household';
  status: PublishedStatus;
  /** exact | over | nearly | derived: "over 23,510" is not 23,510. */
  precision: 'exact' | 'over' | 'nearly' | 'derived' | null;
  /** The sentence to show beside it, Vietnamese. */
  note: string | null;
  source: string;
  standard: string;
}

export interface SeriesPoint {
  round: number;
  standard: string | null;
  figure: Figure | null;
  /** Points against the previous round of the series; `null` across standards, with the reason. */
  change: Rate | null;
  changeReason?: string;
  /** Best published value of the round: never a forecast when an official one exists. */
  published: PublishedFigure | null;
  /** Every published value, the best first. */
  allPublished: readonly PublishedFigure[];
}

export interface Series {
  code: IndicatorCode;
  area: string;
  areaName: string;
  boundaries: 'as-was' | PlainDate;
  points: readonly SeriesPoint[];
}
