import type { ActorIs, PlaceName, ScopeName, UnitName } from './description.js';
import type { ImportIs } from '../oracle.js';
import {
  auditsOffice,
  covers,
  isKnown,
  placesFor,
  runsAccountOf,
  scopesOf,
  shareOf,
} from '../oracle.js';
import type { OfficeAt } from '../office-oracle.js';
import { areColleagues, areParties, meetsInOffices, seesOffice } from '../office-oracle.js';

/** Who may come across a value. */
export type Owner =
  /** Whoever answers for one of the places. */
  | { places: readonly PlaceName[] }
  /**
   * Whoever sees all of the file; with `sheetOf`, also whoever answers for that unit; with `at`, also
   * whoever answers for a place that rows of it went to, since each row says where it is from.
   */
  | { file: ImportIs; sheetOf?: UnitName; at?: readonly PlaceName[] }
  /** Whoever sees at least a part of the file. */
  | { partOf: ImportIs; at?: readonly PlaceName[] }
  /** Whoever is asked for the full number of a person there. */
  | { numberAt: readonly PlaceName[] }
  /** What an office did that is of no place: whoever audits it, and the person. */
  | { officeOf: ScopeName; by: string }
  /** What is read under an inspection, and the inspection itself: see `seen`. */
  | { seen: (actor: ActorIs) => boolean }
  /** The name of an office: open beside what it did, on pages about offices told to who sees it. */
  | { office: OfficeAt }
  /** The person alone; with `while`, as long as they still answer for all of these. */
  | { account: string; while?: readonly ScopeName[] }
  /**
   * Officers' names: themselves, whoever sees a place where they have acted or may act, and whoever runs
   * the accounts of their province.
   */
  | { officer: ActorIs; actedAt: readonly PlaceName[]; inspects: boolean };

export interface Who {
  actor: ActorIs;
  permissions: readonly string[];
}

interface Kept {
  what: string;
  owner: Owner;
}

const TOKEN = /zq[a-z]{2,12}\d{1,4}qz/g;
const NUMBER = /\b0\d{2} ?\d{3} ?\d{3} ?\d{3}\b/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Every value that tells of somebody is one of a kind: a word that occurs nowhere else, or the id of a
 * record. Whatever form an answer has, finding such a word in it says whose data it holds.
 */
export class Tokens {
  readonly #kept = new Map<string, Kept>();
  #count = 0;

  /** A new word; letters and digits only, so that no encoding, search key or sorting changes it. */
  word(what: string, owner: Owner): string {
    this.#count += 1;
    const letters = what
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, 12)
      .padEnd(2, 'x');
    const token = `zq${letters}${this.#count}qz`;
    this.#kept.set(token, { what, owner });
    return token;
  }

  /** An id that tells that a record exists. */
  id(id: string, what: string, owner: Owner): string {
    this.#kept.set(id, { what: `id of ${what}`, owner });
    return id;
  }

  /** A personal number, told by its digits. */
  number(digits: string, places: readonly PlaceName[]): string {
    this.#kept.set(digits, { what: 'personal number', owner: { numberAt: places } });
    return digits;
  }

  isKept(text: string): boolean {
    return this.#kept.has(text);
  }

  /** The file that a word or id tells of. */
  fileOf(token: string): ImportIs | null {
    const owner = this.#kept.get(token)?.owner;
    if (!owner) return null;
    return 'file' in owner ? owner.file : 'partOf' in owner ? owner.partOf : null;
  }

  /** All words and ids in a text, each once. */
  findIn(text: string): string[] {
    const lower = text.toLowerCase();
    const words = lower.match(TOKEN) ?? [];
    const ids = (lower.match(UUID) ?? []).filter((id) => this.#kept.has(id));
    const spaced = (lower.match(NUMBER) ?? []).map((number) => number.replaceAll(' ', ''));
    const numbers = spaced.filter((digits) => this.#kept.has(digits));
    return [...new Set([...words, ...ids, ...numbers])];
  }

  /**
   * Those in a text that this person may not come across with these permissions, each as a sentence.
   * @param spoken what the person said themselves: an answer may repeat it
   */
  foreignIn(text: string, who: Who, spoken = ''): string[] {
    const said = new Set(this.findIn(spoken));
    return this.findIn(text).flatMap((token) => {
      const kept = this.#kept.get(token);
      if (said.has(token) || (kept && mayKnow(kept.owner, who))) return [];
      return [`${kept?.what ?? 'a word of another world'} (${token})`];
    });
  }
}

function mayKnow(owner: Owner, who: Who): boolean {
  const { actor, permissions } = who;
  const scopes = permissions.flatMap((permission) => scopesOf(actor, permission));
  if ('places' in owner) return sees(scopes, owner.places);
  if ('file' in owner || 'partOf' in owner) return mayKnowFile(owner, who, scopes);
  if ('officer' in owner) return mayKnowOfficer(owner, who, scopes);
  if ('seen' in owner) return owner.seen(actor);
  if ('office' in owner) return !isAboutOffices(who) || seesOffice(actor, owner.office);
  if ('numberAt' in owner) {
    const isAbout = permissions.includes('identifier:read');
    return isAbout && sees(scopesOf(actor, 'identifier:read'), owner.numberAt);
  }
  if ('officeOf' in owner) {
    const isSelf = owner.by === actor.name && isKnown(actor);
    return isSelf || auditsOffice(scopesOf(actor, 'audit:read'), owner.officeOf);
  }
  const still = owner.while?.every((scope) => scopes.includes(scope)) ?? true;
  return owner.account === actor.name && isKnown(actor) && still;
}

function mayKnowFile(
  owner: Extract<Owner, { file: ImportIs } | { partOf: ImportIs }>,
  { actor, permissions }: Who,
  scopes: readonly ScopeName[],
): boolean {
  // That a file was read is an act of no place: whoever audits the province comes across its name.
  const audits = permissions.includes('audit:read') ? scopesOf(actor, 'audit:read') : [];
  if (audits.includes('pA') || sees(scopes, owner.at ?? [])) return true;
  if ('partOf' in owner) return shareOf(scopes, owner.partOf) !== 'none';
  const isOwn = owner.sheetOf !== undefined && scopes.includes(owner.sheetOf);
  return isOwn || shareOf(scopes, owner.file) === 'whole';
}

function mayKnowOfficer(
  owner: Extract<Owner, { officer: ActorIs }>,
  { actor, permissions }: Who,
  scopes: readonly ScopeName[],
): boolean {
  const isSelf = owner.officer.name === actor.name && isKnown(actor);
  if (isSelf || runsAccountOf(actor, owner.officer)) return true;
  if (areParties(actor, owner.officer) || areColleagues(actor, owner.officer)) return true;
  if (isAboutOffices({ permissions })) return meetsInOffices(actor, owner.officer);
  // Also whoever audits an office of theirs, and of a public inspection, who took part.
  const audits = permissions.some((one) => AUDITING.has(one)) ? scopesOf(actor, 'audit:read') : [];
  const isAudited = owner.officer.holds.some(({ over }) => auditsOffice(audits, over));
  if (isAudited || (audits.length > 0 && owner.inspects)) return true;
  // Looking at a household is an act too: it stands in the history of the household.
  const looksAt = placesFor(owner.officer, 'household:read');
  return sees(scopes, owner.actedAt) || sees(scopes, [...looksAt]);
}

/** Pages about offices tell names by rules of their own, to fewer people than the log does. */
const isAboutOffices = ({ permissions }: Pick<Who, 'permissions'>): boolean =>
  permissions.some((one) => one.startsWith('office:'));

const AUDITING = new Set(['audit:read', 'inspection:read']);

const sees = (scopes: readonly ScopeName[], places: readonly PlaceName[]): boolean =>
  places.some((place) => scopes.some((scope) => covers(scope, place)));
