import type { ActorIs, PlaceName } from '../world/description.js';
import type { RecordKind, World, WorldRecord } from '../world/world.js';

/** How an address is asked: which record it is about, and what to put into it. */
export interface Recipe {
  /** The kind of record that `:id` (or the search) names. */
  of?: RecordKind;
  /** Is the record named by a word in the query instead of by its id in the address? */
  isSearch?: true;
  /** Values of the other parameters of the address. */
  params: Readonly<Record<string, string>>;
  /** Those that follow from the record; the ids of nothing without one. */
  paramsOf?: (record: WorldRecord) => Readonly<Record<string, string>>;
  /** Queries to ask with, "" among them. */
  queries: readonly string[] | ((word: string) => readonly string[]);
  /** The fields of a form; files are read from the world. */
  form?: (at: FormSetting) => Fields | Promise<Fields>;
  /** A record on which an act can be carried out now; the others answer with a problem. */
  isReady?: (record: WorldRecord, actor: ActorIs) => boolean;
  /** Of those with the permission, for whom there is anything to do with it; the others are told why not. */
  isFor?: (actor: ActorIs) => boolean;
  /** Places beyond their own where an act of a person may leave rows: rows handed over to the province. */
  handsOver?: true;
  /** The act is about the session itself: it is tried with one of its own. */
  changesSession?: true;
  /** What whoever can fill in this form knows already, so that the answer may say it. */
  knows?: (at: FormSetting) => string;
  /** A place about which the form leaves an entry in the log, whoever sends it. */
  logsAt?: PlaceName;
  /** The page of a record shows some of its words, or none of them and something else. */
  shows?: 'some' | 'else';
  /** It only looks: nothing changes beyond the log. */
  looks?: true;
  /** A record about which there is nothing to show here, to anybody. */
  showsNothing?: (record: WorldRecord) => boolean;
  /** Beyond the places of the permission itself the record is not there, however else it may be seen. */
  isExact?: true;
  /** The register of units, which is public, says that the record is there. */
  isRegistered?: true;
}

export type Fields = Readonly<Record<string, string | File>>;

export interface FormSetting {
  world: World;
  record: WorldRecord | null;
}

/** An address without a record: asked as it stands, with parameters and with each query. */
export const open = (
  params: Readonly<Record<string, string>> = {},
  ...queries: readonly string[]
): Recipe => ({ params, queries: ['', ...queries] });

/** The page of a record, and what can be asked of it. */
export const shows = (of: RecordKind, ...queries: readonly string[]): Recipe => ({
  of,
  params: {},
  queries: ['', ...queries],
});

/** A page about a record that shows only some of its words. */
export const showsSome = (of: RecordKind, ...queries: readonly string[]): Recipe => ({
  ...shows(of, ...queries),
  shows: 'some',
});

/** A page or file about a record that shows none of its words. */
export const showsElse = (of: RecordKind): Recipe => ({ ...shows(of), shows: 'else' });

/** A list in which a record is found by a word. */
export const finds = (of: RecordKind, queries: (word: string) => readonly string[]): Recipe => ({
  ...{ of, isSearch: true, params: {}, queries },
});

/** An act on a record, by a form. */
export const acts = (
  of: RecordKind,
  form: NonNullable<Recipe['form']>,
  isReady: NonNullable<Recipe['isReady']>,
  more: Pick<Recipe, 'handsOver' | 'isExact' | 'paramsOf' | 'looks'> = {},
): Recipe => ({ of, params: {}, queries: [''], form, isReady, ...more });

/** An act by a form that is about no record that is there. */
export const makes = (
  form: NonNullable<Recipe['form']>,
  more: Pick<Recipe, 'handsOver' | 'changesSession' | 'knows' | 'logsAt' | 'isFor'> = {},
): Recipe => ({ params: {}, queries: [''], form, ...more });
