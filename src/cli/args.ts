import { parseArgs } from 'node:util';
import { Problem } from '../kernel/index.js';
import type { Command, CommandContext, CommandOption, OptionValues } from './context.js';
import { nearest } from './nearest.js';

type Raw = string | boolean | (string | boolean)[] | undefined;

export interface ParsedArgs {
  args: readonly string[];
  options: OptionValues;
  json: boolean;
  help: boolean;
}

/** Every command understands these. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  json: { type: 'boolean', description: 'in kết quả dưới dạng JSON' },
  help: { type: 'boolean', short: 'h', description: 'xem hướng dẫn' },
};

/** Reads the words after the command's name; throws a usage `Problem` in Vietnamese. */
export function parseCommandArgs(command: Command, words: readonly string[]): ParsedArgs {
  const declared = { ...COMMON_OPTIONS, ...command.options };
  const config: Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }> =
    {};
  for (const [name, { type, short, multiple }] of Object.entries(declared)) {
    config[name] = { type, ...(short && { short }), ...(multiple && { multiple }) };
  }
  const parsed = parseLoosely(command, words, config);
  refuseUnknown(command, parsed.tokens, declared, parsed.positionals);
  refuseSurplus(command, parsed.positionals);
  return {
    args: parsed.positionals,
    options: optionValues(command, parsed.values, parsed.positionals),
    json: parsed.values['json'] === true,
    help: parsed.values['help'] === true,
  };
}

type Config = Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }>;

function parseLoosely(command: Command, words: readonly string[], options: Config) {
  try {
    const found = parseArgs({
      args: [...words],
      options,
      strict: false,
      allowPositionals: true,
      tokens: true,
    });
    return { ...found, values: found.values as Record<string, Raw> };
  } catch (error) {
    throw usage(command, 'bad-arguments', 'Không đọc được các tham số của lệnh.', String(error));
  }
}

interface OptionToken {
  kind: string;
  name?: string;
  rawName?: string;
  value?: string | undefined;
}

function refuseUnknown(
  command: Command,
  tokens: readonly OptionToken[],
  declared: Readonly<Record<string, CommandOption>>,
  words: readonly string[],
): void {
  const refuse = (code: string, what: string, why?: string) =>
    usage(command, code, what, why, words);
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name === undefined) continue;
    const option = Object.hasOwn(declared, token.name) ? declared[token.name] : undefined;
    if (!option) {
      const near = nearest(token.name, Object.keys(declared));
      throw refuse(
        'unknown-option',
        `Lệnh "${command.name}" không có tùy chọn ${token.rawName}.`,
        near ? `Có phải bạn muốn dùng --${near}?` : undefined,
      );
    }
    if (option.type === 'string' && (token.value === undefined || token.value === '')) {
      throw refuse('option-needs-value', `Tùy chọn --${token.name} cần một giá trị.`);
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      throw refuse('option-takes-no-value', `Tùy chọn --${token.name} không nhận giá trị.`);
    }
  }
}

/** A word where only options are taken is a slip ("demo 0.02"), not something to pass over. */
function refuseSurplus(command: Command, words: readonly string[]): void {
  const takesWords = command.usage.some((line) => /^\S+ [^[-]/.test(line));
  if (takesWords || words[0] === undefined) return;
  throw usage(command, 'surplus-word', `Thừa tham số "${words[0]}".`);
}

/**
 * A usage `Problem` (exit code 2) that ends by showing how the command is used; of a command with many
 * acts, the one that `words` name.
 */
export function usage(
  command: Command,
  code: string,
  what: string,
  why?: string,
  words: readonly string[] = [],
): Problem {
  const lines = usageOf(command, words);
  const shown = lines.length > MANY ? [`${command.name} --help`] : lines;
  return new Problem('usage', {
    code,
    what,
    ...(why && { why }),
    todo: `Cách dùng: ${shown.map((line) => `thonban ${line}`).join(' · ')}`,
  });
}

/** More ways to use a command than an error can show. */
const MANY = 3;

/** Lines of the act that the words name, the longest name first ("role add" before "role"). */
function usageOf({ name, usage: lines }: Command, words: readonly string[]): readonly string[] {
  for (let length = Math.min(words.length, 2); length > 0; length -= 1) {
    const act = `${name} ${words.slice(0, length).join(' ')} `;
    const found = lines.filter((line) => `${line} `.startsWith(act));
    if (found.length > 0) return found;
  }
  return lines;
}

function optionValues(
  command: Command,
  values: Record<string, Raw>,
  words: readonly string[],
): OptionValues {
  const refuse = (code: string, what: string) => usage(command, code, what, undefined, words);
  const text = (name: string) => {
    const value = values[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === 'string' ? last : undefined;
  };
  const numeric = (name: string, pattern: RegExp, wanted: string) => {
    const value = text(name);
    if (value === undefined) return undefined;
    if (pattern.test(value) && Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER) {
      return Number(value);
    }
    throw refuse('bad-number', `--${name} cần ${wanted}, không đọc được "${value}".`);
  };
  return {
    flag: (name) => values[name] === true,
    text,
    list: (name) => [values[name] ?? []].flat().filter((value) => typeof value === 'string'),
    required(name) {
      const value = text(name);
      if (value === undefined) {
        throw refuse('option-missing', `Thiếu tùy chọn --${name}.`);
      }
      return value;
    },
    integer: (name) => numeric(name, /^-?\d{1,16}$/, 'một số nguyên'),
    number: (name) => numeric(name, /^-?\d+(\.\d+)?$/, 'một số (dấu chấm thập phân)'),
  };
}

/**
 * Runs the act named by the first argument ("areas show" → `acts.show`) with the other arguments.
 * An unknown or missing act is a usage `Problem` that lists what there is.
 */
export async function chooseAct(
  ctx: CommandContext,
  command: Command,
  acts: Readonly<Record<string, (ctx: CommandContext) => Promise<number | void>>>,
): Promise<number | void> {
  const [name, ...rest] = ctx.args;
  const act = name !== undefined && Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (act) return act({ ...ctx, args: rest });
  const names = Object.keys(acts);
  if (name === undefined) {
    throw usage(
      command,
      'act-missing',
      `Lệnh "${command.name}" cần một trong: ${names.join(', ')}.`,
    );
  }
  const near = nearest(name, names);
  throw usage(
    command,
    'unknown-act',
    `Lệnh "${command.name}" không có việc "${name}".`,
    near ? `Có phải bạn muốn "${near}"?` : `Có: ${names.join(', ')}.`,
  );
}
