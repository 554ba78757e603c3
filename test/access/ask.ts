import type { Hono } from 'hono';
import yauzl from 'yauzl';
import type { Env } from '../../src/http/index.js';
import type { Fields } from './recipes/recipe.js';

export const SITE = 'http://localhost';

export interface Question {
  method: string;
  /** With its query. */
  path: string;
  /** Session token; `null` = none. */
  token: string | null;
  form?: Fields | undefined;
}

export interface Answer {
  status: number;
  /** Those that say something; the date of the answer is left out. */
  headers: Readonly<Record<string, string>>;
  /** The body as text; of a workbook, the text of all its parts. */
  body: string;
  /** Headers and body: everywhere a word may hide. */
  text: string;
}

/** Asks the whole site, as a browser does, and reads all that it answers. */
export async function ask(app: Hono<Env>, question: Question): Promise<Answer> {
  const { method, path, token, form } = question;
  const headers: Record<string, string> = { origin: SITE, 'user-agent': 'access-test' };
  if (token !== null) headers['cookie'] = `thonban_session=${token}`;
  const body = form && formData(form);
  const response = await app.request(`${SITE}${path}`, { method, headers, ...(body && { body }) });
  return readAnswer(response);
}

/** As a patient person: whoever is asked to wait a moment waits, and asks again. */
export async function askIn(
  { app, clock }: { app: Hono<Env>; clock: { wait(seconds: number): void } },
  question: Question,
): Promise<Answer> {
  const answer = await ask(app, question);
  if (answer.status !== 429) return answer;
  clock.wait(Number(answer.headers['retry-after']));
  return ask(app, question);
}

function formData(form: Fields): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(form)) data.append(name, value);
  return data;
}

async function readAnswer(response: Response): Promise<Answer> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
  const bytes = Buffer.from(await response.arrayBuffer());
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const body = isZip ? await textOfZip(bytes) : bytes.toString();
  const text = `${Object.entries(headers).flat().map(decoded).join('\n')}\n${body}`;
  return { status: response.status, headers, body, text };
}

/** Addresses in headers are percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function textOfZip(bytes: Buffer): Promise<string> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, file) =>
      error ? reject(error) : resolve(file),
    );
  });
  const parts: string[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve());
    zip.on('entry', (entry: yauzl.Entry) => {
      parts.push(entry.fileName);
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        stream.on('data', (piece: Buffer) => parts.push(piece.toString()));
        stream.on('error', reject);
        stream.on('end', () => zip.readEntry());
      });
    });
    zip.readEntry();
  });
  return parts.join('\n');
}
