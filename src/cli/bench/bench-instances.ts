import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeDemo } from '../../demo/index.js';
import type { OnProgress, Store } from '../../store/index.js';
import { openStore } from '../../store/index.js';

export interface DemoInstance {
  dataDir: string;
  /** Opens it; close what you opened. */
  open(): Promise<Store>;
  households: number;
  /** Seconds that making it took, start of PostgreSQL included. */
  seconds: number;
}

/** Demonstration provinces in temporary directories, made when first asked for, removed at the end. */
export class BenchInstances {
  private readonly made = new Map<number, Promise<DemoInstance>>();
  private readonly directories: string[] = [];
  private readonly opened: Promise<Store>[] = [];
  private isStopped = false;
  private readonly env: NodeJS.ProcessEnv;
  private readonly onProgress: OnProgress;

  constructor(env: NodeJS.ProcessEnv, onProgress: OnProgress) {
    // Always the bundled server: measuring must not write into a database of one's own.
    const { DATABASE_URL: _url, DATABASE_ADMIN_URL: _admin, ...rest } = env;
    this.env = rest;
    this.onProgress = onProgress;
  }

  demo(scale: number): Promise<DemoInstance> {
    const known = this.made.get(scale);
    if (known) return known;
    const making = this.make(scale);
    this.made.set(scale, making);
    return making;
  }

  /** An empty directory for an instance of one's own. */
  emptyDirectory(): string {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'thonban-bench-'));
    chmodSync(dataDir, 0o755); // the account of the database must pass through
    this.directories.push(dataDir);
    return dataDir;
  }

  open(dataDir: string): Promise<Store> {
    if (this.isStopped) return Promise.reject(new Error('the bench has ended'));
    const opening = openStore({ dataDir, env: this.env });
    this.opened.push(opening);
    return opening;
  }

  /** Closes what a bench that was cut short left open, and takes everything away. */
  async remove(): Promise<void> {
    this.isStopped = true;
    const closing = this.opened.map(async (opening) => (await opening).close({ force: true }));
    await Promise.allSettled(closing);
    for (const dataDir of this.directories) rmSync(dataDir, { recursive: true, force: true });
  }

  private async make(scale: number): Promise<DemoInstance> {
    const dataDir = this.emptyDirectory();
    const begun = performance.now();
    const store = await this.open(dataDir);
    try {
      const { rounds } = await makeDemo(store, { scale, seed: 1, onProgress: this.onProgress });
      const seconds = (performance.now() - begun) / 1000;
      const households = rounds.reduce((sum, round) => sum + round.residentHouseholds, 0);
      return { dataDir, open: () => this.open(dataDir), households, seconds };
    } finally {
      await store.close();
    }
  }
}
