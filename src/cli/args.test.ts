import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Problem } from '../kernel/index.js';
import { chooseAct, parseCommandArgs } from './args.js';
import type { Command, CommandContext } from './context.js';
import { editDistance, nearest } from './nearest.js';

const command: Command = {
  name: 'form',
  summary: 'biểu mẫu',
  usage: ['form SỐ --round NĂM'],
  options: {
    round: { type: 'string', hint: 'NĂM', description: 'năm rà soát' },
    sheet: { type: 'string', multiple: true, description: 'trang tính' },
    csv: { type: 'boolean', description: 'in CSV' },
  },
  run: () => Promise.resolve(),
};

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('nothing was refused');
}

test('a word where a command takes none is a slip, not something to pass over', () => {
  const bare = { ...command, usage: ['form --round NĂM', 'form [--csv]'] };
  expect(problemOf(() => parseCommandArgs(bare, ['0.02']))).toMatchObject({
    code: 'surplus-word',
    what: 'Thừa tham số "0.02".',
  });
  expect(parseCommandArgs(bare, ['--round', '2025']).args).toEqual([]);
});

test('words, values and flags are told apart', () => {
  const { args, options, json } = parseCommandArgs(command, [
    ...['1', '--round', '2025', '--csv', '--sheet=Xã A=1', '--sheet', 'B', '--json'],
  ]);
  expect(args).toEqual(['1']);
  expect(options.integer('round')).toBe(2025);
  expect(options.flag('csv')).toBe(true);
  expect(options.list('sheet')).toEqual(['Xã A=1', 'B']);
  expect(options.text('absent')).toBeUndefined();
  expect(json).toBe(true);
});

test.each([
  [['--rond', '2025'], 'unknown-option', '--round'],
  [['--round'], 'option-needs-value', '--round'],
  [['--round='], 'option-needs-value', '--round'],
  [['--csv=yes'], 'option-takes-no-value', '--csv'],
  [['--__proto__', 'x'], 'unknown-option', '__proto__'],
])('%j is refused as %s', (words, code, hint) => {
  const problem = problemOf(() => parseCommandArgs(command, words));
  expect(problem).toMatchObject({ kind: 'usage', code });
  expect(problem.message).toContain(hint);
});

test.each(['', '12x', '1e9', '0x10', '99999999999999999999', ' 5', '1.5'])(
  'the number "%s" is refused, not guessed',
  (text) => {
    const read = () => parseCommandArgs(command, [`--round=${text}`]).options.integer('round');
    expect(problemOf(read).kind).toBe('usage');
  },
);

test('a missing option and a missing act say what there is', async () => {
  const { options } = parseCommandArgs(command, []);
  expect(problemOf(() => options.required('round')).code).toBe('option-missing');
  const ctx = { args: ['shwo'] } as unknown as CommandContext;
  const acts = { show: () => Promise.resolve(), find: () => Promise.resolve() };
  await expect(chooseAct(ctx, command, acts)).rejects.toMatchObject({ code: 'unknown-act' });
  await expect(chooseAct(ctx, command, acts)).rejects.toThrow('"show"');
  await expect(chooseAct({ ...ctx, args: [] }, command, acts)).rejects.toThrow('show, find');
  const inherited = { ...ctx, args: ['toString'] };
  await expect(chooseAct(inherited, command, acts)).rejects.toMatchObject({ code: 'unknown-act' });
});

test('an act gets the other words', async () => {
  const ctx = { args: ['show', '06004'] } as unknown as CommandContext;
  let seen: readonly string[] = [];
  await chooseAct(ctx, command, {
    show: (inner) => {
      seen = inner.args;
      return Promise.resolve();
    },
  });
  expect(seen).toEqual(['06004']);
});

test('the nearest word is a slip of the finger away, or nothing', () => {
  expect(nearest('servre', ['serve', 'demo'])).toBe('serve');
  expect(nearest('imp', ['import', 'init'])).toBe('import');
  expect(nearest('xyzzy', ['serve', 'demo'])).toBeNull();
});

test('edit distance: zero for equal words, symmetric, one for one letter', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, a)).toBe(0);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, `${a}x`)).toBe(1);
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});

test('of a command with many acts, the one that was meant is shown, or where to read of all', () => {
  const many: Command = {
    ...{ name: 'user', summary: '', run: () => Promise.resolve() },
    usage: ['user add --a', 'user add … < tệp', 'user role add', 'user role end MÃ', 'user close'],
    options: { a: { type: 'string', description: '' } },
  };
  const todo = (...words: string[]) => {
    try {
      parseCommandArgs(many, words).options.required('a');
    } catch (error) {
      return (error as Problem).todo;
    }
    return null;
  };
  expect(todo('add')).toBe('Cách dùng: thonban user add --a · thonban user add … < tệp');
  expect(todo('role', 'end', 'x')).toBe('Cách dùng: thonban user role end MÃ');
  expect(todo('role')).toBe('Cách dùng: thonban user role add · thonban user role end MÃ');
  expect(todo('khác')).toBe('Cách dùng: thonban user --help');
});
