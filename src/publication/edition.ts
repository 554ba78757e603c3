import { sha256 } from '../store/index.js';

/** What is published at one time. */
export interface EditionHead {
  format: number;
  kind: 'demo' | 'real';
  provinceCode: string;
  /** Program and packs that made it. */
  program: string;
  /** Data version that it was counted at. */
  dataVersion: string;
  madeAt: Date;
  /** Over the names and checksums of all shelves. */
  digest: string;
}

/** A shelf as it is kept: the JSON of its answers (UTF-8: half of what a text takes), its checksum. */
export interface Shelf {
  json: Buffer;
  sha256: string;
}

/** So much of the shelves is kept parsed: what is asked often is parsed once. */
const PARSED_BYTES = 24_000_000;

export const checksumOf = (content: string | Uint8Array): string => sha256(content).toString('hex');

/** One checksum for the whole: names and checksums of the shelves in order. */
export function digestOf(shelves: Iterable<readonly [string, string]>): string {
  const lines = [...shelves].map(([name, sum]) => `${name} ${sum}\n`).sort();
  return checksumOf(lines.join(''));
}

/** One edition in memory: everything that one request needs comes from the same one. */
export class Edition {
  readonly head: EditionHead;
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly #parsed = new Map<string, Readonly<Record<string, unknown>>>();
  #bytes = 0;

  constructor(head: EditionHead, shelves: ReadonlyMap<string, Shelf>) {
    this.head = head;
    this.shelves = shelves;
  }

  /** The answer on a shelf; the shelf itself when no key is given. `undefined` = it has none. */
  answer<T>(shelf: string, key?: string): T | undefined {
    const answers = this.#open(shelf);
    if (answers === undefined) return undefined;
    if (key === undefined) return answers as T;
    return Object.hasOwn(answers, key) ? (answers[key] as T) : undefined;
  }

  #open(name: string): Readonly<Record<string, unknown>> | undefined {
    const shelf = this.shelves.get(name);
    if (!shelf) return undefined;
    const known = this.#parsed.get(name);
    const answers = known ?? (JSON.parse(shelf.json.toString('utf8')) as Record<string, unknown>);
    // The one used last stands last; the first is given up.
    this.#parsed.delete(name);
    this.#parsed.set(name, answers);
    if (!known) this.#bytes += shelf.json.length;
    for (const oldest of this.#parsed.keys()) {
      if (this.#bytes <= PARSED_BYTES || oldest === name) break;
      this.#parsed.delete(oldest);
      this.#bytes -= this.shelves.get(oldest)?.json.length ?? 0;
    }
    return answers;
  }
}
