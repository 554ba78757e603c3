import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checksumOf, digestOf } from '../../src/publication/edition.js';
import { canonicalJson } from '../../src/store/index.js';

/** Makes exports out of a good one as somebody would who knows how: every checksum fits. */
export function editionForge(file: string, directory: string) {
  const lines = gunzipSync(fs.readFileSync(file)).toString('utf8').trimEnd().split('\n');
  let serial = 0;
  const write = (content: Buffer): string => {
    const at = path.join(directory, `tep-${++serial}.gz`);
    fs.writeFileSync(at, content);
    return at;
  };
  const packed = (changed: readonly string[]) =>
    write(gzipSync(`${changed.join('\n')}\n`, { level: 1 }));

  /** The head with changes, sealed anew. */
  const resealed = (changes: Record<string, unknown>): string => {
    const { seal: _seal, ...head } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    const changed = { ...head, ...changes };
    return JSON.stringify({ ...changed, seal: checksumOf(canonicalJson(changed)) });
  };

  /** Every shelf with its text changed, and a fitting head. */
  const forged = (change: (answers: string, shelf: string) => string, head = {}): string => {
    const sums: [string, string][] = [];
    const shelves = lines.slice(1).map((line) => {
      const shelf = /"shelf":"([^"]*)"/.exec(line)?.[1] ?? '';
      const json = change(line.slice(line.indexOf('"answers":') + '"answers":'.length, -1), shelf);
      const sum = checksumOf(json);
      sums.push([shelf, sum]);
      return `{"shelf":"${shelf}","sha256":"${sum}","answers":${json}}`;
    });
    return packed([resealed({ digest: digestOf(sums), ...head }), ...shelves]);
  };
  return { lines, write, packed, resealed, forged };
}
