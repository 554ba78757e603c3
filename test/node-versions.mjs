// node test/node-versions.mjs 22 24: the same node_modules on other versions of Node. Each version is
// installed from the package registry into a temporary folder (its package works through an install
// script). Runs the unit and database tests and one command; ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const versions = process.argv.slice(2);
if (versions.length === 0 || versions.some((version) => !/^\d+$/.test(version))) {
  console.error('Usage: node test/node-versions.mjs 22 24');
  process.exit(2);
}

let passed = 0;
let failed = 0;
function run(name, command, args, cwd = ROOT, env = process.env) {
  console.log(`\n── ${name}`);
  const { status } = spawnSync(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) passed++;
  else failed++;
  return status === 0;
}

for (const version of versions) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `thonban-node-${version}-`));
  try {
    chmodSync(folder, 0o755); // some tests run the product as another account
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    const install = ['install', '--no-save', '--no-audit', '--no-fund', `node@${version}`];
    if (!run(`install Node ${version}`, 'npm', install, folder)) continue;
    const bin = path.join(folder, 'node_modules/node/bin');
    const node = path.join(bin, 'node');
    const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
    const vitest = (project) => ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
    run(`Node ${version}: unit tests`, node, vitest('unit'), ROOT, env);
    run(`Node ${version}: database tests`, node, vitest('db'), ROOT, env);
    const look = ['bin/thonban.mjs', 'areas', 'show', '06004', '--on', '2025-07-01', '--json'];
    run(`Node ${version}: a command`, node, look, ROOT, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
