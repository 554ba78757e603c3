import type pg from 'pg';
import { areaRegister } from '../../src/areas/index.js';
import type {
  BoundaryBridge,
  Bridge,
  Figure,
  FigureGroup,
  Form,
  FormCell,
  Grouping,
} from '../../src/figures/index.js';
import { boundaryEras, eraOf } from '../../src/figures/index.js';
import type { PlainDate } from '../../src/kernel/index.js';
import { ExactSpan } from './exact-span.js';

const PROVINCE = '20';

/** Households that no public number could tell apart. */
interface Atom {
  units: readonly (string | null)[];
  groups: Readonly<Record<Grouping, string>>;
  households: number;
  poor: number;
  near: number;
}

/** What a public number counts; `both` = poor and near-poor together. */
export type Column = 'households' | 'poor' | 'near' | 'both';

const COUNTS: Partial<Record<string, Column>> = {
  'resident-households': 'households',
  'poor-households': 'poor',
  'poverty-rate': 'poor',
  'poverty-rate-change': 'poor',
  'near-poor-households': 'near',
  'near-poverty-rate': 'near',
  'multidimensional-poverty-rate': 'both',
};

interface Cell {
  sum: ReadonlyMap<number, number>;
  shown: number | null;
  isHidden: boolean;
}

/**
 * All that stands on the public shelves about one round, as sums of the households behind it. Every
 * shelf must be known here: a new table that is published fails the test until it is taken in.
 */
export class PublicNumbers {
  readonly cells = new Map<string, Cell>();
  readonly wrong: string[] = [];
  readonly #eras = boundaryEras(PROVINCE);
  readonly #members = new Map<string, readonly number[]>();
  /** Unknowns that are no households of the round: the ways between two rounds. */
  readonly #ways = new Map<string, number>();

  readonly round: number;
  readonly referenceDate: PlainDate;
  readonly atoms: readonly Atom[];

  constructor(round: number, referenceDate: PlainDate, atoms: readonly Atom[]) {
    this.round = round;
    this.referenceDate = referenceDate;
    this.atoms = atoms;
  }

  /** @throws Error for a shelf that it does not know */
  take(shelf: string, answers: Record<string, unknown>): void {
    const [kind, name, , eraDay] = shelf.split('/');
    const era = eraOf(this.#eras, eraDay as PlainDate);
    const each = <T>(use: (answer: T) => void) =>
      Object.values(answers as Record<string, T>).forEach(use);
    if (kind === 'figures') each<Figure>((one) => this.#figure(one, era));
    else if (kind === 'forms' && name === '1') each<Form>((one) => this.#result(one, era));
    else if (kind === 'forms') each<Form>((one) => this.#flows(one, era));
    else if (kind === 'boundaries') {
      const own = eraOf(this.#eras, this.referenceDate);
      each<BoundaryBridge>((one) =>
        this.#boundaries(one, own, eraOf(this.#eras, shelf.split('/')[2] as PlainDate)),
      );
    } else if (kind === 'bridges') each<Bridge>((one) => this.#bridge(one));
    else if (kind === 'groups') {
      for (const [by, groups] of Object.entries(answers))
        this.#groups(name!, by as Grouping, groups as FigureGroup[]);
    } else throw new Error(`A shelf that nobody looks through: ${shelf}`);
  }

  #figure(one: Figure, era: number): void {
    const row = this.#unit(one.area, era);
    const column = COUNTS[one.code]!;
    // The two rates of a change belong to two rounds; the later one is of this.
    const of = one.change ? { ...one.change.after, suppressed: one.suppressed } : one;
    this.#say(row, column, of.numerator, false);
    if (one.unit === 'household') this.#say(row, column, null, one.suppressed === true);
    else this.#say(row, 'households', of.denominator, false);
  }

  #groups(code: string, by: Grouping, groups: readonly FigureGroup[]): void {
    const column = COUNTS[code]!;
    for (const { key, numerator, denominator, suppressed } of groups) {
      const row = this.#row(`${by} ${key}`, (atom) => atom.groups[by] === key);
      this.#say(row, column, numerator, suppressed === true && code.endsWith('-households'));
      this.#say(row, 'households', denominator, false);
    }
  }

  #result(one: Form, era: number): void {
    for (const { unitCode, cells, suppressed = [] } of one.rows) {
      const row = this.#unit(unitCode, era);
      for (const [number, column] of [
        ['1', 'households'],
        ['3', 'poor'],
        ['5', 'near'],
      ] as const) {
        this.#say(row, column, countOf(cells[number]), suppressed.includes(number));
      }
    }
  }

  #boundaries(one: BoundaryBridge, own: number, to: number): void {
    for (const line of one.lines) {
      const [was, is] = [line.was?.code ?? null, line.is?.code ?? null];
      const row = this.#row(
        `${was} > ${to} ${is}`,
        ({ units }) => units[own] === was && units[to] === is,
      );
      this.#counts(row, line);
    }
    this.#counts(this.#unit(one.area, to), one.total);
  }

  #counts(row: string, counts: BoundaryBridge['total']): void {
    const { households, poor, nearPoor, suppressed = [] } = counts;
    this.#say(row, 'households', households, suppressed.includes('households'));
    this.#say(row, 'poor', poor, suppressed.includes('poor'));
    this.#say(row, 'near', nearPoor, suppressed.includes('nearPoor'));
  }

  /**
   * Forms 2 and 3: poor before − left + entered = poor of the round; a class before is not counted in
   * another way. Ways between the two classes stand in both forms.
   */
  #flows(one: Form, era: number): void {
    const column = one.form === 2 ? 'poor' : 'near';
    const here = this.#sum(this.#unit(PROVINCE, era), column);
    const way = (number: number): number => {
      const same = { 2: '2→3', 5: '3→2' } as Record<number, string>;
      const other = { 2: '3→2', 5: '2→3' } as Record<number, string>;
      const name = (one.form === 2 ? same : other)[number];
      return this.#way(`${era} ${name ?? `${one.form}.${number}`}`);
    };
    const before = new Map(here);
    for (const number of [2, 3, 4]) before.set(way(number), 1);
    for (const number of [5, 6, 7, 8]) before.set(way(number), -1);
    const [households] = one.rows;
    for (const [number, cell] of Object.entries(households!.cells)) {
      const isHidden = households!.suppressed?.includes(number) === true;
      const id = `${era} form ${one.form} column ${number}`;
      const sum =
        number === '9' ? here : number === '1' ? before : new Map([[way(Number(number)), 1]]);
      this.#put(id, sum, countOf(cell), isHidden);
    }
  }

  /** The parts of the bridge from the round before are ways of form 2; of others, ways of their own. */
  #bridge(one: Bridge): void {
    const era = eraOf(this.#eras, this.referenceDate);
    const all = this.#unit(PROVINCE, era);
    this.#say(all, 'poor', one.after.numerator, false);
    this.#say(all, 'households', one.after.denominator, false);
    if (one.from !== this.round - 1) return;
    const ways: Partial<Record<string, readonly [string, number][]>> = {
      escaped: [
        ['2→3', -1],
        ['2.3', -1],
      ],
      'newly-poor': [
        ['3→2', 1],
        ['2.7', 1],
      ],
      're-poor': [['2.6', 1]],
    };
    for (const { id, households } of one.parts) {
      const sum = ways[id]?.map(([name, sign]) => [this.#way(`${era} ${name}`), sign] as const);
      if (sum) this.#put(`bridge ${id}`, new Map(sum), households, false);
    }
  }

  /** That nobody is in a class tells of nobody, and follows from any zero above it. */
  #isNobody(sum: Cell['sum']): boolean {
    return [...sum.keys()].every((at) => {
      const atom = this.atoms[Math.floor(at / 3)];
      return atom !== undefined && [atom.households, atom.poor, atom.near][at % 3] === 0;
    });
  }

  #way(name: string): number {
    const at = this.#ways.get(name) ?? this.atoms.length * 3 + this.#ways.size;
    this.#ways.set(name, at);
    return at;
  }

  #unit(code: string | null, era: number): string {
    if (code === PROVINCE) return this.#row('province', () => true);
    const day = this.#eras[era]!;
    const children =
      code === null
        ? []
        : areaRegister()
            .children(code, day)
            .map((unit) => unit.code);
    return this.#row(`${era} ${code}`, ({ units }) => {
      const unit = units[era] ?? null;
      return unit === code || (unit !== null && children.includes(unit));
    });
  }

  #row(id: string, holds: (atom: Atom) => boolean): string {
    if (!this.#members.has(id)) {
      this.#members.set(
        id,
        this.atoms.flatMap((atom, index) => (holds(atom) ? [index] : [])),
      );
    }
    return id;
  }

  #sum(row: string, column: Column): Map<number, number> {
    const at = { households: [0], poor: [1], near: [2], both: [1, 2] }[column];
    const atoms = this.#members.get(row)!;
    return new Map(atoms.flatMap((atom) => at.map((offset) => [atom * 3 + offset, 1] as const)));
  }

  /** What the database says of a cell: the test knows it, the visitor does not. */
  #truth(row: string, column: Column): number {
    const of = (atom: Atom) => (column === 'both' ? atom.poor + atom.near : atom[column]);
    return this.#members.get(row)!.reduce((sum, index) => sum + of(this.atoms[index]!), 0);
  }

  #say(row: string, column: Column, value: number | null, isHidden: boolean): void {
    const truth = this.#truth(row, column);
    if (value !== null && value !== truth)
      this.wrong.push(`${row} ${column}: ${value}, not ${truth}`);
    this.#put(`${row} ${column}`, this.#sum(row, column), value, isHidden);
  }

  #put(id: string, sum: Cell['sum'], value: number | null, isHidden: boolean): void {
    const cell = this.cells.get(id) ?? { sum, shown: null, isHidden: false };
    if (value !== null && cell.shown !== null && value !== cell.shown) {
      this.wrong.push(`${id}: ${cell.shown} and ${value}`);
    }
    cell.shown ??= value;
    cell.isHidden ||= isHidden;
    if (cell.isHidden && cell.shown !== null)
      this.wrong.push(`${id} is shown here and hidden there`);
    this.cells.set(id, cell);
  }

  /** How many different numbers are known outside. */
  shown(): number {
    return [...this.cells.values()].filter((cell) => cell.shown !== null).length;
  }

  /** Ids of cells that must not be known: hidden ones, and all that the rule of small counts names. */
  secrets(): string[] {
    const small = [...this.#members.keys()].flatMap((row) => {
      const all = this.#truth(row, 'households');
      return (['households', 'poor', 'near', 'both'] as const)
        .filter((column) => isTelling(this.#truth(row, column), all, column))
        .map((column) => {
          const id = `${row} ${column}`;
          if (!this.cells.has(id)) this.#put(id, this.#sum(row, column), null, true);
          return id;
        });
    });
    const hidden = [...this.cells].filter(([, { isHidden }]) => isHidden).map(([id]) => id);
    return [...new Set([...small, ...hidden])];
  }

  /** Secrets that are shown or follow from what is shown. */
  following(): string[] {
    const span = new ExactSpan();
    const shown = [...this.cells.values()].filter((cell) => cell.shown !== null);
    for (const { sum } of shown.sort((a, b) => a.sum.size - b.sum.size)) span.add(sum);
    // Counts are not negative: nobody in a row means nobody in any part of it.
    for (const { sum } of shown.filter((cell) => cell.shown === 0)) {
      if ([...sum.values()].some((times) => times !== 1)) continue;
      for (const at of sum.keys()) span.add(new Map([[at, 1]]));
    }
    return this.secrets().filter((id) => {
      const { sum } = this.cells.get(id)!;
      return !this.#isNobody(sum) && span.follows(sum);
    });
  }
}

const countOf = (cell: FormCell | undefined): number | null =>
  typeof cell === 'number' ? cell : null;

/** docs/concepts/disclosure.md, "What is hidden", rules 1 to 3. */
function isTelling(count: number, all: number, column: Column): boolean {
  const isFew = (number: number) => number > 0 && number < 5;
  if (column === 'households') return isFew(all);
  return isFew(all) || isFew(count) || (all > 0 && all - count < 5);
}

/** The households of a round by all that a public number can tell apart. */
export async function atomsOf(client: pg.Client, round: number): Promise<Atom[]> {
  const { rows } = await client.query<Atom>(
    `with stays as (
       select pu.place_id, e.era, case when count(*) = 1 and bool_and(pu.is_certain)
         then min(pu.unit_code) end as unit
       from unnest($2::date[]) with ordinality as e (day, era)
       join place_units pu on pu.valid_from <= e.day and (pu.valid_to is null or pu.valid_to >= e.day)
       group by pu.place_id, e.era
     ), lying as (
       select p.place_id, array(select s.unit from generate_series(1, cardinality($2::date[])) n
         left join stays s on s.place_id = p.place_id and s.era = n order by n) as units
       from (select distinct place_id from current_household_rounds where round = $1) p
     )
     select l.units, jsonb_build_object('area-class', coalesce(r.area_class, 'unknown'),
         'sex', coalesce(r.head_sex::text, 'unknown'),
         'ethnicity', coalesce(r.head_ethnicity_id, 'unknown'),
         'ethnic-minority', coalesce(r.is_ethnic_minority::text, 'unknown')) as groups,
       count(*)::integer as households,
       (count(*) filter (where r.recognised_status = 'poor'))::integer as poor,
       (count(*) filter (where r.recognised_status = 'near_poor'))::integer as near
     from current_household_rounds r join lying l using (place_id)
     where r.round = $1 and r.recognised_status is not null group by 1, 2`,
    [round, boundaryEras(PROVINCE)],
  );
  return rows;
}
