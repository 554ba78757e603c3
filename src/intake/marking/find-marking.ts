import { readFile, stat } from 'node:fs/promises';
import { Problem } from '../../kernel/index.js';
import { linesOfPdf } from '../../signing/index.js';
import type { ReadLimits } from '../limits.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { readHead } from '../read-head.js';
import { sniff } from '../sniff.js';
import { lookInWorker } from '../stage-file.js';
import { lookFor } from './look.js';
import type { Marking } from './marking.js';
import { degreeIn, degreeInName } from './words.js';

/** Such a file unpacks to so little that a thread of its own would only cost time. */
const SMALL = 256 * 1024;

export interface LookOptions {
  /** What is taken in here; the other kinds are looked through too, since people send the wrong file. */
  takes: 'table' | 'pdf';
  limits?: Partial<ReadLimits>;
  signal?: AbortSignal;
}

/**
 * Looks for the marking of a state secret in the name of an upload and in what can be read of it; asked
 * before anything of it is stored. A picture says nothing to a program: a scan is not recognised.
 * @param source path of the file, or the bytes of an upload
 * @throws Problem where a table is taken in, for what is none: that is not stored either
 */
export async function findMarking(
  source: string | Uint8Array,
  fileName: string,
  { takes, limits: given, signal }: LookOptions,
): Promise<Marking | null> {
  const named = degreeInName(fileName);
  if (named) return { degree: named, place: 'tên tệp' };
  const limits = { ...DEFAULT_LIMITS, ...given };
  const head = await readHead(source, fileName, limits);
  if (head.subarray(0, 1024).includes('%PDF-')) {
    const found = findMarkingInPdf(typeof source === 'string' ? await readFile(source) : source);
    if (!found && takes === 'table') sniff(head, fileName);
    return found;
  }
  try {
    const input = { source, fileName, limits };
    const bytes = typeof source === 'string' ? (await stat(source)).size : source.length;
    return bytes > SMALL ? await lookInWorker(input, signal) : await lookFor(input);
  } catch (error) {
    // What is no signed paper is told by whoever takes those in.
    if (error instanceof Problem && takes === 'pdf') return null;
    throw error;
  }
}

function findMarkingInPdf(bytes: Uint8Array): Marking | null {
  let before = '';
  for (const line of linesOfPdf(bytes)) {
    const degree = degreeIn(line);
    // A heading in capitals may break between the two words of "BÍ MẬT".
    const goesOn = degree === 'MẬT' && /(?:BÍ|BẢO|CƠ)\s*$/u.test(before.normalize('NFC'));
    if (degree && !goesOn) return { degree, place: 'nội dung tài liệu' };
    before = line;
  }
  return null;
}

/** Why a marked file is not taken in, and whom to tell. It does not name the file. */
export const classifiedUpload = ({ degree, place }: Marking): Problem =>
  new Problem('refused', {
    code: 'file-classified',
    what: `Tệp mang dấu độ mật “${degree}” (ở ${place}) nên không được nhận.`,
    why: 'Hệ thống này không được chứa tài liệu bí mật nhà nước. Tệp bị từ chối trước khi lưu; tên và nội dung không được giữ lại.',
    todo: 'Không gửi lại tệp này qua đây hoặc qua mạng. Báo ngay người phụ trách bảo vệ bí mật nhà nước của cơ quan; việc xóa tệp khỏi máy tính, điện thoại và xử lý tiếp theo làm theo hướng dẫn của người đó. Nếu chữ này không phải dấu độ mật, cũng để người đó xác nhận trước khi sửa tệp rồi nộp lại.',
    details: { degree },
  });
