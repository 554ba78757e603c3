import { z } from 'zod';
import { nameKey, withoutDiacritics } from '../kernel/index.js';
import type { Citation, State } from '../rules/index.js';
import { readCitation } from '../rules/index.js';
import type { Pack } from './read-pack.js';
import { invalidPack } from './read-pack.js';
import { citeSchema, documentsSchema, stateSchema } from './schemas.js';

const code = z.string().regex(/^\d{2}$/u);
const groupSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/u),
  name: z.string(),
  eth1979: code,
  eth2008: code.nullable(),
  eth2008State: stateSchema,
  aliases: z.array(z.string()).optional(),
});
const schemeSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  state: stateSchema,
  cite: citeSchema,
});
export const ethnicGroupsSchema = z.strictObject({
  schema: z.literal('ethnic-groups/1'),
  id: z.string(),
  version: z.string(),
  documents: documentsSchema,
  schemes: z.strictObject({ eth1979: schemeSchema, eth2008: schemeSchema }),
  groups: z.array(groupSchema).length(54),
  others: z.array(groupSchema),
  ambiguous: z.array(
    z.strictObject({ name: z.string(), ids: z.array(z.string()), state: stateSchema }),
  ),
  sets: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      from: z.number().int().nullable(),
      to: z.number().int().nullable(),
      state: stateSchema,
      cite: citeSchema,
      ids: z.array(z.string()),
    }),
  ),
});
export type EthnicGroupsData = z.infer<typeof ethnicGroupsSchema>;

export type EthnicScheme = 'eth1979' | 'eth2008';

export interface EthnicGroup {
  /** What columns `ethnicity_id` hold: `tay`, `san-chay`. */
  id: string;
  name: string;
  /** A code is worth nothing without its list: 04 is Hoa (1979) or Mường (2008). */
  codes: Readonly<Record<EthnicScheme, { code: string | null; state: State }>>;
}

/** Groups named together by a policy, with the years and the text it rests on. */
export interface EthnicGroupSet {
  id: string;
  label: string;
  from: number | null;
  to: number | null;
  state: State;
  citations: readonly Citation[];
  ids: readonly string[];
}

export type EthnicNameMatch =
  | { kind: 'match'; group: EthnicGroup }
  /** Several groups, or a name whose meaning was not checked: a person decides. */
  | { kind: 'ambiguous'; candidates: readonly EthnicGroup[] }
  | { kind: 'unknown' };

export interface EthnicGroups {
  hash: string;
  /** The 54 groups in the order of the 1979 list, then others (foreigners). */
  all: readonly EthnicGroup[];
  byId(id: string): EthnicGroup | undefined;
  byCode(scheme: EthnicScheme, code: string): EthnicGroup | undefined;
  /** Any spelling; a closed list, nothing is guessed. */
  byName(name: string): EthnicNameMatch;
  /** Every one of the 54 but Kinh. */
  isMinority(id: string): boolean;
  sets: readonly EthnicGroupSet[];
}

export function makeEthnicGroups({ data, hash, path }: Pack<EthnicGroupsData>): EthnicGroups {
  const all = [...data.groups, ...data.others].map(toGroup);
  const ids = new Map(all.map((group) => [group.id, group]));
  checkList(data, ids, path);
  const codes = new Map(
    all.flatMap((group) =>
      (['eth1979', 'eth2008'] as const).map((scheme) => [
        `${scheme}:${group.codes[scheme].code}`,
        group,
      ]),
    ),
  );
  const names = indexNames(data, ids);
  const minorities = new Set(data.groups.map(({ id }) => id).filter((id) => id !== 'kinh'));
  const sets = data.sets.map(({ cite, ...set }) => ({
    ...set,
    citations: cite.map((text) => readCitation(text, data.documents, path)),
  }));
  return {
    hash,
    all,
    sets,
    byId: (id) => ids.get(id),
    byCode: (scheme, text) => codes.get(`${scheme}:${text.trim().padStart(2, '0')}`),
    byName: (name) => names(name),
    isMinority: (id) => minorities.has(id),
  };
}

function toGroup(row: EthnicGroupsData['groups'][number]): EthnicGroup {
  return {
    id: row.id,
    name: row.name,
    codes: {
      eth1979: { code: row.eth1979, state: 'verified' },
      eth2008: { code: row.eth2008, state: row.eth2008State },
    },
  };
}

const fold = (text: string) => text.replace(/[-'’‘`´\s]+/gu, '');
/** "Khơ-me", "Khơ Me", "KHƠ ME" → one key; diacritics stay. */
const exactKey = (text: string) => fold(nameKey(text));
const bareKey = (text: string) => fold(withoutDiacritics(text));

function indexNames(data: EthnicGroupsData, ids: ReadonlyMap<string, EthnicGroup>) {
  const exact = new Map<string, EthnicGroup>();
  const bare = new Map<string, Set<EthnicGroup>>();
  const unsure = new Map<string, readonly EthnicGroup[]>();
  for (const row of [...data.groups, ...data.others]) {
    const group = ids.get(row.id)!;
    for (const name of [row.name, ...(row.aliases ?? [])]) {
      exact.set(exactKey(name), group);
      bare.set(bareKey(name), (bare.get(bareKey(name)) ?? new Set()).add(group));
    }
  }
  for (const row of data.ambiguous) {
    unsure.set(exactKey(row.name), row.ids.map((id) => ids.get(id)!));
  }
  return (name: string): EthnicNameMatch => {
    const whole = exact.get(exactKey(name));
    if (whole && !unsure.has(exactKey(name))) return { kind: 'match', group: whole };
    const asked = name.normalize('NFC').replace(/^\s*(?:dân tộc|người)\s+/iu, '');
    const candidates = unsure.get(exactKey(asked));
    if (candidates) return { kind: 'ambiguous', candidates };
    const group = exact.get(exactKey(asked));
    if (group) return { kind: 'match', group };
    // Typed without diacritics: only when nothing but that could be meant.
    const typedBare = bareKey(asked) === fold(asked.normalize('NFC').toLowerCase());
    const possible = typedBare ? [...(bare.get(bareKey(asked)) ?? [])] : [];
    if (possible.length === 0) return { kind: 'unknown' };
    if (possible.length === 1 && !isUnsureBare(asked, data)) {
      return { kind: 'match', group: possible[0]! };
    }
    return { kind: 'ambiguous', candidates: possible };
  };
}

const isUnsureBare = (asked: string, data: EthnicGroupsData) =>
  data.ambiguous.some(({ name }) => bareKey(name) === bareKey(asked));

function checkList(
  data: EthnicGroupsData,
  ids: ReadonlyMap<string, EthnicGroup>,
  path: string,
): void {
  const rows = [...data.groups, ...data.others];
  const fault = (['eth1979', 'eth2008'] as const).find((scheme) => {
    const used = rows.flatMap((row) => row[scheme] ?? []);
    return new Set(used).size !== used.length;
  });
  if (fault) throw invalidPack(path, `danh mục ${fault} có mã trùng`);
  if (ids.size !== rows.length) throw invalidPack(path, 'mã định danh trùng');
  const named = [...data.sets, ...data.ambiguous].flatMap((entry) => entry.ids);
  const stranger = named.find((id) => !ids.has(id));
  if (stranger !== undefined) throw invalidPack(path, `dân tộc "${stranger}" không có trong danh mục`);
}
