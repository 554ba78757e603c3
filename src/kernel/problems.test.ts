import { expect, test } from 'vitest';
import { exitCodeOf, httpStatusOf, Problem } from './problems.js';
import type { ProblemKind } from './problems.js';

const text = { code: 'file-too-large', what: 'Tệp quá lớn.', todo: 'Chia tệp theo xã.' };

test('a problem reads as one text and travels as facts', () => {
  const cause = new Error('ENOSPC');
  const problem = new Problem('refused', { ...text, details: { limitBytes: 10 } }, cause);
  expect(problem).toBeInstanceOf(Error);
  expect(problem.message).toBe('Tệp quá lớn. Chia tệp theo xã.');
  expect(problem.cause).toBe(cause);
  expect(JSON.parse(JSON.stringify(problem))).toEqual({
    problem: {
      code: 'file-too-large',
      what: 'Tệp quá lớn.',
      why: null,
      todo: 'Chia tệp theo xã.',
      limitBytes: 10,
    },
  });
});

test('a fact called code does not take the place of the problem code', () => {
  const problem = new Problem('not-found', { ...text, details: { code: '99999' } });
  expect(problem.toJSON()).toMatchObject({ problem: { code: 'file-too-large' } });
});

test('the cause, which may hold private data, does not travel', () => {
  const problem = new Problem('environment', text, new Error('password=secret'));
  expect(JSON.stringify(problem)).not.toContain('secret');
});

test.each<[ProblemKind, number, number]>([
  ['refused', 1, 422],
  ['not-found', 1, 404],
  ['forbidden', 1, 403],
  ['conflict', 1, 409],
  ['usage', 2, 400],
  ['environment', 3, 503],
])('%s ends a command with %i and a request with %i', (kind, exit, status) => {
  const problem = new Problem(kind, text);
  expect(exitCodeOf(problem)).toBe(exit);
  expect(httpStatusOf(problem)).toBe(status);
});
