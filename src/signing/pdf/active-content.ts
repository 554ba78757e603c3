import type { PdfValue } from './value.js';
import { PdfDictionary, PdfReference, PdfString, textOf } from './value.js';

const ACTIONS = new Set(['JavaScript', 'Launch', 'ImportData', 'Rendition']);
const KEYS = ['JS', 'JavaScript', 'XFA', 'RichMediaContent'];
const PROGRAM =
  /\.(exe|com|scr|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|msi|jar|dll|lnk|reg|[dx][ol][ct]m|xlsm|pptm)\s*$/i;

/** A signed decision is paper: what runs, or carries programs along, has no place in it. */
export const hasActiveContent = (values: readonly PdfValue[]): boolean =>
  values.some((value) => isActive(value, 0));

function isActive(value: PdfValue, depth: number): boolean {
  if (depth > 64) return true;
  if (Array.isArray(value)) return value.some((item: PdfValue) => isActive(item, depth + 1));
  if (!(value instanceof PdfDictionary)) return false;
  if (KEYS.some((key) => value.has(key)) || ACTIONS.has(value.nameOf('S') ?? '')) return true;
  if (value.has('EF') && namesOfFile(value).some((name) => PROGRAM.test(name))) return true;
  return [...value.entries.values()].some(
    (inner) => !(inner instanceof PdfReference) && isActive(inner, depth + 1),
  );
}

const namesOfFile = (specification: PdfDictionary): string[] =>
  ['F', 'UF', 'DOS', 'Unix', 'Mac'].flatMap((key) => {
    const name = specification.get(key);
    return name instanceof PdfString ? [textOf(name)] : [];
  });
