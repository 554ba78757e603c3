import type { ProjectFile } from './files.js';

const isTest = (at: string): boolean => /\.test\.tsx?$/.test(at);
/** Made from the schema, which is read instead; a test compares the two. */
const MADE = new Set(['src/store/tables.ts']);

/** Lines of a file; the newline at its end begins no line. */
export const linesIn = (text: string): number => text.replace(/\n$/, '').split('\n').length;

/** The value below which this share of the list lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Written by `npm run schema`: as long as the schema is. */
const isGenerated = (at: string): boolean => at === 'src/store/tables.ts';

/** Small files: source and styles ≤ 500 lines, tests ≤ 800; half of the source ≤ 120, 95 of 100 ≤ 300. */
export function findSizeProblems(files: readonly ProjectFile[]): string[] {
  const sizes = files
    .filter(({ path }) => !MADE.has(path))
    .map((file) => ({ ...file, lines: linesIn(file.text) }));
  const tooLong = sizes
    .filter(({ path, lines }) => !isGenerated(path) && lines > (isTest(path) ? 800 : 500))
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  const source = sizes.filter(({ path }) => !isTest(path)).map(({ lines }) => lines);
  const [median, p95] = [quantile(source, 0.5), quantile(source, 0.95)];
  if (median > 120) tooLong.push(`half of the source files are longer than ${median} lines`);
  if (p95 > 300) tooLong.push(`one file in twenty is longer than ${p95} lines`);
  return tooLong;
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const CAPITALS = /^(README|CONTRIBUTING|GLOSSARY|ARCHITECTURE|CHANGELOG|SECURITY|LICENSE)(\.md)?$/;
const MIGRATION = /^\d{4}_[a-z0-9_]+\.sql$/;

/** Folder and file names: ASCII kebab-case; migrations are numbered. */
export function findNameProblems(paths: readonly string[]): string[] {
  return paths.filter((at) => {
    const parts = at.split('/');
    const name = parts.at(-1) ?? '';
    if (parts.slice(0, -1).some((folder) => !/^\.?[a-z0-9]+(-[a-z0-9]+)*$/.test(folder)))
      return true;
    return !(
      name.startsWith('.') ||
      KEBAB.test(name) ||
      CAPITALS.test(name) ||
      MIGRATION.test(name)
    );
  });
}

const BANNED: readonly [RegExp, string][] = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'unfinished work'],
  [/\bas any\b|: any\b|<any>/, 'any'],
  [/@ts-(ignore|nocheck)\b/, 'silenced type checking'],
  [/eslint-disable(?!-next-line [@a-z/-]+ -- \S)/, 'a silenced rule without its name and reason'],
  [/(^|[\s"'`(=])\/(work|root|home)\/[a-z]/m, 'a path of one machine'],
  [/https?:\/\/(registry\.|[^/\s]*:(4873|8081)\b)/, 'the host of a package registry'],
  [/\b(test|it|describe)\.only\(/, 'a test that silences the others'],
  [/\b(test|it|describe)\.(skip|todo)\(/, 'a test that does not run'],
];

/** Words that stand for something left undone, or that speak of one machine. */
export function findBannedWords(files: readonly ProjectFile[]): string[] {
  return files.flatMap((file) =>
    BANNED.flatMap(([pattern, why]) => {
      const found = pattern.exec(file.text);
      if (!found) return [];
      const line = file.text.slice(0, found.index).split('\n').length;
      return [`${file.path}:${line}: ${why}: ${found[0].trim()}`];
    }),
  );
}

/** A migration says what it is for and how to see that it worked. */
export function findMigrationProblems(files: readonly ProjectFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const header = /^(--.*\n)+/.exec(text)?.[0] ?? '';
    return ['Purpose:', 'Check:']
      .filter((word) => !header.includes(word))
      .map((word) => `${path}: the header does not say "${word}"`);
  });
}

/**
 * The pool is the store's own: every other room asks within a transaction of an actor (`withActor`,
 * `readShared`), and what the instance is through `findInstance` or `instanceOf`.
 */
export function findDirectQueries(files: readonly ProjectFile[]): string[] {
  return files
    .filter(({ path }) => /^src\/.*\.tsx?$/.test(path) && !isTest(path))
    .filter(({ path }) => !path.startsWith('src/store/'))
    .filter(({ text }) => /\bstore\.app\b|select kind(, province_code)? from instance/.test(text))
    .map(({ path }) => path);
}
