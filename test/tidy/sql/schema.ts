import type { Node } from './tokens.js';
import { areWords, indexOfWord, isWord, readName, splitAtCommas, statementsOf } from './tokens.js';

/** A table as its migration makes it; keys and foreign keys as lists of columns. */
export interface Table {
  name: string;
  columns: Map<string, Node[]>;
  primaryKey: string[] | null;
  unique: string[][];
  foreignKeys: { columns: string[]; table: string; references: string[] }[];
}

export interface Schema {
  tables: Map<string, Table>;
  /** Tables whose rows belong to a book: `book_id` is a column that may not be null. */
  scoped: ReadonlySet<string>;
  /** The same, with the views that read them. */
  scopedRelations: ReadonlySet<string>;
}

/** What the migrations and views make, taken together in order. */
export function readSchema(scripts: readonly string[]): Schema {
  const tables = new Map<string, Table>();
  const views: { name: string; words: Set<string> }[] = [];
  for (const nodes of scripts.flatMap(statementsOf)) {
    const table = readTable(nodes);
    if (table) tables.set(table.name, table);
    const view = readView(nodes);
    if (view) views.push(view);
  }
  const scoped = new Set([...tables.values()].filter(isScoped).map((table) => table.name));
  const scopedRelations = new Set(scoped);
  for (let size = -1; size !== scopedRelations.size;) {
    size = scopedRelations.size;
    for (const { name, words } of views) {
      if ([...words].some((word) => scopedRelations.has(word))) scopedRelations.add(name);
    }
  }
  return { tables, scoped, scopedRelations };
}

const isScoped = (table: Table): boolean => {
  const book = table.columns.get('book_id');
  if (!book || table.name === 'books') return false;
  return areWordsSomewhere(book, 'not', 'null') || (table.primaryKey ?? []).includes('book_id');
};

const areWordsSomewhere = (nodes: readonly Node[], ...words: string[]): boolean =>
  nodes.some((_, i) => areWords(nodes, i, ...words));

function readView(nodes: readonly Node[]): { name: string; words: Set<string> } | null {
  const at = indexOfWord(nodes, ['view']);
  if (!isWord(nodes[0], 'create') || at < 0 || at > 4) return null;
  const named = readName(nodes, at + 1);
  if (!named) return null;
  const words = new Set<string>();
  const visit = (list: readonly Node[]): void => {
    for (const node of list) {
      if (node.kind === 'group') visit(node.nodes);
      else if (node.kind === 'word') words.add(node.value);
    }
  };
  visit(nodes.slice(named.end));
  return { name: named.name, words };
}

/** The name and body of a CREATE TABLE (not of a temporary one), or `null`. */
function readTable(nodes: readonly Node[]): Table | null {
  if (!isWord(nodes[0], 'create') || !isWord(nodes[1], 'table')) return null;
  const named = readName(nodes, areWords(nodes, 2, 'if', 'not', 'exists') ? 5 : 2);
  if (!named) return null;
  const body = nodes.slice(named.end).find((node) => node.kind === 'group');
  if (body?.kind !== 'group') return null;
  const table: Table = {
    name: named.name,
    columns: new Map(),
    primaryKey: null,
    unique: [],
    foreignKeys: [],
  };
  for (const part of splitAtCommas(body.nodes)) addPart(table, part);
  return table;
}

const CONSTRAINTS = ['primary', 'unique', 'foreign', 'check', 'exclude', 'constraint', 'like'];

function addPart(table: Table, part: readonly Node[]): void {
  const nodes = isWord(part[0], 'constraint') ? part.slice(2) : part;
  if (areWords(nodes, 0, 'primary', 'key')) table.primaryKey = namesIn(nodes[2]);
  else if (isWord(nodes[0], 'unique')) table.unique.push(namesIn(nodes.find(isGroup)));
  else if (areWords(nodes, 0, 'foreign', 'key')) addForeignKey(table, namesIn(nodes[2]), nodes, 3);
  else if (!isWord(nodes[0], ...CONSTRAINTS)) addColumn(table, nodes);
}

function addColumn(table: Table, nodes: readonly Node[]): void {
  const name = readName(nodes, 0)?.name;
  if (name === undefined) return;
  table.columns.set(name, nodes.slice(1));
  for (let i = 1; i < nodes.length; i++) {
    if (areWords(nodes, i, 'primary', 'key')) table.primaryKey = [name];
    if (isWord(nodes[i], 'unique')) table.unique.push([name]);
    if (isWord(nodes[i], 'references')) addForeignKey(table, [name], nodes, i);
  }
}

function addForeignKey(
  table: Table,
  columns: string[],
  nodes: readonly Node[],
  from: number,
): void {
  const at = indexOfWord(nodes, ['references'], from);
  const target = readName(nodes, at + 1);
  if (at < 0 || !target) return;
  const references = namesIn(nodes[target.end]);
  table.foreignKeys.push({ columns, table: target.name, references });
}

const isGroup = (node: Node): boolean => node.kind === 'group';

/** The first name of each part of a list in parentheses: `(a, b desc)` → a, b. */
export function namesIn(node: Node | undefined): string[] {
  if (node?.kind !== 'group') return [];
  return splitAtCommas(node.nodes).flatMap((part) => readName(part, 0)?.name ?? []);
}
