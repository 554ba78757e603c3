import { Problem } from '../../kernel/index.js';
import type { Evaluation, Refusal } from '../../review/index.js';
import { evaluatePoverty, isRefusal, refusalOf } from '../../review/index.js';
import { jsonReason } from './json-reason.js';
import type { Line } from './read-lines.js';

export interface Tally {
  lines: number;
  refused: number;
  blank: number;
}

const BATCH_CHARACTERS = 64_000;

/**
 * Answers each line with one line of JSON, in order, holding one batch in memory.
 * @param write receives several answers at once, joined by line ends
 */
export async function evaluateLines(
  lines: AsyncIterable<Line>,
  write: (text: string) => Promise<void>,
  onProgress: (lines: number) => void,
): Promise<Tally> {
  const tally: Tally = { lines: 0, refused: 0, blank: 0 };
  let batch: string[] = [];
  let size = 0;
  const flush = async () => {
    if (batch.length > 0) await write(batch.join('\n'));
    batch = [];
    size = 0;
  };
  for await (const line of lines) {
    if (line.text?.trim() === '') {
      tally.blank += 1;
      continue;
    }
    const answer = evaluateLine(line);
    tally.lines += 1;
    if (isRefusal(answer)) tally.refused += 1;
    const text = JSON.stringify(answer);
    batch.push(text);
    size += text.length;
    if (size >= BATCH_CHARACTERS) await flush();
    if (tally.lines % 50_000 === 0) onProgress(tally.lines);
  }
  await flush();
  return tally;
}

function evaluateLine({ number, text }: Line): Evaluation | Refusal {
  if (text === null) {
    return malformed(
      number,
      'line-too-long',
      `Dòng ${number} quá dài.`,
      'Dài hơn một triệu ký tự.',
    );
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const why = jsonReason(cause, text);
    return malformed(number, 'not-json', `Dòng ${number} không phải JSON.`, why);
  }
  const answer = evaluatePoverty(data);
  if (!isRefusal(answer)) return answer;
  return { ...answer, problem: { ...answer.problem, line: number } };
}

function malformed(line: number, code: string, what: string, why: string): Refusal {
  const todo = 'Mỗi dòng là một đối tượng JSON; sửa dòng này rồi chạy lại.';
  const refusal = refusalOf(new Problem('refused', { code, what, why, todo }), null);
  return { ...refusal, problem: { ...refusal.problem, line } };
}
