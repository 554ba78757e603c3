import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate } from 'pkijs';
import { Problem } from '../kernel/index.js';

/** The folder of a data directory where whoever installs puts root certificates, as PEM files. */
const FOLDER = 'signing-roots';

/**
 * The roots this installation trusts; none as long as nobody put any there. Nothing is trusted because a
 * signed file brings it along, and the machine's own list for web sites is another matter.
 * @throws Problem `signing-root-unreadable` naming the file
 */
export function signingRoots(dataDir: string): Certificate[] {
  const folder = join(dataDir, FOLDER);
  return pemFiles(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    try {
      return certificatesIn(text);
    } catch (cause) {
      throw new Problem(
        'environment',
        {
          code: 'signing-root-unreadable',
          what: `Không đọc được chứng thư gốc ${FOLDER}/${name}.`,
          todo: 'Đặt lại tệp PEM của chứng thư gốc vào thư mục đó của thư mục dữ liệu.',
        },
        cause,
      );
    }
  });
}

function pemFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(pem|crt|cer)$/i.test(name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function certificatesIn(text: string): Certificate[] {
  const blocks = [...text.matchAll(/-{5}BEGIN CERTIFICATE-{5}([^-]+)-{5}END CERTIFICATE-{5}/g)];
  if (blocks.length === 0) throw new Error('no certificate in it');
  return blocks.map((block) => Certificate.fromBER(Buffer.from(block[1] ?? '', 'base64')));
}
