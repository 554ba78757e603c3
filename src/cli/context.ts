import type { Server } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../kernel/index.js';
import type { Store } from '../store/index.js';

/** One option of a command. `hint` is the word printed for its value in the help (`--round NĂM`). */
export interface CommandOption {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  hint?: string;
  description: string;
}

/**
 * A command of the command line. Each file in `cli/commands` exports one as `command`. A command with
 * several acts ("areas show", "areas find") reads the act from `ctx.args[0]`, see `chooseAct`.
 */
export interface Command {
  /** First word after `thonban`. */
  name: string;
  /** One line of the list of commands, Vietnamese. */
  summary: string;
  /** Lines after "Cách dùng:", without the word `thonban`: `areas show MÃ [--on NGÀY]`. */
  usage: readonly string[];
  options: Readonly<Record<string, CommandOption>>;
  /** Returns the exit code (nothing = 0); throws a `Problem` for everything a person should read. */
  run(ctx: CommandContext): Promise<number | void>;
}

export interface CommandContext {
  /** The words after the command's name that are no options. */
  args: readonly string[];
  options: OptionValues;
  /** `--json`: stdout is exactly one JSON value. */
  json: boolean;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** Stops long work when Ctrl-C is pressed. */
  signal: AbortSignal;
  /** The answer: `value` with `--json`, else `human` (without it: the value as indented JSON). */
  print(value: unknown, human?: string | (() => string)): Promise<void>;
  /** One line on stdout, waiting when the reader is slow: for JSONL and long tables. */
  write(line: string): Promise<void>;
  /** Progress on stderr; `fraction` 0–1. Never part of the answer. */
  progress(message: string, fraction?: number): void;
  /** The HTTP server that `bin/thonban.mjs` opened before building; only `serve` gets one. */
  boot: Boot | null;
  /** Opens the instance (adopts a running one) as soon as it may, runs `use`, closes again. */
  withStore<T>(use: (store: Store) => Promise<T>): Promise<T>;
}

/** Options as typed; each accessor refuses what it cannot read with a usage `Problem`. */
export interface OptionValues {
  flag(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  required(name: string): string;
  /** Whole number written in plain digits, `undefined` when the option is absent. */
  integer(name: string): number | undefined;
  number(name: string): number | undefined;
}

/** A server that already listens and shows a page of progress until the application takes over. */
export interface Boot {
  server: Server;
  /** `http://127.0.0.1:8080` */
  url: string;
  progress(message: string, fraction?: number): void;
}
