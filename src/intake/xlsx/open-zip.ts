import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import { Problem } from '../../kernel/index.js';
import type { ReadLimits } from '../limits.js';
import { fileProblems } from '../problems.js';

const NO_DIRECTORY = 'Không thấy mục lục ở cuối tệp: tệp có thể đã bị cắt ngắn khi tải về.';
const BAD_DIRECTORY = 'Mục lục bên trong tệp có chỗ sai.';
const BAD_CONTENT = 'Một phần bên trong tệp không khớp mục lục hoặc không giải nén được.';

/** A zip file whose directory was inspected before anything was inflated. */
export interface InspectedZip {
  /** Names of its files, folders left out. */
  names: readonly string[];
  has(name: string): boolean;
  /** Inflates one entry; an entry that is larger than the directory says is an error. */
  open(name: string): Promise<Readable>;
  close(): void;
}

/**
 * Opens a zip file (a path, or its bytes) and checks its directory: number and sizes of entries, ratio, doubled or encrypted
 * entries. @throws Problem with a sentence for each
 */
export async function openZip(
  source: string | Uint8Array,
  limits: ReadLimits,
): Promise<InspectedZip> {
  const zip = await openFile(source);
  try {
    const entries = inspect(await readEntries(zip, limits), limits);
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      open: (name) => openEntry(zip, entries.get(name)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openFile(source: string | Uint8Array): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false };
  return new Promise((resolve, reject) => {
    const opened = (error: Error | null, zip: ZipFile): void => {
      if (error) reject(fileProblems.brokenZip(NO_DIRECTORY, error));
      else resolve(zip);
    };
    if (typeof source === 'string') yauzl.open(source, options, opened);
    else
      yauzl.fromBuffer(
        Buffer.from(source.buffer, source.byteOffset, source.length),
        options,
        opened,
      );
  });
}

function readEntries(zip: ZipFile, limits: ReadLimits): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('error', (error: Error) => reject(fileProblems.brokenZip(BAD_DIRECTORY, error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      if (entries.push(entry) > limits.zipEntries) {
        reject(fileProblems.bomb(`Có hơn ${limits.zipEntries} tệp bên trong.`));
      } else zip.readEntry();
    });
    zip.readEntry();
  });
}

function inspect(all: readonly Entry[], limits: ReadLimits): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let total = 0;
  for (const entry of all) {
    if (entry.fileName.endsWith('/')) continue;
    if (entries.has(entry.fileName)) {
      throw fileProblems.brokenZip(`Có hai tệp cùng tên "${entry.fileName}" bên trong.`);
    }
    if (entry.isEncrypted()) throw fileProblems.encrypted();
    total += entry.uncompressedSize;
    checkSize(entry, total, limits);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

function checkSize(entry: Entry, total: number, limits: ReadLimits): void {
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  const isLarge = entry.uncompressedSize > limits.zipRatioFromBytes;
  if (
    entry.uncompressedSize > limits.zipEntryBytes ||
    total > limits.zipTotalBytes ||
    (isLarge && ratio > limits.zipRatio)
  ) {
    const mb = Math.round(entry.uncompressedSize / 1024 / 1024);
    throw fileProblems.bomb(`"${entry.fileName}" giãn ra ${mb} MB.`);
  }
}

function openEntry(zip: ZipFile, entry: Entry | undefined): Promise<Readable> {
  if (!entry) return Promise.reject(fileProblems.brokenZip('Thiếu một phần của sổ Excel.'));
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(fileProblems.brokenZip(BAD_CONTENT, error));
      else resolve(stream);
    });
  });
}

/** What a broken stream (bad checksum, lying size) says to a person; problems pass through. */
export function asFileProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return fileProblems.brokenZip(BAD_CONTENT, error);
}
