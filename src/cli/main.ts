import type { Readable, Writable } from 'node:stream';
import { Problem, systemClock } from '../kernel/index.js';
import type { Clock } from '../kernel/index.js';
import { parseCommandArgs } from './args.js';
import type { Boot, Command, CommandContext } from './context.js';
import { allCommands, findCommand } from './find-command.js';
import { commandHelp, generalHelp } from './help.js';
import { progressWriter, reportError, writeLine } from './output.js';

export interface Surroundings {
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean; columns?: number };
  clock: Clock;
  signal: AbortSignal;
  boot: Boot | null;
}

/**
 * Runs one command line (the words after `thonban`) and answers the exit code: 0 done, 1 input
 * refused, 2 wrong usage, 3 environment. stdout carries the answer alone; everything else is stderr.
 */
export async function runCli(words: readonly string[], around: Surroundings): Promise<number> {
  const json = words.includes('--json');
  const line = progressWriter(around.stderr);
  try {
    const [name, ...rest] = words;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      await writeLine(around.stdout, await help(rest));
      return name === undefined ? 2 : 0;
    }
    const command = await findCommand(name === '--version' ? 'version' : name);
    const parsed = parseCommandArgs(command, rest);
    if (parsed.help) {
      await writeLine(around.stdout, commandHelp(command));
      return 0;
    }
    return (await command.run(contextOf(command, parsed, around, line))) ?? 0;
  } catch (error) {
    line.clear();
    return reportError(error, around.stderr, json);
  }
}

const help = async ([name]: readonly string[]): Promise<string> =>
  name === undefined ? generalHelp(await allCommands()) : commandHelp(await findCommand(name));

function contextOf(
  command: Command,
  parsed: ReturnType<typeof parseCommandArgs>,
  around: Surroundings,
  line: ReturnType<typeof progressWriter>,
): CommandContext {
  const { stdout, boot } = around;
  const progress: CommandContext['progress'] = (message, fraction) => {
    line.show(message, fraction);
    boot?.progress(message, fraction);
    tellParent(around.env, message, fraction);
  };
  return {
    ...around,
    args: parsed.args,
    options: parsed.options,
    json: parsed.json,
    write: (text) => writeLine(stdout, text),
    progress,
    print: (value, human) => {
      line.clear();
      if (parsed.json) return writeLine(stdout, JSON.stringify(value));
      const text = typeof human === 'function' ? human() : human;
      return writeLine(stdout, text ?? JSON.stringify(value, null, 2));
    },
    // Loaded only when needed: `law cite` and its like work without a database.
    withStore: async (use) => (await import('./use-store.js')).useStore(around, progress, use),
  };
}

/** A service that runs us as a child (making the demonstration) shows our progress on its page. */
function tellParent(env: NodeJS.ProcessEnv, message: string, fraction?: number): void {
  if (env['THONBAN_PARENT'] === '1') process.send?.({ message, fraction });
}

/** What `bin/thonban.mjs` calls: the real process around the command, ending with its exit code. */
export async function main(words: readonly string[], boot: Boot | null = null): Promise<number> {
  const interrupt = new AbortController();
  let asked = 0;
  const stop = (signal: NodeJS.Signals): void => {
    if (++asked > 1) process.exit(130);
    const kind = 'environment';
    interrupt.abort(
      new Problem(kind, {
        code: 'interrupted',
        what: 'Đã dừng theo yêu cầu.',
        details: { signal },
      }),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Made for a parent's sake (see `tellParent`), a child does not outlive it.
  if (process.env['THONBAN_PARENT'] === '1') {
    process.on('disconnect', () => stop('SIGTERM'));
    // Listening to the parent must not keep a child that is done from ending.
    process.channel?.unref();
  }
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever writes hears of it (`writeLine`); what cannot be told on stderr cannot be told at all.
    stream.on('error', () => undefined);
  }
  return runCli(words, {
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    signal: interrupt.signal,
    boot,
  });
}
