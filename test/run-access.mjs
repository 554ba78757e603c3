// npm run test:access: who may see and do what. Ends with one line that sums everything that was tried.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { accessLine, accessLeaks } from './access-line.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'thonban-access-'));
// What the tests leave in the temporary directory goes with the run. The account of the database writes
// there too.
chmodSync(scratch, 0o1777);
const report = path.join(scratch, 'tried.jsonl');
try {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'access'];
  const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...{ THONBAN_ACCESS_ALL: '1', THONBAN_ACCESS_REPORT: report, TMPDIR: scratch },
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const leaks = accessLeaks(report);
  for (const leak of leaks) console.error(leak);
  process.exitCode = status === 0 && leaks.length === 0 ? 0 : 1;
  console.log(accessLine(report));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
