import pg from 'pg';
import { expect, test } from 'vitest';
import { Problem } from '../kernel/index.js';
import { canonicalJson } from './audit/digest.js';
import { parseInt8 } from './pg-types.js';
import { readMigrations } from './migrate.js';
import { problemOfSql } from './sql-problems.js';

test('a bigint is a number while that is exact and text beyond', () => {
  expect(parseInt8('9007199254740991')).toBe(9_007_199_254_740_991);
  expect(parseInt8('9007199254740993')).toBe('9007199254740993');
  expect(parseInt8('-42')).toBe(-42);
});

test('equal values give equal canonical JSON, whatever the order of keys', () => {
  expect(canonicalJson({ b: 1, a: { d: 2, c: [3, { f: 4, e: 5 }] } })).toBe(
    '{"a":{"c":[3,{"e":5,"f":4}],"d":2},"b":1}',
  );
  expect(canonicalJson(undefined)).toBe('null');
});

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('raw text of the server', 10, 'error');
  error.code = code;
  return error;
}

test.each([
  ['23505', 'conflict'],
  ['42501', 'forbidden'],
  ['22021', 'refused'],
  ['57P01', 'environment'],
  ['08006', 'environment'],
])('SQLSTATE %s is a %s Problem in Vietnamese, without the raw text', (code, kind) => {
  const problem = problemOfSql(databaseError(code)) as Problem;
  expect(problem).toBeInstanceOf(Problem);
  expect(problem.kind).toBe(kind);
  expect(problem.message).not.toContain('raw text');
});

test('a pool without a free connection is busy, not broken', () => {
  const error = new Error('timeout exceeded when trying to connect');
  expect(problemOfSql(error)).toMatchObject({ kind: 'environment', code: 'database-busy' });
});

test('a mistake in our own SQL stays an error', () => {
  const error = databaseError('42601');
  expect(problemOfSql(error)).toBe(error);
});

test('migrations are numbered without a gap', () => {
  const versions = readMigrations().map((migration) => migration.version);
  expect(versions).toEqual(versions.map((_, index) => index + 1));
  expect(versions.length).toBeGreaterThan(0);
});
