import { describe, expect, it } from 'vitest';
import { formDefinition } from '../pack-files.js';
import { parseFormula } from './formulas.js';

describe('parseFormula', () => {
  it('reads the two kinds that forms print', () => {
    expect(parseFormula('3/1*100')).toEqual({ kind: 'ratio', numerator: 3, denominator: 1 });
    expect(parseFormula('1-2+8')).toEqual({
      kind: 'sum',
      terms: [
        { sign: 1, column: 1 },
        { sign: -1, column: 2 },
        { sign: 1, column: 8 },
      ],
    });
  });

  it.each(['3/1', '1--2', '', '1+', '2*3', '1-2-3)'])('refuses %s', (text) => {
    expect(() => parseFormula(text)).toThrow(TypeError);
  });

  it('reads every formula of the packs, over columns that exist', () => {
    for (const form of [1, 2, 3] as const) {
      const { columns } = formDefinition(form);
      const numbers = new Set(columns.map(({ number }) => number));
      for (const { formula } of columns.filter((column) => column.formula !== null)) {
        const parsed = parseFormula(formula!);
        const used =
          parsed.kind === 'ratio'
            ? [parsed.numerator, parsed.denominator]
            : parsed.terms.map(({ column }) => column);
        expect(used.every((column) => numbers.has(column))).toBe(true);
      }
    }
  });
});
