import { writeFile } from 'node:fs/promises';
import type { Form, FormColumn, Identity } from '../../figures/index.js';
import { form, formCsv, formNumber, formXlsx, readInstance } from '../../figures/index.js';
import {
  Problem,
  formatDate,
  formatDecimal,
  formatInteger,
  standardLabel,
  systemReason,
} from '../../kernel/index.js';
import type { Store } from '../../store/index.js';
import { usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { areaOption, boundariesOption } from '../figure-options.js';
import { auditExport } from '../installation.js';

/** A report form with its identities, as table, JSON, CSV or Excel file. */
export const command: Command = {
  name: 'form',
  summary: 'lập biểu mẫu 1, 2, 3 của một đợt rà soát và kiểm tra các đẳng thức',
  usage: ['form SỐ --round NĂM [--area MÃ] [--boundaries NGÀY] [--csv TỆP] [--xlsx TỆP]'],
  options: {
    round: { type: 'string', hint: 'NĂM', description: 'năm của đợt rà soát' },
    area: { type: 'string', hint: 'MÃ', description: 'mã tỉnh, huyện cũ hoặc xã (mặc định: tỉnh)' },
    boundaries: {
      type: 'string',
      hint: 'NGÀY',
      description: 'theo ranh giới của ngày này (mặc định: ranh giới của chính đợt đó)',
    },
    csv: { type: 'string', hint: 'TỆP', description: 'ghi thêm tệp CSV' },
    xlsx: { type: 'string', hint: 'TỆP', description: 'ghi thêm tệp Excel theo bố cục biểu mẫu' },
  },
  run,
};

async function run(ctx: CommandContext): Promise<void> {
  const [number, ...more] = ctx.args;
  if (number === undefined || more.length > 0) {
    throw usage(command, 'form-missing', 'Cần đúng một số biểu mẫu: 1, 2 hoặc 3.');
  }
  const wanted = formNumber(number);
  ctx.options.required('round');
  const round = ctx.options.integer('round') ?? 0;
  const boundaries = boundariesOption(ctx, command);
  await ctx.withStore(async (store) => {
    const { provinceCode } = await readInstance(store);
    const area = areaOption(ctx) ?? provinceCode;
    const made = await form(store, {
      form: wanted,
      round,
      area,
      ...(boundaries && { boundaries }),
    });
    const csv = ctx.options.text('csv');
    const xlsx = ctx.options.text('xlsx');
    const formats = [
      ...(csv === undefined ? [] : ['csv']),
      ...(xlsx === undefined ? [] : ['xlsx']),
      ctx.json ? 'json' : 'text',
    ];
    await auditForm(store, made, formats);
    if (csv !== undefined) await save(csv, formCsv(made));
    if (xlsx !== undefined) await save(xlsx, await formXlsx(made));
    await ctx.print(made, () => formText(made));
  });
}

/** One entry for each format, as for a file taken from a page; what is printed leaves just as well. */
async function auditForm(store: Store, made: Form, formats: readonly string[]): Promise<void> {
  const { round, area, boundaries } = made;
  for (const format of formats) {
    await auditExport(store, {
      ...{ action: 'form.export', subjectKind: 'form', subjectId: String(made.form) },
      payload: { round, area, boundaries, format },
    });
  }
}

async function save(path: string, body: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, body);
  } catch (cause) {
    throw new Problem(
      'environment',
      {
        code: 'file-not-written',
        what: `Không ghi được tệp ${path}.`,
        why: systemReason(cause),
        todo: 'Kiểm tra thư mục có tồn tại và quyền ghi.',
      },
      cause,
    );
  }
}

const MEASURE = { household: 'hộ', person: 'khẩu' } as const;

/** The form as lines of text: name, measure, then the columns in order. */
function formText(made: Form): string {
  const rows = made.rows.map((row) => {
    const cells = made.columns.map(({ number }) => {
      const cell = row.cells[number] ?? null;
      if (cell === null) return '…';
      if (typeof cell === 'number') return formatInteger(cell);
      return cell.value === null ? '…' : formatDecimal(cell.value);
    });
    return [row.name, ...(row.measure ? [MEASURE[row.measure]] : []), ...cells];
  });
  const lead = made.rows.some((row) => row.measure) ? ['Đơn vị', ''] : ['Đơn vị'];
  const table = [[...lead, ...made.columns.map(({ number }) => String(number))], ...rows];
  const widths = table[0]!.map((_, at) => Math.max(...table.map((line) => line[at]!.length)));
  const align = (text: string, at: number) =>
    at < lead.length ? text.padEnd(widths[at]!) : text.padStart(widths[at]!);
  return [
    `Mẫu ${made.form}. ${made.title}, đợt ${made.round}, ${made.areaName}`,
    `Ranh giới ngày ${formatDate(made.boundaries)}; ${standardLabel(made.standard)}; ` +
      (made.status === 'recognised' ? 'theo quyết định công nhận' : 'sơ bộ'),
    ...(made.synthetic ? ['SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC'] : []),
    ...made.missing,
    '',
    ...table.map((line) => line.map(align).join('  ').trimEnd()),
    '',
    ...made.columns.map(columnText),
    '',
    ...made.identities.map(identityText),
  ].join('\n');
}

/** What the number over a column stands for: "4  Hộ nghèo, Tỷ lệ (%) = 3/1*100". */
function columnText({ number, group, title, formula }: FormColumn): string {
  const name = group === null ? title : `${group}, ${title}`;
  return `${String(number).padStart(2)}  ${name}${formula === null ? '' : ` = ${formula}`}`;
}

function identityText({ ok, title, difference, reason }: Identity): string {
  if (ok === null) return `chưa tính được  ${title}: ${reason ?? ''}`;
  return ok ? `đúng            ${title}` : `LỆCH ${formatInteger(difference ?? 0)}  ${title}`;
}
