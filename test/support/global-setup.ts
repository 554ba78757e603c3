import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.js';
import type { ServerAddress } from './test-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    database: ServerAddress;
  }
}

/** One PostgreSQL for the whole run, in a directory of its own; stopped and removed afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thonban-test-'));
  fs.chmodSync(dataDir, 0o755);
  const server = await startTestServer(dataDir);
  project.provide('database', server.address);
  return async () => {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
}
