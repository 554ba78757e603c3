import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectFiles } from '../tidy/files.js';
import { describe, lintStatement, schemaOf } from '../tidy/sql/lint.js';

// Runs after the other suites: it reads every distinct statement that they really sent.
const log = process.env['THONBAN_SQL_LINT'] ?? '';

/** Acts on a connection of the owner or superuser that serves nobody: set-up and migration. */
const isServerCare = (text: string): boolean =>
  /^\s*(create|alter|drop|grant|revoke)\s+(role|database)\b/i.test(text) ||
  /^set (role thonban_owner|client_min_messages = warning)$/.test(text);

/** Sent by tests that see them refused by the database. */
const REFUSED = new Set([
  'delete from persons',
  'truncate audit_entries',
  'alter table persons disable row level security',
]);

const sent = (): string[] =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as string);

test('rows of a round are written and ended together with their tallies', () => {
  const writing = sent().filter((text) =>
    /insert into "?household_round(s|_endings)\b/i.test(text.replace(/\s+/g, ' ')),
  );
  expect(writing.length, 'nothing wrote a row').toBeGreaterThan(2);
  expect(writing.filter((text) => !text.includes('insert into round_tallies'))).toEqual([]);
});

test('every statement the suites sent keeps to the rules of distributed storage', () => {
  const distinct = [...new Set(sent())].filter((text) => !isServerCare(text) && !REFUSED.has(text));
  expect(distinct.length, 'the log is nearly empty: was THONBAN_SQL_LOG set?').toBeGreaterThan(50);
  const scripts = projectFiles((at) => at.endsWith('.sql') && at !== 'sql/schema.sql');
  const schema = schemaOf(scripts.map((file) => ({ origin: file.path, text: file.text })));
  const findings = distinct.flatMap((text) => {
    const origin = text.replace(/\s+/g, ' ').slice(0, 300);
    return lintStatement({ origin, text }, schema);
  });
  expect(describe(findings)).toEqual([]);
  console.log(`${distinct.length} distinct statements read`);
});
