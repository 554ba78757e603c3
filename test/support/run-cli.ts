import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { runCli } from '../../src/cli/main.js';
import { fixedClock } from '../../src/kernel/index.js';

/**
 * Runs one command line in this process, on 2 December 2025; `json()` reads what it printed. `stopAt` is
 * Ctrl-C as soon as it has said that.
 */
export async function runWords(
  env: NodeJS.ProcessEnv,
  words: readonly string[],
  stdin: Readable = new PassThrough(),
  stopAt: string | null = null,
) {
  const stop = new AbortController();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [printed, said] = [collect(stdout), collect(stderr)];
  const interrupted = new Error('interrupted');
  stderr.on('data', () => {
    if (stopAt !== null && said().includes(stopAt)) stop.abort(interrupted);
  });
  const code = await runCli([...words], {
    ...{ env, stdin, stdout, stderr, boot: null },
    ...{ clock: fixedClock('2025-12-02T03:00:00Z'), signal: stop.signal },
  });
  const out = printed();
  return { code, out, err: said(), json: () => JSON.parse(out) as unknown };
}

/** Reads while it is written: a long answer waits for its reader. */
function collect(stream: PassThrough): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
