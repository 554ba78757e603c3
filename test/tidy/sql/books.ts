import type { Query, Source } from './queries.js';
import type { Node } from './tokens.js';
import { isSymbol, isWord, readName, splitAtCommas } from './tokens.js';

/** `alias.column` or a bare `column` with alias null. */
interface ColumnAt {
  alias: string | null;
  column: string;
  start: number;
  end: number;
}

/**
 * Which relations share one book: aliases joined by `a.book_id = b.book_id`, by USING (book_id), by
 * equal lists `(a.book_id, …) = (b.book_id, …)`, or by being equal to the same parameter.
 */
export class BookLinks {
  private readonly parent = new Map<string, string>();

  constructor(query: Query) {
    this.readEqualities(query.nodes, query.sources);
    for (const node of query.nodes) {
      if (node.kind === 'group' && !isWord(node.nodes[0], 'select', 'with')) {
        this.readDeep(node.nodes, query.sources);
      }
    }
  }

  areLinked(a: string, b: string): boolean {
    return this.root(a) === this.root(b);
  }

  /** Is this relation held to one book, given as a parameter or a text? */
  isFixed(alias: string): boolean {
    return [...this.parent.keys()].some((key) => key.startsWith('=') && this.areLinked(key, alias));
  }

  private root(key: string): string {
    let at = key;
    for (let up = this.parent.get(at); up !== undefined && up !== at; up = this.parent.get(at)) {
      at = up;
    }
    return at;
  }

  private link(a: string, b: string): void {
    for (const key of [a, b]) if (!this.parent.has(key)) this.parent.set(key, key);
    this.parent.set(this.root(a), this.root(b));
  }

  private readDeep(nodes: readonly Node[], sources: readonly Source[]): void {
    this.readEqualities(nodes, sources);
    for (const node of nodes) {
      if (node.kind === 'group' && !isWord(node.nodes[0], 'select', 'with')) {
        this.readDeep(node.nodes, sources);
      }
    }
  }

  private readEqualities(nodes: readonly Node[], sources: readonly Source[]): void {
    nodes.forEach((node, i) => {
      if (isWord(node, 'using')) this.readUsing(nodes[i + 1], sources);
      if (!isSymbol(node, '=') || isAssignment(nodes, i)) return;
      const [left, right] = [nodes[i - 1], nodes[i + 1]];
      if (left?.kind === 'group' && right?.kind === 'group') this.readLists(left, right, sources);
      this.readPair(columnBefore(nodes, i), operandAfter(nodes, i), sources);
      this.readPair(columnAfter(nodes, i), operandBefore(nodes, i), sources);
    });
  }

  private readLists(
    left: { nodes: Node[] },
    right: { nodes: Node[] },
    sources: readonly Source[],
  ): void {
    const [a, b] = [splitAtCommas(left.nodes), splitAtCommas(right.nodes)];
    a.forEach((part, i) => {
      this.readPair(columnStarting(part, 0), operandOf(b[i] ?? []), sources);
      this.readPair(columnStarting(b[i] ?? [], 0), operandOf(part), sources);
    });
  }

  private readUsing(node: Node | undefined, sources: readonly Source[]): void {
    if (node?.kind !== 'group') return;
    if (!splitAtCommas(node.nodes).some((part) => isWord(part[0], 'book_id'))) return;
    const [first, ...others] = sources;
    for (const other of others) if (first) this.link(first.alias, other.alias);
  }

  private readPair(
    column: ColumnAt | null,
    other: string | null,
    sources: readonly Source[],
  ): void {
    if (column?.column !== 'book_id' || other === null) return;
    const alias = column.alias ?? (sources.length === 1 ? (sources[0]?.alias ?? null) : null);
    if (alias !== null) this.link(alias, other);
  }
}

/** `set book_id = …` is an assignment, not a condition; so are the later ones of its list. */
function isAssignment(nodes: readonly Node[], at: number): boolean {
  for (let i = at; i >= 0; i--) {
    if (isWord(nodes[i], 'where', 'on', 'and', 'or', 'not', 'when')) return false;
    if (isWord(nodes[i], 'set')) return true;
  }
  return false;
}

/** A column of another relation gives its alias, a parameter or text gives itself with `=`. */
function operandOf(nodes: readonly Node[]): string | null {
  const first = nodes[0];
  if (first?.kind === 'parameter' || first?.kind === 'text') return `=${first.value}`;
  const column = columnStarting(nodes, 0);
  return column?.column === 'book_id' ? (column.alias ?? null) : null;
}

function operandAfter(nodes: readonly Node[], at: number): string | null {
  return operandOf(nodes.slice(at + 1, at + 4));
}

function operandBefore(nodes: readonly Node[], at: number): string | null {
  let end = at;
  while (isSymbol(nodes[end - 2], '::')) end -= 2; // $1::uuid
  const column = columnBefore(nodes, end);
  if (column) return column.column === 'book_id' ? column.alias : null;
  return operandOf(nodes.slice(end - 1, end));
}

function columnStarting(nodes: readonly Node[], start: number): ColumnAt | null {
  const first = nodes[start];
  const named = readName(nodes, start);
  if (first?.kind !== 'word' || !named) return null;
  const alias = named.end - start === 3 ? first.value : null;
  return { alias, column: named.name, start, end: named.end };
}

const columnAfter = (nodes: readonly Node[], at: number): ColumnAt | null =>
  columnStarting(nodes, at + 1);

function columnBefore(nodes: readonly Node[], at: number): ColumnAt | null {
  if (isSymbol(nodes[at - 2], '.') && nodes[at - 3]?.kind === 'word') {
    return columnStarting(nodes, at - 3);
  }
  return nodes[at - 1]?.kind === 'word' ? columnStarting(nodes, at - 1) : null;
}
