// Builds src/**/*.{ts,tsx} into dist, file by file, and only when a source changed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const STAMP = '.source-hash';
/** Written beside it: what the file system said of the sources when they were last read. */
const SEEN = '.source-seen';

/** Brings `dist` up to date; answers true when it built. */
export async function build(root, refuse) {
  const sources = listSources(path.join(root, 'src'));
  const dist = path.join(root, 'dist');
  // Reading every source costs a command more than anything else here; most often nothing was touched.
  const seen = seenNow(root, sources);
  if (textOf(dist, SEEN) === seen) return false;
  const hash = hashOf(root, sources);
  if (stampOf(dist) === hash) {
    rememberSeen(dist, seen);
    return false;
  }
  // Built beside and renamed: a second process starting now never sees half a program.
  const draft = path.join(root, `dist.${process.pid}`);
  try {
    fs.rmSync(draft, { recursive: true, force: true });
    fs.mkdirSync(draft);
    await compile(root, sources, draft);
    fs.writeFileSync(path.join(draft, STAMP), hash);
    fs.writeFileSync(path.join(draft, SEEN), seen);
    replace(dist, draft, hash);
  } catch (error) {
    if (error?.code !== 'EACCES' && error?.code !== 'EROFS' && error?.code !== 'EPERM') throw error;
    const todo = 'Chạy "npm run build" một lần bằng tài khoản sở hữu thư mục, rồi khởi động lại.';
    refuse('build-not-writable', `Không ghi được bản dựng vào ${dist}.`, todo);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return true;
}

function listSources(directory) {
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .filter((entry) => !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(root, sources) {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package.json')));
  for (const file of [import.meta.filename, ...sources]) {
    hash.update(`\n${path.relative(root, file)}\n`).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

/** Sizes and times of the sources. A file that was changed, moved or copied has another time of change. */
function seenNow(root, sources) {
  const hash = createHash('sha256');
  for (const file of [path.join(root, 'package.json'), import.meta.filename, ...sources]) {
    const { size, mtimeMs, ctimeMs, ino } = fs.statSync(file);
    hash.update(`${path.relative(root, file)} ${size} ${mtimeMs} ${ctimeMs} ${ino}\n`);
  }
  return hash.digest('hex');
}

/** Who may not write here reads the sources at every start instead. */
function rememberSeen(dist, seen) {
  try {
    fs.writeFileSync(path.join(dist, SEEN), seen);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT'].includes(error?.code)) throw error;
  }
}

const stampOf = (dist) => textOf(dist, STAMP);

function textOf(dist, name) {
  const file = path.join(dist, name);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}

async function compile(root, entryPoints, outdir) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    outbase: path.join(root, 'src'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  });
}

/** Another process may have finished the same build meanwhile: then its result stands. */
function replace(dist, draft, hash) {
  for (let attempt = 0; attempt < 10; attempt++) {
    if (stampOf(dist) === hash) return;
    fs.rmSync(dist, { recursive: true, force: true });
    try {
      fs.renameSync(draft, dist);
      return;
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`cannot replace ${dist}`);
}
