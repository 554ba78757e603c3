import fs from 'node:fs';
import { Problem } from '../kernel/index.js';

/**
 * As ssh does: a file with secrets that other accounts of the machine may read is not used. (Windows has
 * no such modes.) `danger` says what whoever reads it could do.
 * @throws Problem `secrets-readable-by-others`
 */
export function refuseOpenFile(file: string, danger: string): void {
  if (process.platform === 'win32' || (fs.statSync(file).mode & 0o077) === 0) return;
  throw new Problem('environment', {
    code: 'secrets-readable-by-others',
    what: `Tệp ${file} đang cho tài khoản khác trên máy đọc.`,
    why: danger,
    todo: `Chạy: chmod 600 ${file}; nếu đã có người đọc thì thay khóa trong đó.`,
  });
}
