// Rules that find mistakes; how code is laid out is prettier's business.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const clockOnly = 'Time is passed in: use the clock of the kernel.';

export default defineConfig(
  globalIgnores(['dist', 'dist.*', 'var', 'coverage', '.cache', 'node_modules']),
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
      },
    },
    rules: { 'max-lines': ['error', 500], 'max-lines-per-function': ['error', 70] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers and flags read well inside sentences; objects and nulls do not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An index just checked against the length is known to be there; `!` says so in place.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `() => list.push(x)` and `() => close()` are plain enough.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // `number | void`: a command that says nothing ends with 0.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `query<Row>(…)` names the shape of rows, as drivers do.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An async function without await keeps the shape of its interface and turns throws into
      // rejections.
      '@typescript-eslint/require-await': 'off',
      // Our objects are closures, not classes: their methods may be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      complexity: ['error', 18],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Control characters are what hostile files are made of.
      'no-control-regex': 'off',
      'max-depth': ['error', 4],
      'max-lines': ['error', 500],
      'max-lines-per-function': ['error', { max: 70, skipComments: true }],
      'max-params': ['error', 6],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'off',
      'no-param-reassign': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clockOnly },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: clockOnly },
        { object: 'Math', property: 'random', message: 'Use newId or a seeded generator.' },
      ],
      'prefer-const': 'error',
    },
  },
  // Written by `npm run schema`: as long as the schema is.
  { files: ['src/store/tables.ts'], rules: { 'max-lines': 'off' } },
  // The clock itself, and the bench, which measures real time.
  {
    files: ['src/kernel/clock.ts', 'src/cli/bench/**'],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-properties': 'off' },
  },
  // Made from the schema, one line a column.
  { files: ['src/store/tables.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['**/*.test.{ts,tsx}', 'test/**', 'vitest.config.ts'],
    rules: {
      'max-lines': ['error', 800],
      'max-lines-per-function': 'off',
      'max-params': 'off',
      // What a page or command answers is JSON; the assertions say what it must be.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-restricted-syntax': 'off',
      'no-restricted-properties': 'off',
      'no-console': 'off',
    },
  },
);
