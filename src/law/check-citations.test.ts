import { expect, test } from 'vitest';
import { z } from 'zod';
import { readPack } from '../packs/index.js';
import { checkPackCitations } from './index.js';

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

test('the packs of administrative units cite known documents', () => {
  const units = readPack(
    'provinces/lang-son/units.yaml',
    z.object({ instruments: z.array(z.string()).min(1) }),
  );
  const lineage = readPack(
    'provinces/lang-son/lineage.yaml',
    z.object({ changes: z.array(z.object({ instrument: z.string() })).min(1) }),
  );
  const classes = readPack(
    'provinces/lang-son/area-classes.yaml',
    z.object({ instrument: z.string() }),
  );
  expect(
    problemsOf(
      ...units.data.instruments,
      ...lineage.data.changes.map((change) => change.instrument),
      classes.data.instrument,
    ),
  ).toEqual([]);
});
