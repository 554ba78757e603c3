import { readFile } from 'node:fs/promises';
import type { PlainDate } from '../../kernel/index.js';
import { Problem, formatDate, parsePlainDate, today } from '../../kernel/index.js';
import type { Citation, CitedChange, RelationKind, ShownDocument } from '../../law/index.js';
import { citeText, showDocument } from '../../law/index.js';
import { chooseAct, usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { unreadableFile } from '../unreadable-file.js';

/** The document register and the citation reader; needs no database. */
export const command: Command = {
  name: 'law',
  summary: 'đọc viện dẫn trong văn bản, tra hiệu lực và việc sửa đổi của văn bản',
  usage: ['law cite TỆP [--on NGÀY]', 'law show "SỐ [ngày NGÀY]" [--on NGÀY]'],
  options: {
    on: {
      type: 'string',
      hint: 'NGÀY',
      description: 'xét hiệu lực vào ngày này (mặc định hôm nay)',
    },
  },
  run: (ctx) => chooseAct(ctx, command, { cite, show }),
};

async function cite(ctx: CommandContext): Promise<void> {
  const [path, ...more] = ctx.args;
  if (path === undefined || more.length > 0) {
    throw usage(command, 'file-missing', 'Cần đúng một tệp văn bản thuần (.txt).');
  }
  const on = dateOption(ctx);
  const citations = citeText(await readText(path), on);
  await ctx.print(citations, () =>
    citations.length === 0
      ? 'Không có viện dẫn văn bản nào theo số, ký hiệu.'
      : citations.map((citation) => citationText(citation, on)).join('\n'),
  );
}

async function show(ctx: CommandContext): Promise<void> {
  const key = ctx.args.join(' ');
  if (key.trim() === '') throw usage(command, 'key-missing', 'Cần số, ký hiệu của văn bản.');
  const on = dateOption(ctx);
  const document = showDocument(key, on);
  await ctx.print(document, () => documentText(document, on));
}

/** UTF-8 as it stands: offsets count from the first character of the file, a byte order mark too. */
async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw unreadableFile('file-unreadable', path, cause);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Falls through to the one sentence for everything that is not plain text.
  }
  throw new Problem('refused', {
    code: 'not-plain-text',
    what: `Tệp ${path} không phải văn bản thuần mã UTF-8.`,
    why: 'Lệnh này không đọc Word, PDF hay bảng mã cũ (TCVN3, VNI).',
    todo: 'Lưu nội dung thành tệp .txt, mã UTF-8, rồi chạy lại.',
  });
}

function dateOption(ctx: CommandContext): PlainDate {
  const text = ctx.options.text('on');
  if (text === undefined) return today(ctx.clock);
  const date = parsePlainDate(text);
  if (date) return date;
  throw usage(command, 'bad-date', `--on cần một ngày có thật, không đọc được "${text}".`);
}

const forceText = (inForce: boolean | null, on: PlainDate): string =>
  inForce === null
    ? `ngày ${formatDate(on)}: chưa rõ hiệu lực`
    : `ngày ${formatDate(on)}: ${inForce ? 'còn hiệu lực' : 'không có hiệu lực'}`;

function citationText(citation: Citation, on: PlainDate): string {
  const { number, date, offsets, resolved, candidates } = citation;
  const head = `${number}${date ? ` ngày ${formatDate(date)}` : ''} (${offsets.length} lần)`;
  if (resolved)
    return [`${head}: ${forceText(citation.inForce, on)}`, ...changeLines(citation)].join('\n');
  if (!candidates) return `${head}: không có trong sổ văn bản`;
  const choices = candidates.map((c) =>
    c.date ? `${c.number} ngày ${formatDate(c.date)}` : c.number,
  );
  return `${head}: chưa đủ để xác định, có thể là ${choices.join('; ')}`;
}

const ACT_WORDS: Readonly<Record<RelationKind, string>> = {
  amends: 'sửa đổi, bổ sung',
  replaces: 'thay thế',
  extends: 'kéo dài áp dụng',
  corrects: 'đính chính, điều chỉnh',
  consolidates: 'hợp nhất',
  based_on: 'căn cứ',
};

const CHANGE_WORDS: Readonly<Record<RelationKind, string>> = {
  amends: 'được sửa đổi, bổ sung bởi',
  replaces: 'được thay thế bởi',
  extends: 'được kéo dài áp dụng bởi',
  corrects: 'được đính chính, điều chỉnh bởi',
  consolidates: 'được hợp nhất tại',
  based_on: 'là căn cứ của',
};

const changeLines = ({ changedBy }: { changedBy: readonly CitedChange[] }): string[] =>
  changedBy.map(({ relation, number, date, note }) =>
    [
      `  ${CHANGE_WORDS[relation]} ${number}`,
      date ? ` ngày ${formatDate(date)}` : '',
      note ? ` (${note})` : '',
    ].join(''),
  );

function documentText(document: ShownDocument, on: PlainDate): string {
  const { number, date, title, issuer, inForceFrom, endedOn, state, source, note } = document;
  const or = (value: PlainDate | null) => (value ? formatDate(value) : 'chưa rõ');
  return [
    number + (title ? `: ${title}` : ''),
    `  ${issuer ?? 'chưa rõ cơ quan ban hành'}, ban hành ${or(date)}, hiệu lực từ ${or(inForceFrom)}` +
      (endedOn ? `, hết hiệu lực ${formatDate(endedOn)}` : ''),
    `  ${forceText(document.inForce, on)}`,
    ...changeLines(document),
    ...document.relations.map((r) => `  ${ACT_WORDS[r.relation]} ${r.number}`),
    `  nguồn: ${source}${state === 'verified' ? '' : ' (chưa đối chiếu văn bản gốc)'}`,
    ...(note ? [`  ghi chú: ${note}`] : []),
  ].join('\n');
}
