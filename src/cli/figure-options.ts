import type { PlainDate } from '../kernel/index.js';
import { parsePlainDate } from '../kernel/index.js';
import { usage } from './args.js';
import type { Command, CommandContext } from './context.js';

/** `--area`, or nothing: the caller then takes the province of the instance. */
export const areaOption = (ctx: CommandContext): string | undefined => ctx.options.text('area');

/** `--boundaries`, a day that exists. */
export function boundariesOption(ctx: CommandContext, command: Command): PlainDate | undefined {
  const text = ctx.options.text('boundaries');
  if (text === undefined) return undefined;
  const date = parsePlainDate(text);
  if (date) return date;
  throw usage(command, 'bad-date', `--boundaries cần một ngày có thật, không đọc được "${text}".`);
}
