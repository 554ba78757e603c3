/** A field before and after an act; `null` = there was nothing. */
export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** What an act changed, from a payload that holds `before` and `after`; fields that stayed are left out. */
export function changesIn(payload: unknown): Change[] {
  const before = partOf(payload, 'before');
  const after = partOf(payload, 'after');
  if (!before && !after) return [];
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return fields.flatMap((field) => {
    const [was, is] = [textOf(before?.[field]), textOf(after?.[field])];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

function partOf(payload: unknown, name: string): Record<string, unknown> | null {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, name)) return null;
  const part = (payload as Record<string, unknown>)[name];
  return typeof part === 'object' && part !== null && !Array.isArray(part)
    ? (part as Record<string, unknown>)
    : null;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'có' : 'không';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
