import type { Finding } from './query-rules.js';
import type { Schema, Table } from './schema.js';
import { namesIn } from './schema.js';
import type { Node } from './tokens.js';
import {
  areWords,
  indexOfWord,
  isWord,
  readName,
  splitAtCommas,
  statementsOf,
  walk,
} from './tokens.js';

/** Rules over the tables as the migrations leave them. */
export function checkTables(schema: Schema): Finding[] {
  return [...schema.tables.values()].flatMap((table) =>
    schema.scoped.has(table.name) ? checkScoped(table, schema) : checkReference(table, schema),
  );
}

function checkScoped(table: Table, schema: Schema): Finding[] {
  const findings: Finding[] = [];
  const add = (rule: string, message: string) =>
    findings.push({ rule, message: `${table.name}: ${message}` });
  if (table.primaryKey?.[0] !== 'book_id') add('key-without-book', 'the key begins with book_id');
  if (!table.columns.has('place_id')) add('row-without-place', 'each row has a place_id');
  for (const columns of table.unique) {
    if (!columns.includes('book_id')) add('key-without-book', `unique (${columns.join(', ')})`);
  }
  for (const { columns, table: target, references } of table.foreignKeys) {
    if (!schema.scoped.has(target)) continue;
    if (columns[0] !== 'book_id' || references[0] !== 'book_id') {
      add('reference-without-book', `(${columns.join(', ')}) → ${target}`);
    }
  }
  return findings;
}

function checkReference(table: Table, schema: Schema): Finding[] {
  return table.foreignKeys
    .filter((key) => schema.scoped.has(key.table))
    .map((key) => ({
      rule: 'reference-into-books',
      message: `${table.name} (${key.columns.join(', ')}) points at ${key.table}`,
    }));
}

/** Rules over one statement that defines or sets something. */
export function checkDefinition(nodes: readonly Node[], schema: Schema): Finding[] {
  return [
    ...checkCreate(nodes, schema),
    ...checkAlter(nodes, schema),
    ...checkSetting(nodes),
    ...checkTruncate(nodes, schema),
    ...checkBodies(nodes, schema),
  ];
}

function checkCreate(nodes: readonly Node[], schema: Schema): Finding[] {
  if (!isWord(nodes[0], 'create')) return [];
  const head = nodes.slice(1, 5);
  if (indexOfWord(head, ['trigger']) >= 0 && !isWord(nodes[1], 'event')) {
    const on = readName(nodes, indexOfWord(nodes, ['on']) + 1)?.name ?? '';
    return schema.scoped.has(on) ? [{ rule: 'trigger', message: `a trigger on ${on}` }] : [];
  }
  if (areWords(head, 0, 'materialized', 'view')) {
    return [{ rule: 'materialised-view', message: 'rows of households are read where they lie' }];
  }
  if (isWord(nodes[1], 'rule')) return [{ rule: 'trigger', message: 'no rewrite rules' }];
  if (isWord(head[0], 'view') || areWords(head, 0, 'or', 'replace', 'view')) {
    return checkView(nodes, schema);
  }
  return areWords(head, 0, 'unique', 'index') ? checkUniqueIndex(nodes, schema) : [];
}

function checkView(nodes: readonly Node[], schema: Schema): Finding[] {
  const name = readName(nodes, indexOfWord(nodes, ['view']) + 1)?.name ?? '';
  const isInvoker = [...walk(nodes)].some((node) => isWord(node, 'security_invoker'));
  if (isInvoker || !schema.scopedRelations.has(name)) return [];
  return [{ rule: 'view-as-owner', message: `${name}: with (security_invoker = true)` }];
}

function checkUniqueIndex(nodes: readonly Node[], schema: Schema): Finding[] {
  const at = indexOfWord(nodes, ['on']);
  const table = readName(nodes, at + 1);
  if (!table || !schema.scoped.has(table.name)) return [];
  const columns = namesIn(nodes.slice(table.end).find((node) => node.kind === 'group'));
  if (columns.includes('book_id')) return [];
  return [{ rule: 'key-without-book', message: `unique index on ${table.name}` }];
}

function checkAlter(nodes: readonly Node[], schema: Schema): Finding[] {
  if (!areWords(nodes, 0, 'alter', 'table')) return [];
  const table = alteredTable(nodes);
  if (!schema.scoped.has(table)) return [];
  if (indexOfWord(nodes, ['disable']) >= 0) {
    return [{ rule: 'row-security-off', message: `${table} stays closed` }];
  }
  return nodes.flatMap((_, i) => {
    const isKey = areWords(nodes, i, 'primary', 'key') || isWord(nodes[i], 'unique');
    const columns = isKey ? namesIn(nodes.slice(i).find((node) => node.kind === 'group')) : [];
    if (!isKey || columns.includes('book_id')) return [];
    return [{ rule: 'key-without-book', message: `${table}: (${columns.join(', ')})` }];
  });
}

const alteredTable = (nodes: readonly Node[]): string =>
  readName(nodes, areWords(nodes, 2, 'if', 'exists') ? 4 : 2)?.name ?? '';

/**
 * A migration that fills or reads rows lifts the force from its owner and puts it back in the same
 * script, which is one transaction; without lifting it, it would find nothing and say nothing.
 */
export function checkForcing(statements: readonly (readonly Node[])[], schema: Schema): Finding[] {
  const lifted = new Set<string>();
  for (const nodes of statements) {
    if (!areWords(nodes, 0, 'alter', 'table')) continue;
    const table = alteredTable(nodes);
    if (areWords(nodes, 3, 'no', 'force')) lifted.add(table);
    if (areWords(nodes, 3, 'force')) lifted.delete(table);
  }
  return [...lifted]
    .filter((table) => schema.scoped.has(table))
    .map((table) => ({ rule: 'row-security-off', message: `${table} stays closed` }));
}

/** Settings live for one transaction, so that a pooled connection carries nobody's scope along. */
function checkSetting(nodes: readonly Node[]): Finding[] {
  const findings: Finding[] = [];
  const rule = 'setting-not-local';
  if (isWord(nodes[0], 'set') && !isWord(nodes[1], 'local', 'transaction', 'constraints')) {
    findings.push({ rule, message: 'SET LOCAL inside a transaction' });
  }
  if (isWord(nodes[0], 'reset')) findings.push({ rule, message: 'RESET changes a session' });
  const all = [...walk(nodes)];
  all.forEach((node, i) => {
    const group = all[i + 1];
    if (!isWord(node, 'set_config') || group?.kind !== 'group') return;
    const last = splitAtCommas(group.nodes)[2];
    if (!isWord(last?.[0], 'true')) {
      findings.push({ rule, message: 'set_config(…, …, true)' });
    }
  });
  return findings;
}

function checkTruncate(nodes: readonly Node[], schema: Schema): Finding[] {
  if (!isWord(nodes[0], 'truncate')) return [];
  const kept = nodes.find(
    (node) =>
      node.kind === 'word' && (schema.scoped.has(node.value) || node.value === 'audit_entries'),
  );
  return kept ? [{ rule: 'rows-deleted', message: 'nothing is deleted' }] : [];
}

/** Bodies of DO blocks and functions hold statements of their own, some of them as texts. */
function checkBodies(nodes: readonly Node[], schema: Schema): Finding[] {
  if (!isWord(nodes[0], 'do') && !isWord(nodes[0], 'create')) return [];
  return nodes.flatMap((node) => {
    if (node.kind !== 'text' || !/[;\s]/.test(node.value)) return [];
    return statementsIn(node.value).flatMap((inner) => {
      const forbidden = inner.findIndex(
        (_, i) =>
          areWords(inner, i, 'create', 'trigger') ||
          areWords(inner, i, 'create', 'materialized', 'view'),
      );
      const found = forbidden < 0 ? [] : checkCreate(inner.slice(forbidden), schema);
      return [...found, ...inner.flatMap((text) => textTriggers(text))];
    });
  });
}

const textTriggers = (node: Node): Finding[] =>
  node.kind === 'text' && /\bcreate\s+(constraint\s+)?trigger\b/i.test(node.value)
    ? [{ rule: 'trigger', message: 'a trigger made by text' }]
    : [];

function statementsIn(body: string): Node[][] {
  try {
    return statementsOf(body).map((nodes) => [...walk(nodes)]);
  } catch {
    return []; // a text that only looks like a body
  }
}
