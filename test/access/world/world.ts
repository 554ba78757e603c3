import type { Hono } from 'hono';
import type { Env } from '../../../src/http/index.js';
import type { DeclaredRoute } from '../../../src/http/registrar.js';
import type { TestStore } from '../../support/database.js';
import type { ImportIs } from '../oracle.js';
import type { OfficeAt } from '../office-oracle.js';
import type { ActorIs, PlaceName, ProvinceName, ScopeName, UnitName } from './description.js';
import type { Tokens } from './tokens.js';

/** Kinds of records that an address can name. Whoever adds a kind adds its records to the world. */
export type RecordKind =
  'household' | 'import' | 'list' | 'unit' | 'entry' | 'inspection' | OfficeRecordKind;

/** A role is one that its holder may hand over; an ending, a unit whose offices are to be moved. */
export type OfficeRecordKind = 'office' | 'role' | 'delegation' | 'move' | 'ending';

/** A record that exists in the world; the oracle knows whose it is. */
export interface WorldRecord {
  kind: RecordKind;
  /** For people: "household v1a". */
  name: string;
  id: string;
  /** Where it lies. */
  places: readonly PlaceName[];
  /** An import: whose it is follows from what was read. */
  file?: ImportIs;
  /** The units of its sheets, in order. */
  sheetUnits?: readonly string[];
  state?: string;
  /** A list, or a unit that a list can be made of. */
  unit?: UnitName;
  /** An act of an office that is of no place. */
  officeOf?: ScopeName;
  /** Hidden from everybody but these: read under an inspection. */
  members?: readonly string[];
  /** Somebody looked at it under an inspection. */
  isInspected?: boolean;
  /** Words that its own household is told, and not everybody who sees it. */
  told?: string[];
  /** Who made it, where that is not the same for an act on it. */
  maker?: string;
  /** The scope of the inspection it was read under. */
  inspectedBy?: ScopeName;
  /** Its result is public. */
  isPublic?: boolean;
  /** Members of a household. */
  people?: readonly string[];
  /** One of them, with the personal number that stands for them. */
  person?: { personId: string; identifierId: string; number: string };
  /** Words of the record that an answer about it must hold, so that a test sees that it is shown. */
  shows: readonly string[];
  /** The code on the paper of a household. */
  code?: string;
  /** A sheet of an import. */
  sheet?: string;
  /** A word to search for. */
  word: string;
  /** An office. */
  office?: OfficeAt;
  /** Of a delegation, who gave and who received it; of a role, who holds it. */
  parties?: readonly string[];
  /** A role that was received: it is not handed on. */
  isReceived?: true;
  /** A move of offices, or a unit that waits for one: the province whose people plan it. */
  movesIn?: ProvinceName;
}

/** A role as it stands in the table, in the order of the description. */
export interface HeldIs {
  assignmentId: string;
  officeId: string;
  /** The name of its office. */
  officeWord: string;
  /** Of a delegation: why, and why it was taken back. */
  reason: string | null;
  endReason: string | null;
}

export interface WorldActor {
  is: ActorIs;
  accountId: string;
  /** `null` for whoever has never signed in. */
  token: string | null;
  /** A word in their name. */
  word: string;
  held: readonly HeldIs[];
}

export interface World {
  store: TestStore;
  /** Looks behind row security, on one connection. */
  behind: TestStore['behind'];
  app: Hono<Env>;
  routes: readonly DeclaredRoute[];
  tokens: Tokens;
  places: Readonly<Record<PlaceName, string>>;
  bookId: string;
  records: readonly WorldRecord[];
  actors: readonly WorldActor[];
  /**
   * Stands this person, at addresses with this policy, for all with the same rights? They are tried with
   * every record; others with one for each relation.
   */
  isThorough(actor: WorldActor, policy: string): boolean;
  clock: SettableClock;
}

export interface SettableClock {
  now(): Date;
  /** Begins the day again; every question moves it on by a millisecond. */
  restart(): void;
  wait(seconds: number): void;
}
