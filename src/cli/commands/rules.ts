import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Problem } from '../../kernel/index.js';
import type { DecisionPack } from '../../packs/index.js';
import { loadPacks } from '../../packs/index.js';
import { evaluatePoverty, isRefusal, standardOf, stepText } from '../../review/index.js';
import { STATE_LABEL, describeRule } from '../../rules/index.js';
import { chooseAct, usage } from '../args.js';
import type { Command, CommandContext } from '../context.js';
import { nearest } from '../nearest.js';
import { evaluateLines } from '../rules/eval-lines.js';
import { readLines } from '../rules/read-lines.js';

/** Rules on the command line; needs no database. */
export const command: Command = {
  name: 'rules',
  summary: 'áp dụng và giải thích quy tắc: chuẩn nghèo theo năm hiệu lực',
  usage: [
    'rules eval vn.poverty.standard --input TỆP.jsonl',
    'rules explain vn.poverty.standard --effect-year NĂM [--input HỘ.json]',
  ],
  options: {
    input: { type: 'string', hint: 'TỆP', description: 'tệp vào; "-" là đầu vào chuẩn' },
    'effect-year': { type: 'string', hint: 'NĂM', description: 'năm hiệu lực, ví dụ 2026' },
  },
  run: (ctx) => chooseAct(ctx, command, { eval: evaluate, explain }),
};

async function evaluate(ctx: CommandContext): Promise<number> {
  checkFamily(ctx);
  const input = await openInput(ctx, ctx.options.required('input'));
  const tally = await evaluateLines(readLines(input), ctx.write, (lines) =>
    ctx.progress(`đã xét ${lines} dòng`),
  );
  if (tally.blank > 0) ctx.progress(`bỏ qua ${tally.blank} dòng trống`);
  if (tally.refused === 0) return 0;
  ctx.progress(`${tally.refused} trên ${tally.lines} dòng bị từ chối, xem trường "problem"`);
  return 1;
}

async function explain(ctx: CommandContext): Promise<number> {
  checkFamily(ctx);
  const year = ctx.options.integer('effect-year');
  if (year === undefined) throw usage(command, 'option-missing', 'Thiếu tùy chọn --effect-year.');
  const pack = standardOf(year);
  const file = ctx.options.text('input');
  if (file === undefined) {
    await printRule(ctx, pack, year);
    return 0;
  }
  const answer = evaluatePoverty({ ...(await readHousehold(ctx, file)), effectYear: year });
  if (isRefusal(answer)) {
    const { code, what, why, todo } = answer.problem;
    const text = { code, what, ...(why !== null && { why }), ...(todo !== null && { todo }) };
    throw new Problem('refused', text);
  }
  await ctx.print(answer, () => answer.trace.map(stepText).join('\n'));
  return 0;
}

async function printRule(ctx: CommandContext, pack: DecisionPack, effectYear: number) {
  const { parameters, definitions, rows } = describeRule(pack.rule);
  const { id, version, label, status, hash } = pack;
  const indicators = pack.indicators.map(({ id, label, dimension, state, definition }) => ({
    ...{ id, label, dimension, state, definition },
  }));
  const lines = () => [
    `${label} (${id}, phiên bản ${version}), năm hiệu lực ${effectYear}`,
    ...parameters.map((parameter) => `  ${stepText(parameter)}`),
    ...definitions.map(({ sentence }) => `  ${sentence}`),
    ...rows.map((row) => `  ${stepText(row)}`),
    `  ${indicators.length} chỉ số thiếu hụt:`,
    ...indicators.map(
      (one) =>
        `    ${one.id}  ${one.label} – tên: ${STATE_LABEL[one.state]}; cách đo: ${STATE_LABEL[one.definition]}`,
    ),
  ];
  await ctx.print(
    { id, version, label, status, hash, effectYear, parameters, definitions, rows, indicators },
    () => lines().join('\n'),
  );
}

function checkFamily(ctx: CommandContext): void {
  const families = [...new Set(loadPacks().standards.map(({ family }) => family))];
  const [family, ...rest] = ctx.args;
  if (rest.length > 0) throw usage(command, 'too-many-words', `Thừa "${rest.join(' ')}".`);
  if (family === undefined) throw usage(command, 'rule-missing', 'Thiếu tên quy tắc.');
  if (families.includes(family)) return;
  const near = nearest(family, families) ?? families.join(', ');
  throw usage(command, 'rule-unknown', `Không có quy tắc "${family}".`, `Có: ${near}.`);
}

async function openInput(ctx: CommandContext, file: string): Promise<Readable> {
  if (file === '-') return ctx.stdin;
  await checkFile(file);
  return createReadStream(file, { highWaterMark: 256 * 1024 });
}

async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return;
  throw new Problem('refused', {
    code: found ? 'not-a-file' : 'file-not-found',
    what: found ? `"${file}" không phải là tệp.` : `Không thấy tệp "${file}".`,
    todo: 'Kiểm tra đường dẫn sau --input.',
  });
}

async function readHousehold(ctx: CommandContext, file: string): Promise<object> {
  let text = '';
  if (file === '-') for await (const chunk of ctx.stdin) text += String(chunk);
  else {
    await checkFile(file);
    text = await readFile(file, 'utf8');
  }
  const data = jsonOrNull(text.replace(/^\uFEFF/u, ''));
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
    return { id: 'household', ...data };
  }
  throw new Problem('refused', {
    code: 'not-json',
    what: `"${file}" không phải một đối tượng JSON.`,
    todo: 'Tệp phải chứa một hộ: {"area": "rural", "b1": 125, "deprivations": 3}.',
  });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
