import { Problem } from '../kernel/index.js';
import type { Area } from '../kernel/index.js';
import type { DecisionPack } from '../packs/index.js';
import type { Fact, Facts, Tri } from '../rules/index.js';

/** One household as it is asked about; everything but the effect year may be unknown. */
export interface PovertyInput {
  id: string | number;
  /** The year whose status is asked for: review round + 1 for a periodic review. */
  effectYear: number;
  area: Area | null;
  /** đồng per person and month. */
  incomePcm: number | null;
  b1: number | null;
  /** How many, or which; an indicator left out of an object is not known. */
  deprivations: number | Readonly<Record<string, Tri>> | null;
  /** Names of fields that mean nothing here; said in the trace. */
  ignored: readonly string[];
}

export const FIRST_EFFECT_YEAR = 2016;
export const LAST_EFFECT_YEAR = 2030;

const FIELDS = ['id', 'effectYear', 'area', 'income_pcm', 'b1', 'deprivations'];

/** Reads one line of plain data. @throws Problem saying which field cannot be used and why */
export function readPovertyInput(data: unknown): PovertyInput {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw refused('not-an-object', 'Mỗi dòng phải là một đối tượng JSON {…}.');
  }
  const fields = data as Record<string, unknown>;
  return {
    id: readId(fields['id']),
    effectYear: readEffectYear(fields['effectYear']),
    area: readArea(fields['area']),
    incomePcm: readIncome(fields['income_pcm']),
    b1: readNumber(fields['b1'], 'b1'),
    deprivations: readDeprivations(fields['deprivations']),
    ignored: Object.keys(fields).filter((name) => !FIELDS.includes(name)),
  };
}

/** The id of a line even when the rest cannot be read; null when there is none. */
export function idOf(data: unknown): string | number | null {
  const id = typeof data === 'object' && data !== null ? (data as { id?: unknown }).id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** The facts of a standard's rule. @throws Problem for values or indicators the standard has not */
export function factsOfInput(pack: DecisionPack, input: PovertyInput): Facts {
  const { area, incomePcm, b1, deprivations } = input;
  const facts: Record<string, number | boolean | string | null> = {
    area,
    income_pcm: incomePcm,
    b1,
  };
  if (typeof deprivations === 'number') facts['deprived_count'] = deprivations;
  else if (deprivations) {
    for (const [id, value] of Object.entries(deprivations)) {
      const indicator = pack.indicators.find((known) => known.id === id);
      if (!indicator) throw unknownIndicator(pack, id);
      facts[indicator.fact] = value;
    }
  }
  for (const [id, value] of Object.entries(facts)) {
    if (typeof value === 'number') checkRange(pack.rule.facts.get(id), value);
  }
  return facts;
}

function checkRange(fact: Fact | undefined, value: number): void {
  if (fact?.kind !== 'number') return;
  const { label, min, max, multipleOf } = fact;
  const low = min !== null && value < min;
  const high = max !== null && value > max;
  if (low || high) {
    const range = max === null ? `từ ${min} trở lên` : `từ ${min ?? 0} đến ${max}`;
    throw refused('out-of-range', `${label} ${value} nằm ngoài khoảng cho phép (${range}).`);
  }
  if (multipleOf !== null && value % multipleOf !== 0) {
    throw refused('not-a-multiple', `${label} ${value} không phải bội số của ${multipleOf}.`);
  }
}

function readId(value: unknown): string | number {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return value;
  throw refused('id-missing', 'Thiếu "id" của hộ.');
}

function readEffectYear(value: unknown): number {
  const span = `${FIRST_EFFECT_YEAR}–${LAST_EFFECT_YEAR}`;
  if (value === undefined || value === null) {
    throw refused('effect-year-missing', `Thiếu "effectYear": năm hiệu lực, trong khoảng ${span}.`);
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw refused('effect-year-not-a-year', '"effectYear" phải là số nguyên, ví dụ 2026.');
  }
  if (value < FIRST_EFFECT_YEAR || value > LAST_EFFECT_YEAR) {
    const why = `Các chuẩn nghèo đã biết có hiệu lực trong ${span}.`;
    throw refused('effect-year-outside', `Năm hiệu lực ${value} nằm ngoài ${span}.`, why);
  }
  return value;
}

function readArea(value: unknown): Area | null {
  if (value === undefined || value === null) return null;
  if (value === 'rural' || value === 'urban') return value;
  throw refused('area-unknown', '"area" phải là "rural", "urban" hoặc null.');
}

/** Number, or đồng as plain digits in text: "1500000". */
function readIncome(value: unknown): number | null {
  const isDigits = typeof value === 'string' && /^\d{1,15}(\.\d{1,6})?$/u.test(value);
  return readNumber(isDigits ? Number(value) : value, 'income_pcm');
}

function readNumber(value: unknown, name: string): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refused('not-a-number', `"${name}" phải là số, viết không có dấu phân nhóm, hoặc null.`);
}

function readDeprivations(value: unknown): PovertyInput['deprivations'] {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 0 && value <= 12) return value;
    throw refused('deprivations-out-of-range', '"deprivations" phải là số nguyên từ 0 đến 12.');
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const what = '"deprivations" phải là số đếm hoặc đối tượng {chỉ số: true/false/null}.';
    throw refused('deprivations-not-readable', what);
  }
  for (const [id, answer] of Object.entries(value)) {
    if (answer === true || answer === false || answer === null) continue;
    throw refused('deprivation-not-a-truth', `Chỉ số "${id}" phải là true, false hoặc null.`);
  }
  return value as Record<string, Tri>;
}

function unknownIndicator(pack: DecisionPack, id: string): Problem {
  const ids = pack.indicators.map((indicator) => indicator.id).join(', ');
  return refused('deprivation-unknown', `Chuẩn ${pack.id} không có chỉ số "${id}".`, `Có: ${ids}.`);
}

function refused(code: string, what: string, why?: string): Problem {
  const todo = 'Sửa dòng này theo phiếu rà soát rồi chạy lại.';
  return new Problem('refused', { code, what, todo, ...(why !== undefined && { why }) });
}
