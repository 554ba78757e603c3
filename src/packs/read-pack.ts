import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { z } from 'zod';
import { Problem, systemReason } from '../kernel/index.js';

/** A pack file that was read and has the shape it promises. */
export interface Pack<T> {
  data: T;
  /** SHA-256 of the file's bytes, hexadecimal: names the exact text a result was computed from. */
  hash: string;
  /** Path inside the packs folder, with forward slashes: `national/ethnic-groups/groups.yaml`. */
  path: string;
}

/** The folder `packs/` of this installation: two levels above the compiled and the source file alike. */
export const packsRoot = (): string => fileURLToPath(new URL('../../packs', import.meta.url));

/**
 * Reads one pack file and checks it against its schema.
 * @param path inside `root`, for example `provinces/lang-son/units.yaml`
 * @throws Problem `pack-unreadable` or `pack-invalid` (kind environment) naming file and place
 */
export function readPack<T>(path: string, schema: z.ZodType<T>, root = packsRoot()): Pack<T> {
  const file = join(root, path);
  const inside = relative(root, file).split(sep).join('/');
  const text = readText(file, inside);
  const result = schema.safeParse(parseYaml(text, inside));
  if (!result.success) {
    const issues = result.error.issues.slice(0, 5);
    const why = issues.map((issue) => `${issue.path.join('.') || '(gốc)'}: ${issue.message}`);
    throw invalidPack(inside, why.join('; '));
  }
  const hash = createHash('sha256').update(text).digest('hex');
  return { data: result.data, hash, path: inside };
}

/** The one sentence for a pack that breaks a promise; every loader check uses it. */
export function invalidPack(path: string, why: string): Problem {
  return new Problem('environment', {
    code: 'pack-invalid',
    what: `Tệp dữ liệu pháp lý packs/${path} không hợp lệ.`,
    why,
    todo: 'Sửa tệp theo đường dẫn trên, hoặc lấy lại tệp gốc của bản phát hành.',
    details: { path },
  });
}

function readText(file: string, inside: string): string {
  try {
    return readFileSync(file, 'utf8').normalize('NFC');
  } catch (cause) {
    throw new Problem(
      'environment',
      {
        code: 'pack-unreadable',
        what: `Không đọc được tệp dữ liệu pháp lý packs/${inside}.`,
        why: systemReason(cause),
        todo: 'Kiểm tra bản cài đặt có đủ thư mục packs và quyền đọc.',
        details: { path: inside },
      },
      cause,
    );
  }
}

function parseYaml(text: string, inside: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw invalidPack(inside, cause instanceof Error ? cause.message : String(cause));
  }
}
