#!/usr/bin/env node
// Committed JavaScript: needs no install script and no build to start. Looks at the machine, opens the
// page of progress (serve), builds src into dist when it changed, then hands over to dist/cli/main.js.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MINIMUM_NODE = [20, 19];
const ENVIRONMENT = 3;

function refuse(code, what, todo, exitCode = ENVIRONMENT) {
  const problem = { code, what, why: null, todo };
  const text = process.argv.includes('--json')
    ? JSON.stringify({ problem })
    : `Lỗi: ${what}\n  Cần làm: ${todo}`;
  process.stderr.write(`${text}\n`);
  process.exit(exitCode);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  const todo = `Cài Node.js ${MINIMUM_NODE.join('.')} trở lên (nên dùng 22 hoặc 24).`;
  refuse('node-too-old', `Node.js ${process.versions.node} quá cũ.`, todo);
}

/** A package that is not there means that `npm ci` has not run (or ran elsewhere). */
function explainMissing(error) {
  const missing = /Cannot find (?:package|module) '([^'/][^']*)'/.exec(error?.message ?? '')?.[1];
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !missing || path.isAbsolute(missing)) throw error;
  refuse('dependency-missing', `Thiếu gói "${missing}".`, `Chạy "npm ci" trong ${ROOT}.`);
}

async function start() {
  requireNode();
  const words = process.argv.slice(2);
  const wantsHelp = words.includes('--help') || words.includes('-h');
  let boot = null;
  if (words[0] === 'serve' && !wantsHelp) {
    const { openBootServer } = await import('./boot-server.mjs');
    boot = await openBootServer(words, refuse);
  }
  try {
    boot?.progress('Dựng chương trình', 0);
    const { build } = await import('./build.mjs');
    await build(ROOT, refuse);
    const { main } = await import(pathToFileURL(path.join(ROOT, 'dist', 'cli', 'main.js')).href);
    process.exitCode = await main(words, boot);
  } catch (error) {
    explainMissing(error);
  } finally {
    boot?.server.close();
    boot?.server.closeAllConnections();
  }
}

await start();
