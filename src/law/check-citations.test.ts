import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPacks, packsRoot } from '../packs/index.js';
import { checkPackCitations, citeText } from './index.js';

const problemsOf = (...documents: string[]) =>
  checkPackCitations(documents.map((document) => ({ document, path: 'x.yaml' }))).map(
    ({ document, problem }) => [document, problem],
  );

test('documents of the register pass, in any spelling', () => {
  expect(problemsOf('NĐ 07/2021/NĐ-CP', 'QĐ 83/QĐ-UBND', '12/NQ-CP ngày 15/02/2020')).toEqual([]);
});

test('what is not one known document is told', () => {
  expect(
    problemsOf('Nghị định 99/2031/NĐ-CP', 'theo luật', 'TT 02/2022', '12/NQ-CP ngày 01/01/1999'),
  ).toEqual([
    ['Nghị định 99/2031/NĐ-CP', 'unknown'],
    ['theo luật', 'unreadable'],
    ['TT 02/2022', 'ambiguous'],
    ['12/NQ-CP ngày 01/01/1999', 'unknown'],
  ]);
});

test('a day of issue beside the number must be the register’s', () => {
  const cite = (issued: string) => [{ document: '12/NQ-CP', issued, path: 'x.yaml' }];
  expect(checkPackCitations(cite('2020-02-15'))).toEqual([]);
  expect(checkPackCitations(cite('2020-02-16'))).toMatchObject([{ problem: 'other-date' }]);
});

test('the rule packs cite known documents', () => {
  const citations = loadPacks().citations();
  expect(citations.length).toBeGreaterThan(0);
  expect(checkPackCitations(citations)).toEqual([]);
});

test('whatever a pack names by number, in values or in comments, is in the register', () => {
  const files = readdirSync(packsRoot(), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  const unknown = files.flatMap((file) =>
    citeText(readFileSync(join(packsRoot(), file), 'utf8'))
      .filter(({ resolved, candidates }) => !resolved && !candidates)
      .map(({ number }) => `${file}: ${number}`),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(unknown).toEqual([]);
});
