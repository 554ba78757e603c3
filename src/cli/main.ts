import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { systemClock } from '../kernel/index.js';
import type { Clock } from '../kernel/index.js';
import { parseCommandArgs } from './args.js';
import type { Boot, Command, CommandContext } from './context.js';
import { allCommands, findCommand } from './find-command.js';
import { commandHelp, commandHelpData, generalHelp, generalHelpData } from './help.js';
import { Interruption } from './interruption.js';
import { progressWriter, reportError, writeLine } from './output.js';

export interface Surroundings {
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean; columns?: number };
  clock: Clock;
  signal: AbortSignal;
  boot: Boot | null;
  /** Set where a parent may still be opening the database itself: done when we may, too. */
  untilMayOpen?: () => Promise<void>;
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
      const about = rest.find((word) => !word.startsWith('-'));
      await writeLine(around.stdout, await help(about, json));
      return name === undefined ? 2 : 0;
    }
    const command = await findCommand(name === '--version' ? 'version' : name);
    const parsed = parseCommandArgs(command, rest);
    if (parsed.help) {
      await writeLine(around.stdout, helpOf(command, json));
      return 0;
    }
    return (await command.run(contextOf(command, parsed, around, line))) ?? 0;
  } catch (error) {
    line.clear();
    return reportError(error, around.stderr, json);
  }
}

async function help(name: string | undefined, json: boolean): Promise<string> {
  if (name !== undefined) return helpOf(await findCommand(name), json);
  const commands = await allCommands();
  return json ? JSON.stringify(generalHelpData(commands)) : generalHelp(commands);
}

const helpOf = (command: Command, json: boolean): string =>
  json ? JSON.stringify(commandHelpData(command)) : commandHelp(command);

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
    withStore: async (use) => {
      await around.untilMayOpen?.();
      return (await import('./use-store.js')).useStore(around, progress, use);
    },
  };
}

/** A service that runs us as a child (making the demonstration) shows our progress on its page. */
function tellParent(env: NodeJS.ProcessEnv, message: string, fraction?: number): void {
  if (env['THONBAN_PARENT']) process.send?.({ message, fraction });
}

/** What `bin/thonban.mjs` calls: the real process around the command, ending with its exit code. */
export async function main(words: readonly string[], boot: Boot | null = null): Promise<number> {
  const parent = process.env['THONBAN_PARENT'];
  const interruption = new Interruption(Boolean(parent));
  const stop = (signal: NodeJS.Signals): void => {
    if (interruption.ask(signal) === 'end-at-once') process.exit(130);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Made for a parent's sake (see `tellParent`), a child does not outlive it.
  if (parent) {
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
    signal: interruption.signal,
    boot,
    ...(parent === 'opening' && { untilMayOpen: () => untilToldToOpen(interruption.signal) }),
  });
}

/** The one message of a parent: its database is open. Only who waits for it is kept from ending. */
async function untilToldToOpen(signal: AbortSignal): Promise<void> {
  process.channel?.ref();
  try {
    await once(process, 'message', { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    process.channel?.unref();
  }
}
