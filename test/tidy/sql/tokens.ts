/**
 * The words of a SQL statement, enough to know its structure: comments are dropped, texts stay whole,
 * groups in parentheses become trees. Not a full parser: it accepts what PostgreSQL would refuse.
 */
export type TokenKind = 'word' | 'text' | 'number' | 'parameter' | 'symbol';

export interface Token {
  kind: TokenKind;
  /** Words in lower case unless quoted; texts without their quotes. */
  value: string;
  quoted: boolean;
}

export interface Group {
  kind: 'group';
  nodes: Node[];
}

export type Node = Token | Group;

interface Pattern {
  kind: TokenKind | 'skip';
  regex: RegExp;
  read?: (match: RegExpExecArray) => { value: string; quoted: boolean };
}

const PATTERNS: readonly Pattern[] = [
  { kind: 'skip', regex: /\s+|--[^\n]*/y },
  {
    kind: 'text',
    regex: /[eE]'((?:[^'\\]|\\.|'')*)'/sy,
    read: (m) => ({ value: (m[1] ?? '').replace(/\\(.)|''/gs, (_, c: string) => c), quoted: true }),
  },
  {
    kind: 'text',
    regex: /'((?:[^']|'')*)'/y,
    read: (m) => ({ value: (m[1] ?? '').replaceAll("''", "'"), quoted: true }),
  },
  {
    kind: 'text',
    regex: /(\$(?:[A-Za-z_][A-Za-z0-9_]*)?\$)(.*?)\1/sy,
    read: (m) => ({ value: m[2] ?? '', quoted: true }),
  },
  {
    kind: 'word',
    regex: /"((?:[^"]|"")*)"/y,
    read: (m) => ({ value: (m[1] ?? '').replaceAll('""', '"'), quoted: true }),
  },
  { kind: 'parameter', regex: /\$\d+/y },
  { kind: 'number', regex: /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y },
  {
    kind: 'word',
    regex: /[\p{L}_][\p{L}\p{N}_$]*/uy,
    read: (m) => ({ value: m[0].toLowerCase(), quoted: false }),
  },
  { kind: 'symbol', regex: /::|<>|!=|<=|>=|\|\||->>?|[^\s]/uy },
];

/** Splits SQL text into tokens. Throws a SyntaxError on a comment or text that never ends. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    if (sql.startsWith('/*', at)) {
      at = endOfComment(sql, at);
      continue;
    }
    const found = match(sql, at);
    if (found.token?.kind === 'symbol' && /['"]/.test(found.token.value)) {
      throw new SyntaxError(`text that never ends: ${sql.slice(at, at + 40)}`);
    }
    if (found.token) tokens.push(found.token);
    at = found.end;
  }
  return tokens;
}

function match(sql: string, at: number): { token: Token | null; end: number } {
  for (const { kind, regex, read } of PATTERNS) {
    regex.lastIndex = at;
    const found = regex.exec(sql);
    if (!found) continue;
    const end = regex.lastIndex;
    if (kind === 'skip') return { token: null, end };
    return { token: { kind, ...(read?.(found) ?? { value: found[0], quoted: false }) }, end };
  }
  throw new SyntaxError(`cannot read: ${sql.slice(at, at + 40)}`);
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (sql.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  throw new SyntaxError('comment that never ends');
}

/** Statements of a script, each as a tree of groups; empty ones are left out. */
export function statementsOf(sql: string): Node[][] {
  const statements: Node[][] = [];
  let current: Node[] = [];
  const open: Node[][] = [];
  for (const token of tokenize(sql)) {
    if (isSymbol(token, '(')) {
      open.push(current);
      current = [];
    } else if (isSymbol(token, ')')) {
      const outer = open.pop();
      if (!outer) throw new SyntaxError('a parenthesis closes nothing');
      outer.push({ kind: 'group', nodes: current });
      current = outer;
    } else if (isSymbol(token, ';') && open.length === 0) {
      statements.push(current);
      current = [];
    } else {
      current.push(token);
    }
  }
  if (open.length > 0) throw new SyntaxError('a parenthesis never closes');
  statements.push(current);
  return statements.filter((nodes) => nodes.length > 0);
}

export const isSymbol = (node: Node | undefined, value: string): boolean =>
  node?.kind === 'symbol' && node.value === value;

/** Is this one of these key words (never a quoted name)? */
export const isWord = (node: Node | undefined, ...words: string[]): boolean =>
  node?.kind === 'word' && !node.quoted && words.includes(node.value);

/** Do these words stand one after another from `at` on? */
export const areWords = (nodes: readonly Node[], at: number, ...words: string[]): boolean =>
  words.every((word, i) => isWord(nodes[at + i], word));

/** The place of the first such key word at this level from `from` on, or −1. */
export function indexOfWord(nodes: readonly Node[], words: string[], from = 0): number {
  for (let i = from; i < nodes.length; i++) if (isWord(nodes[i], ...words)) return i;
  return -1;
}

/** All nodes of a tree, depth first, groups before what they hold. */
export function* walk(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    if (node.kind === 'group') yield* walk(node.nodes);
  }
}

/** Parts between commas at this level. */
export function splitAtCommas(nodes: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (isSymbol(node, ',')) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}

/** Reads `name` or `schema.name` at `at`; `null` when no name stands there. */
export function readName(nodes: readonly Node[], at: number): { name: string; end: number } | null {
  const first = nodes[at];
  if (first?.kind !== 'word') return null;
  const second = nodes[at + 2];
  if (isSymbol(nodes[at + 1], '.') && second?.kind === 'word') {
    return { name: second.value, end: at + 3 };
  }
  return { name: first.value, end: at + 1 };
}
