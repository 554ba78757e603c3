import type { PlainDate } from '../../kernel/index.js';
import { Problem, isId, parsePlainDate } from '../../kernel/index.js';
import type { CommandContext } from '../context.js';

/** A date option as typed. @throws Problem `bad-date` */
export function dateOption(ctx: CommandContext, name: string): PlainDate | undefined {
  const text = ctx.options.text(name);
  if (text === undefined) return undefined;
  const date = parsePlainDate(text);
  if (date) return date;
  throw new Problem('usage', {
    code: 'bad-date',
    what: `--${name} cần một ngày có thật, không đọc được "${text.slice(0, 40)}".`,
    todo: 'Viết như 2025-07-01 hoặc 01/07/2025.',
  });
}

/** The one id that an act is about. @throws Problem `id-missing` */
export function idArgument(ctx: CommandContext, what: string, where: string): string {
  const [id, ...more] = ctx.args;
  if (id !== undefined && more.length === 0 && isId(id)) return id;
  throw new Problem('usage', {
    code: 'id-missing',
    what: `Cần đúng một ${what}.`,
    todo: `Xem mã: ${where}`,
  });
}
