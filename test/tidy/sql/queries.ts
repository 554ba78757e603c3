import type { Group, Node } from './tokens.js';
import { areWords, indexOfWord, isSymbol, isWord, readName, splitAtCommas } from './tokens.js';

/** One relation of a FROM list. A derived table has no name. */
export interface Source {
  name: string | null;
  alias: string;
}

/** One SELECT, UPDATE, DELETE or INSERT … of a statement, with the query it stands in. */
export interface Query {
  kind: 'select' | 'insert' | 'update' | 'delete' | 'merge' | 'values';
  /** Everything of this query at its own level; groups hold nested ones. */
  nodes: readonly Node[];
  /** What it writes to. */
  target: string | null;
  sources: readonly Source[];
  /** The query whose columns this one can see, as EXISTS and LATERAL do. */
  outer: Query | null;
  /** Names that WITH defines around it: not tables. */
  defined: ReadonlySet<string>;
  isRecursive: boolean;
}

interface Context {
  outer: Query | null;
  defined: ReadonlySet<string>;
  isRecursive: boolean;
}

const STARTS = ['select', 'insert', 'update', 'delete', 'merge', 'values', 'with'];
const TOP: Context = { outer: null, defined: new Set(), isRecursive: false };

/** All queries of one statement, outer before inner; empty for statements that query nothing. */
export function queriesOf(statement: readonly Node[]): Query[] {
  const found: Query[] = [];
  const at = startOfQuery(statement);
  if (at >= 0) readQuery(statement.slice(at), TOP, found);
  return found;
}

/** `create view v as select`, `explain select`, `copy (select …) to`, `prepare p as select`. */
function startOfQuery(nodes: readonly Node[]): number {
  if (isWord(nodes[0], ...STARTS)) return 0;
  if (isWord(nodes[0], 'explain')) return indexOfWord(nodes, STARTS);
  if (isWord(nodes[0], 'copy', 'declare')) return nodes.findIndex(isQueryGroup);
  if (!isWord(nodes[0], 'create', 'prepare')) return -1;
  const as = nodes.findIndex((node, i) => isWord(node, 'as') && isWord(nodes[i + 1], ...STARTS));
  return as < 0 ? -1 : as + 1;
}

const isQueryGroup = (node: Node): boolean =>
  node.kind === 'group' && (isWord(node.nodes[0], ...STARTS) || node.nodes.some(isQueryGroup));

function readQuery(all: readonly Node[], around: Context, found: Query[]): void {
  let nodes = all;
  let context = around;
  if (isWord(nodes[0], 'with')) ({ nodes, context } = readDefinitions(nodes, around, found));
  const only = nodes[0];
  if (only?.kind === 'group' && isQueryGroup(only)) readQuery(only.nodes, context, found);
  for (const block of splitAtSetOperators(nodes)) readBlock(block, context, found);
}

/** WITH a AS (…), b AS (…): each is a query of its own that sees only the earlier names. */
function readDefinitions(
  nodes: readonly Node[],
  around: Context,
  found: Query[],
): { nodes: readonly Node[]; context: Context } {
  const isRecursive = around.isRecursive || isWord(nodes[1], 'recursive');
  const defined = new Set(around.defined);
  let at = isWord(nodes[1], 'recursive') ? 2 : 1;
  for (;;) {
    const name = readName(nodes, at)?.name;
    const body = nodes.findIndex(
      (node, i) => i > at && node.kind === 'group' && isAfterAs(nodes, i),
    );
    const group = nodes[body];
    if (name === undefined || group?.kind !== 'group')
      throw new SyntaxError('WITH without a query');
    if (isRecursive) defined.add(name);
    readQuery(group.nodes, { ...around, defined: new Set(defined), isRecursive }, found);
    defined.add(name);
    if (!isSymbol(nodes[body + 1], ',')) {
      return { nodes: nodes.slice(body + 1), context: { ...around, defined, isRecursive } };
    }
    at = body + 2;
  }
}

const isAfterAs = (nodes: readonly Node[], at: number): boolean =>
  isWord(nodes[at - 1], 'as') || isWord(nodes[at - 1], 'materialized');

function splitAtSetOperators(nodes: readonly Node[]): Node[][] {
  const blocks: Node[][] = [[]];
  nodes.forEach((node, i) => {
    if (isWord(node, 'union', 'intersect', 'except')) blocks.push([]);
    else if (!(isWord(node, 'all', 'distinct') && isSetOperator(nodes[i - 1]))) {
      blocks.at(-1)?.push(node);
    }
  });
  return blocks.filter((block) => block.length > 0);
}

const isSetOperator = (node: Node | undefined): boolean =>
  isWord(node, 'union', 'intersect', 'except');

function readBlock(nodes: readonly Node[], context: Context, found: Query[]): void {
  const first = nodes[0];
  if (first?.kind === 'group') {
    if (isQueryGroup(first)) readQuery(first.nodes, context, found);
    return;
  }
  if (first?.kind !== 'word' || !STARTS.includes(first.value)) return;
  const kind = first.value as Query['kind'];
  const head = readHead(kind, nodes);
  const query: Query = { ...context, kind, ...head, sources: [] };
  const { sources, derived } = readSources(head.nodes, kind);
  query.sources = head.target && kind !== 'insert' ? [head.self, ...sources] : sources;
  found.push(query);
  if (head.rest) readQuery(head.rest, { ...context, outer: null }, found);
  readNested(head.nodes, query, context, derived, found);
}

interface Head {
  target: string | null;
  self: Source;
  nodes: readonly Node[];
  /** The query that feeds an INSERT. */
  rest: readonly Node[] | null;
}

/** What is written to, and where the feeding query of an INSERT begins. */
function readHead(kind: Query['kind'], nodes: readonly Node[]): Head {
  const none = { target: null, self: { name: null, alias: '' }, nodes, rest: null };
  if (kind === 'select' || kind === 'values') return none;
  const at = isWord(nodes[1], 'into', 'from', 'only') ? 2 : 1;
  const named = readName(nodes, at);
  if (!named) return none;
  const alias = aliasAt(nodes, named.end, named.name);
  const self = { name: named.name, alias };
  if (kind !== 'insert') return { target: named.name, self, nodes, rest: null };
  const feed = nodes.findIndex((node, i) => i >= named.end && isWord(node, 'select', 'with'));
  const conflict = nodes.findIndex((_, i) => areWords(nodes, i, 'on', 'conflict'));
  if (feed < 0 || (conflict >= 0 && feed > conflict)) {
    return { target: named.name, self, nodes, rest: null };
  }
  const end = conflict < 0 ? nodes.length : conflict;
  const own = [...nodes.slice(0, feed), ...nodes.slice(end)];
  return { target: named.name, self, nodes: own, rest: nodes.slice(feed, end) };
}

const END_OF_FROM = [
  'where',
  'group',
  'having',
  'order',
  'limit',
  'offset',
  'fetch',
  'for',
  'window',
  'returning',
  'when',
];
const JOIN_WORDS = ['join', 'inner', 'left', 'right', 'full', 'cross', 'natural', 'outer'];
const NOT_ALIASES = [...END_OF_FROM, ...JOIN_WORDS, 'on', 'using', 'set', 'as', 'lateral'];

/** The FROM (or USING) list of a query and the derived tables in it. */
function readSources(
  nodes: readonly Node[],
  kind: Query['kind'],
): { sources: Source[]; derived: Map<Group, 'lateral' | 'plain'> } {
  const derived = new Map<Group, 'lateral' | 'plain'>();
  const word = kind === 'delete' || kind === 'merge' ? 'using' : 'from';
  const start = nodes.findIndex(
    (node, i) => isWord(node, word) && !areWords(nodes, i - 1, 'distinct', 'from'),
  );
  if (start < 0) return { sources: [], derived };
  const end = nodes.findIndex((node, i) => i > start && isWord(node, ...END_OF_FROM));
  const list = nodes.slice(start + 1, end < 0 ? undefined : end);
  return { sources: splitAtCommas(list).flatMap((part) => readJoined(part, derived)), derived };
}

function readJoined(part: readonly Node[], derived: Map<Group, 'lateral' | 'plain'>): Source[] {
  const sources: Source[] = [];
  for (let i = 0; i < part.length; i++) {
    if (i > 0 && !isWord(part[i - 1], 'join')) continue;
    let at = i;
    const isLateral = isWord(part[at], 'lateral');
    while (isWord(part[at], 'lateral', 'only')) at++;
    const node = part[at];
    if (node?.kind === 'group') {
      if (isQueryGroup(node) && isWord(node.nodes[0], ...STARTS)) {
        derived.set(node, isLateral ? 'lateral' : 'plain');
        sources.push({ name: null, alias: aliasAt(part, at + 1, '') });
      } else {
        sources.push(...readJoined(node.nodes, derived));
      }
      continue;
    }
    const named = readName(part, at);
    if (!named || part[named.end]?.kind === 'group') continue; // a function in FROM
    sources.push({ name: named.name, alias: aliasAt(part, named.end, named.name) });
  }
  return sources;
}

function aliasAt(nodes: readonly Node[], at: number, otherwise: string): string {
  const place = isWord(nodes[at], 'as') ? at + 1 : at;
  const node = nodes[place];
  if (node?.kind !== 'word') return otherwise;
  return !node.quoted && NOT_ALIASES.includes(node.value) ? otherwise : node.value;
}

/** Queries inside the expressions and derived tables of a query. */
function readNested(
  nodes: readonly Node[],
  query: Query,
  context: Context,
  derived: ReadonlyMap<Group, 'lateral' | 'plain'>,
  found: Query[],
): void {
  for (const node of nodes) {
    if (node.kind !== 'group') continue;
    if (isWord(node.nodes[0], ...STARTS)) {
      const outer = derived.get(node) === 'plain' ? context.outer : query;
      readQuery(node.nodes, { ...context, outer }, found);
    } else {
      readNested(node.nodes, query, context, derived, found);
    }
  }
}
