import { COMMON_OPTIONS } from './args.js';
import type { Command, CommandOption } from './context.js';
import { textTable } from './output.js';

/** The page of one command. */
export function commandHelp(command: Command): string {
  const usage = command.usage.map((line) => `  thonban ${line}`).join('\n');
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS });
  const rows = options.map(([name, option]) => [
    `  ${optionName(name, option)}`,
    option.description,
  ]);
  return `${command.summary}\n\nCách dùng:\n${usage}\n\nTùy chọn:\n${textTable(rows)}`;
}

function optionName(name: string, { short, type, hint }: CommandOption): string {
  const value = type === 'string' ? ` ${hint ?? 'GIÁ_TRỊ'}` : '';
  return `${short ? `-${short}, ` : ''}--${name}${value}`;
}

/** The list of all commands. */
export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map((command) => [`  ${command.name}`, command.summary]);
  return [
    'Thôn Bản – hệ thống thông tin quản lý vùng đồng bào dân tộc thiểu số và miền núi',
    '',
    'Cách dùng: thonban LỆNH [tùy chọn]',
    '',
    textTable(rows),
    '',
    'Xem một lệnh: thonban LỆNH --help',
    'Biến môi trường: THONBAN_DATA, DATABASE_URL, DATABASE_ADMIN_URL, DATABASE_BACKUP_URL, HOST, PORT',
  ].join('\n');
}

/** The list of commands for a program to read. */
export const generalHelpData = (commands: readonly Command[]) => ({
  commands: commands.map(({ name, summary }) => ({ name, summary })),
});

/** One command for a program to read. */
export function commandHelpData({ name, summary, usage, options }: Command) {
  const all = Object.entries({ ...options, ...COMMON_OPTIONS });
  return {
    name,
    summary,
    usage: usage.map((line) => `thonban ${line}`),
    options: all.map(([option, { type, multiple = false, description }]) => ({
      name: `--${option}`,
      takesValue: type === 'string',
      multiple,
      description,
    })),
  };
}
