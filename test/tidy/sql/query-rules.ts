import { BookLinks } from './books.js';
import type { Query, Source } from './queries.js';
import { queriesOf } from './queries.js';
import type { Schema } from './schema.js';
import type { Node } from './tokens.js';
import { areWords, indexOfWord, isSymbol, isWord, splitAtCommas, walk } from './tokens.js';

/** One broken rule, by its name, in words for whoever wrote the statement. */
export interface Finding {
  rule: string;
  message: string;
}

type Rule = (query: Query, scoped: readonly Source[], schema: Schema) => string | null;

/** What a household-scoped statement must keep to, so that it runs on many machines too. */
const RULES: Record<string, Rule> = {
  'grouping-sets': (query, scoped) =>
    scoped.length > 0 && hasGroupingSets(query.nodes)
      ? 'group to the finest grain first, then roll up over that result'
      : null,

  'recursive-query': (query, scoped) =>
    scoped.length > 0 && query.isRecursive ? 'a recursive query reads reference tables only' : null,

  'row-lock': (query, scoped) => {
    const at = indexOfWord(query.nodes, ['for']);
    if (at < 0 || !isWord(query.nodes[at + 1], 'update', 'share', 'no', 'key')) return null;
    const links = new BookLinks(query);
    const free = scoped.find((source) => !links.isFixed(source.alias));
    return free ? `lock ${String(free.name)} by one book: "book_id = $1"` : null;
  },

  'join-without-book': (query, scoped) => {
    const [first, ...others] = scoped;
    if (!first || others.length === 0) return null;
    const links = new BookLinks(query);
    const apart = others.find((source) => !links.areLinked(first.alias, source.alias));
    return apart ? `join ${String(apart.name)} and ${String(first.name)} on book_id too` : null;
  },

  'correlated-without-book': (query, scoped, schema) => {
    const outside = query.outer ? scopedSources(query.outer, schema) : [];
    const names = new Set((query.outer?.sources ?? []).map((source) => source.alias));
    if (scoped.length === 0 || outside.length === 0 || !mentions(query, names)) return null;
    const links = new BookLinks(query);
    const linked = outside.some((o) => scoped.some((s) => links.areLinked(o.alias, s.alias)));
    return linked ? null : 'carry book_id from the outer query into the inner one';
  },

  'book-changed': (query, _scoped, schema) => {
    if (!query.target || !schema.scoped.has(query.target)) return null;
    const set = query.nodes.findIndex((node) => isWord(node, 'set'));
    if (set < 0) return null;
    const end = indexOfWord(query.nodes, ['from', 'where', 'returning'], set);
    const assigned = splitAtCommas(query.nodes.slice(set + 1, end < 0 ? undefined : end));
    return assigned.some(assignsBook) ? 'a row never changes its book: end it, insert anew' : null;
  },

  'rows-deleted': (query, _scoped, schema) =>
    query.kind === 'delete' && query.target && isKept(query.target, schema)
      ? `nothing is deleted from ${query.target}: add an ending`
      : null,

  'merge-statement': (query, _scoped, schema) =>
    query.kind === 'merge' && query.target && schema.scoped.has(query.target)
      ? 'use INSERT … ON CONFLICT'
      : null,

  'conflict-without-book': (query, _scoped, schema) => {
    if (query.kind !== 'insert' || !query.target || !schema.scoped.has(query.target)) return null;
    const at = query.nodes.findIndex((_, i) => areWords(query.nodes, i, 'on', 'conflict'));
    const columns = query.nodes[at + 2];
    if (at < 0 || columns?.kind !== 'group') return null;
    const hasBook = splitAtCommas(columns.nodes).some((part) => isWord(part[0], 'book_id'));
    return hasBook ? null : 'the conflict columns begin with book_id';
  },
};

/** All rules over all queries of one statement. */
export function checkQueries(statement: readonly Node[], schema: Schema): Finding[] {
  return queriesOf(statement).flatMap((query) => {
    const scoped = scopedSources(query, schema);
    return Object.entries(RULES).flatMap(([rule, check]) => {
      const message = check(query, scoped, schema);
      return message === null ? [] : [{ rule, message }];
    });
  });
}

function scopedSources(query: Query, schema: Schema): Source[] {
  return query.sources.filter(
    ({ name }) => name !== null && !query.defined.has(name) && schema.scopedRelations.has(name),
  );
}

const isKept = (table: string, schema: Schema): boolean =>
  schema.scoped.has(table) || table === 'audit_entries' || table === 'commands';

function hasGroupingSets(nodes: readonly Node[]): boolean {
  const at = nodes.findIndex((_, i) => areWords(nodes, i, 'group', 'by'));
  if (at < 0) return false;
  return nodes
    .slice(at)
    .some(
      (node, i, rest) =>
        areWords(rest, i, 'grouping', 'sets') ||
        (isWord(node, 'rollup', 'cube') && rest[i + 1]?.kind === 'group'),
    );
}

/** Does a query name a column of one of these relations of the query around it? */
function mentions(query: Query, outside: ReadonlySet<string>): boolean {
  const own = new Set(query.sources.map((source) => source.alias));
  const nodes = [...walk(query.nodes)];
  return nodes.some(
    (node, i) =>
      node.kind === 'word' &&
      outside.has(node.value) &&
      !own.has(node.value) &&
      isSymbol(nodes[i + 1], '.'),
  );
}

/** `book_id = …`, or `(a, book_id) = …`. */
function assignsBook(part: readonly Node[]): boolean {
  const first = part[0];
  if (first?.kind !== 'group') return isWord(first, 'book_id') || named(first) === 'book_id';
  return splitAtCommas(first.nodes).some((column) => named(column[0]) === 'book_id');
}

const named = (node: Node | undefined): string | null =>
  node?.kind === 'word' ? node.value : null;
