import fs from 'node:fs';
import { Problem } from '../kernel/index.js';
import type { Command } from './context.js';
import { nearest } from './nearest.js';

const FOLDER = new URL('./commands/', import.meta.url);

/** A command lies in the file of its name, so that `law cite` loads nothing of the database. */
export function commandNames(): string[] {
  return fs
    .readdirSync(FOLDER)
    .filter((file) => /\.(js|ts)$/.test(file) && !/\.(test|d)\./.test(file))
    .map((file) => file.replace(/\.(js|ts)$/, ''))
    .sort();
}

/** Throws a usage `Problem` with the nearest name for a command that does not exist. */
export async function findCommand(name: string): Promise<Command> {
  const names = commandNames();
  if (!names.includes(name)) {
    const near = nearest(name, names);
    throw new Problem('usage', {
      code: 'unknown-command',
      what: `Không có lệnh "${name}".`,
      todo: near
        ? `Có phải bạn muốn "thonban ${near}"? Xem mọi lệnh: thonban --help`
        : 'Xem mọi lệnh: thonban --help',
    });
  }
  return loadCommand(name);
}

export const allCommands = (): Promise<Command[]> => Promise.all(commandNames().map(loadCommand));

async function loadCommand(name: string): Promise<Command> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`${name}.${extension}`, FOLDER).href;
  const { command } = (await import(file)) as { command?: Command };
  if (command?.name !== name) throw new Error(`${name}.${extension} exports no command "${name}"`);
  return command;
}
