import type { PlainDate } from '../../kernel/index.js';
import type { Anchor, VerifyReport } from '../../audit/index.js';
import { anchorOf, newestAnchor, rotateKey, verifyLog } from '../../audit/index.js';
import {
  Problem,
  formatDate,
  formatInteger,
  parsePlainDate,
  tidyText,
  today,
} from '../../kernel/index.js';
import { readShared, redactEntry } from '../../store/index.js';
import { anchorFile } from '../anchor-file.js';
import { chooseAct, usage } from '../args.js';
import { verifyText } from '../audit-text.js';
import type { Command, CommandContext } from '../context.js';
import { operator } from '../operator.js';

export const command: Command = {
  name: 'audit',
  summary: 'kiểm tra nhật ký, lấy mốc nhật ký, che nội dung theo quyết định, thay khóa ký',
  usage: [
    'audit verify [--anchor TỆP] [--json]',
    'audit anchor [--date NGÀY] [--json] > TỆP',
    'audit redact --entry MÃ --decision "SỐ … NGÀY …" --reason "LÝ DO" [--json]',
    'audit rotate-key --reason "LÝ DO" [--lost] [--json]',
  ],
  options: {
    anchor: {
      type: 'string',
      multiple: true,
      hint: 'TỆP',
      description: 'mốc nhật ký đã giữ ở nơi khác; dùng được nhiều lần',
    },
    date: { type: 'string', hint: 'NGÀY', description: 'ngày của mốc (mặc định: mốc mới nhất)' },
    entry: { type: 'string', hint: 'MÃ', description: 'mã của mục nhật ký' },
    decision: { type: 'string', hint: 'SỐ', description: 'số và ngày của quyết định' },
    reason: { type: 'string', hint: 'LÝ_DO', description: 'lý do' },
    lost: { type: 'boolean', description: 'khóa cũ đã mất, không xác nhận được khóa mới' },
  },
  run: (ctx) => chooseAct(ctx, command, { verify, anchor, redact, 'rotate-key': rotate }),
};

/** Exit code 0 when everything adds up, 1 when something does not. */
async function verify(ctx: CommandContext): Promise<number> {
  const anchors = await Promise.all(ctx.options.list('anchor').map(anchorFile));
  const report = await ctx.withStore((store): Promise<VerifyReport> => verifyLog(store, anchors));
  await ctx.print(report, () => verifyText(report));
  return report.ok ? 0 : 1;
}

/** Prints what `verify --anchor` reads, with `--json` and without. */
async function anchor(ctx: CommandContext): Promise<void> {
  const text = ctx.options.text('date');
  const date = text === undefined ? null : parsePlainDate(text);
  if (text !== undefined && date === null) {
    throw usage(command, 'bad-date', `Không đọc được --date "${text}".`);
  }
  const found = await ctx.withStore((store) =>
    readShared(store, (tx) => (date ? anchorOf(tx, date) : newestAnchor(tx))),
  );
  if (!found) throw noAnchorYet();
  await ctx.print(found);
  if (!ctx.json) ctx.stderr.write(`${anchorNote(found)}\n`);
}

/** Beside the answer, which is the file to keep. */
const anchorNote = (found: Anchor): string =>
  [
    `Mốc nhật ký ngày ${formatDate(found.date)} (số ${formatInteger(found.number)}, ${formatInteger(found.entries)} mục), mã gốc ${found.root}.`,
    'Ghi vào tệp (audit anchor > moc.json), giữ ở nơi người vận hành hệ thống không sửa được;',
    'khi cần kiểm: thonban audit verify --anchor moc.json',
  ].join('\n');

async function redact(ctx: CommandContext): Promise<void> {
  const entryId = ctx.options.required('entry').trim().toLowerCase();
  const [typed, reason] = [words(ctx, 'decision'), words(ctx, 'reason')];
  const decision = decisionOf(typed, today(ctx.clock));
  const done = await ctx.withStore((store) =>
    redactEntry(store, { actor: operator(), entryId, decision, reason }),
  );
  await ctx.print(
    done,
    [
      `Đã che nội dung, lý do và mục đích của mục số ${done.seq} trong chuỗi ${done.stream}; việc che được ghi ở mục ${done.redactionId}.`,
      ...(done.keepsWords ? [KEPT_WORDS] : []),
    ].join('\n'),
  );
}

async function rotate(ctx: CommandContext): Promise<void> {
  const reason = words(ctx, 'reason');
  const isLost = ctx.options.flag('lost');
  const record = await ctx.withStore((store) =>
    rotateKey(store, { actor: operator(), reason, isLost }),
  );
  const { keyNumber, keyId, signedBy, createdAt } = record;
  const publicKey = record.publicKey.toString('base64');
  await ctx.print(
    { keyNumber, keyId, signedBy, createdAt, publicKey },
    `Khóa ký mới: ${keyId}${isLost ? ' (không có khóa cũ xác nhận)' : ` (khóa ${signedBy} xác nhận)`}.`,
  );
}

const KEPT_WORDS =
  'Mục này ghi từ phiên bản trước: lý do và mục đích của nó nằm trong mã nối chuỗi nên không che được.';

/** Number and date, without which nobody finds the paper again. @throws Problem `decision-unreadable` */
function decisionOf(text: string, now: PlainDate): string {
  const number = /\d+\s*\/\s*\p{L}[\p{L}\d/-]*/u.exec(text);
  const written = /\b\d{1,2}([/.-])\d{1,2}\1\d{4}\b/.exec(text);
  const date = written && parsePlainDate(written[0]);
  if (number && date && date <= now) return text;
  throw new Problem('refused', {
    code: 'decision-unreadable',
    what: `Không thấy đủ số và ngày của quyết định trong “${text}”.`,
    why:
      date && date > now
        ? `Ngày ${formatDate(date)} chưa đến.`
        : 'Ai đọc nhật ký sau này phải tìm lại được văn bản.',
    todo: 'Ghi như: --decision "12/QĐ-UBND ngày 20/10/2025".',
  });
}

/** A reason of nothing but spaces is none. */
function words(ctx: CommandContext, option: string): string {
  const text = tidyText(ctx.options.required(option));
  if (text !== '') return text;
  throw usage(command, 'option-empty', `Tùy chọn --${option} đang để trống.`);
}

const noAnchorYet = (): Problem =>
  new Problem('not-found', {
    code: 'anchor-missing',
    what: 'Chưa có mốc nhật ký nào.',
    why: 'Mốc được ký mỗi phút khi hệ thống chạy và có mục nhật ký mới.',
  });
