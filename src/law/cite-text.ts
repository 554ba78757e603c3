import type { PlainDate } from '../kernel/index.js';
import type { DocumentRegister } from './document-register.js';
import type { LegalDocument, RelationKind } from './document.js';
import { parseNumber } from './document-number.js';
import type { Mention } from './find-mentions.js';
import { findMentions } from './find-mentions.js';
import { documentRegister } from './load-register.js';
import { originalSpan, plainText } from './plain-text.js';
import type { DocumentType } from './symbols.js';

/** What a citation may mean, when the text does not say enough. */
export interface Candidate {
  number: string;
  type: DocumentType | null;
  issuer: string | null;
  date: PlainDate | null;
  title: string | null;
}

export interface CitedChange {
  relation: RelationKind;
  number: string;
  date: PlainDate | null;
  inForceFrom: PlainDate | null;
  note: string | null;
}

/** One document that a text cites. */
export interface Citation {
  /** The number as first written. */
  text: string;
  /** `[start, end)` of every mention, in UTF-16 units of the original text. */
  offsets: [number, number][];
  number: string;
  type: DocumentType | null;
  issuer: string | null;
  date: PlainDate | null;
  /** Is it exactly one document of the register? */
  resolved: boolean;
  title: string | null;
  candidates?: Candidate[];
  /** On the day asked for; `null` = not resolved, no day given, or not known. */
  inForce: boolean | null;
  changedBy: CitedChange[];
}

/**
 * Reads the documents a text cites by number: one entry per distinct document in order of first
 * appearance. A number that is given anew each year (12/NQ-CP) needs a date to be one document.
 * @param on the day for `inForce`; changes that begin later are left out
 */
export function citeText(
  text: string,
  on?: PlainDate,
  register: DocumentRegister = documentRegister(),
): Citation[] {
  const plain = plainText(text);
  const exotic = register.documents.map((d) => d.number).filter((n) => parseNumber(n) === null);
  const groups = groupMentions(findMentions(plain.text, exotic), register);
  return groups.map((group) => {
    const spans = group.mentions.map((m) => originalSpan(plain, m.start, m.end));
    const [first] = spans;
    return {
      text: first ? text.slice(first[0], first[1]) : '',
      offsets: spans,
      ...describe(group, register, on),
    };
  });
}

interface Group {
  mentions: Mention[];
  /** The day or year behind any of the mentions. */
  day: PlainDate | null;
  year: number | null;
  fitting: readonly LegalDocument[];
}

/** Mentions of one number belong together unless their dates differ. */
function groupMentions(mentions: readonly Mention[], register: DocumentRegister): Group[] {
  const byKey = new Map<string, Mention[]>();
  const byStart = fullNumbersByStart(mentions);
  for (const mention of mentions) {
    const key = identify(mention, byStart, register);
    const same = byKey.get(key);
    if (same) same.push(mention);
    else byKey.set(key, [mention]);
  }
  const groups = [...byKey.values()].flatMap((same) => splitByDate(same, register));
  return groups.sort((a, b) => a.mentions[0]!.start - b.mentions[0]!.start);
}

/** Full numbers with a year, by what a short form writes of them ("7/2021"). */
function fullNumbersByStart(mentions: readonly Mention[]): Map<string, Mention[]> {
  const byStart = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const start = /^\d+\/\d{4}(?=\/)/.exec(mention.number.key)?.[0];
    if (start === undefined) continue;
    const same = byStart.get(start);
    if (same) same.push(mention);
    else byStart.set(start, [mention]);
  }
  return byStart;
}

/** "NĐ 07/2021" is the full number of the text or of the register that it can only mean. */
function identify(
  mention: Mention,
  byStart: ReadonlyMap<string, readonly Mention[]>,
  register: DocumentRegister,
): string {
  const { number, isShort } = mention;
  if (!isShort) return number.key;
  const inText = (byStart.get(number.key) ?? []).filter((m) => typeFits(m, number.type));
  const keys = new Set(inText.map((m) => m.number.key));
  if (keys.size === 1) return [...keys][0]!;
  const known = shortCandidates(mention, register);
  const [only] = known;
  const full = only && known.length === 1 ? parseNumber(only.number) : null;
  return full?.key ?? `${number.type ?? ''} ${number.key}`;
}

const typeFits = (mention: Mention, type: DocumentType | null): boolean =>
  (mention.number.type ?? mention.wordType ?? type) === type;

function shortCandidates({ number }: Mention, register: DocumentRegister) {
  const [serial = '', year = ''] = number.key.split('/');
  return number.type === null ? [] : register.byShortForm(number.type, serial, year);
}

/**
 * One number with two dates is two documents. A mention that gives only the year, or nothing, joins
 * the dated ones if there is only one it can mean.
 */
function splitByDate(same: readonly Mention[], register: DocumentRegister): Group[] {
  const labels = [...new Set(same.map(dateLabel))];
  const parts = new Map<string, Mention[]>();
  for (const mention of same) {
    const label = fullerLabel(dateLabel(mention), labels);
    const part = parts.get(label);
    if (part) part.push(mention);
    else parts.set(label, [mention]);
  }
  return [...parts].map(([label, mentions]) => ({
    mentions,
    day: mentions.find((m) => m.date?.day)?.date?.day ?? null,
    year: label === '' ? null : Number(label.slice(0, 4)),
    fitting: fittingDocuments(mentions, register),
  }));
}

/** The only day of the text that a year (or nothing) can mean, else the only such year, else itself. */
function fullerLabel(own: string, labels: readonly string[]): string {
  const fuller = labels.filter((label) => label.startsWith(own));
  const days = fuller.filter((label) => label.length === 10);
  const years = fuller.filter((label) => label.length === 4);
  if (days.length === 1) return days[0]!;
  return days.length === 0 && years.length === 1 ? years[0]! : own;
}

/** "2020-02-15", "2020" or nothing. */
const dateLabel = ({ date }: Mention): string =>
  date === null ? '' : (date.day ?? String(date.year));

function fittingDocuments(
  mentions: readonly Mention[],
  register: DocumentRegister,
): readonly LegalDocument[] {
  const full = mentions.find((m) => !m.isShort);
  return full ? register.byNumber(full.number.key) : shortCandidates(mentions[0]!, register);
}

type Described = Omit<Citation, 'text' | 'offsets'>;

function describe(group: Group, register: DocumentRegister, on: PlainDate | undefined): Described {
  const lead = group.mentions.find((m) => !m.isShort) ?? group.mentions[0]!;
  const document = resolve(group, lead);
  return document ? described(document, group, register, on) : undescribed(group, lead);
}

function described(
  document: LegalDocument,
  group: Group,
  register: DocumentRegister,
  on: PlainDate | undefined,
): Described {
  return {
    number: document.number,
    type: document.type,
    issuer: document.issuer,
    date: document.issued ?? group.day,
    resolved: true,
    title: document.title,
    inForce: on === undefined ? null : register.isInForce(document, on),
    changedBy: changesOf(document, register, on),
  };
}

/** What the text alone says of a document that is not, or not surely, in the register. */
function undescribed({ mentions, day, fitting }: Group, lead: Mention): Described {
  const word = mentions.find((m) => m.wordType !== null)?.wordType ?? null;
  return {
    number: lead.number.text,
    type: lead.number.type ?? word,
    issuer: lead.number.issuer,
    date: day,
    resolved: false,
    title: null,
    ...(fitting.length > 0 && { candidates: fitting.map(candidate) }),
    inForce: null,
    changedBy: [],
  };
}

/** The one document of the register that number and date together mean, else `null`. */
function resolve(group: Group, lead: Mention): LegalDocument | null {
  const { day, year, fitting } = group;
  if (day !== null || year !== null) {
    const exact = fitting.filter((d) =>
      day !== null ? d.issued === day : d.issued?.startsWith(String(year)),
    );
    if (exact.length === 1) return exact[0]!;
    if (exact.length > 1 || fitting.some((d) => d.issued !== null)) return null;
  }
  const [only] = fitting;
  return only && fitting.length === 1 && !lead.number.isRecurring ? only : null;
}

const candidate = ({ number, type, issuer, issued, title }: LegalDocument): Candidate => ({
  number,
  type,
  issuer,
  date: issued,
  title,
});

export function changesOf(
  document: LegalDocument,
  register: DocumentRegister,
  on: PlainDate | undefined,
): CitedChange[] {
  return register.changesTo(document, on).map(({ kind, by, note }) => ({
    relation: kind,
    number: by.number,
    date: by.issued,
    inForceFrom: by.inForceFrom,
    note,
  }));
}
