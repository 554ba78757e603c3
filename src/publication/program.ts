import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../store/index.js';

/** Rooms whose code decides what the public is answered. */
const ROOMS = ['kernel', 'packs', 'areas', 'figures', 'publication'];

let identity: string | null = null;

/**
 * Which program and packs make the answers: "0.1.0+3f2a…". Another identity counts everything anew, for
 * a rule, a lineage or a correction of ours may have changed what stays the same in the database.
 */
export function programIdentity(): string {
  identity ??= `${versionOf()}+${hashOf().slice(0, 16)}`;
  return identity;
}

function versionOf(): string {
  const text = fs.readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function hashOf(): string {
  const code = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const folders = [
    path.join(PROJECT_ROOT, 'packs'),
    path.join(PROJECT_ROOT, 'sql', 'views'),
    ...ROOMS.map((room) => path.join(code, room)),
  ];
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.(ya?ml|sql|js|ts)$/.test(name) || /\.test\.|\.example\./.test(name)) continue;
      hash.update(`${name}\n`).update(fs.readFileSync(path.join(folder, name)));
    }
  }
  return hash.digest('hex');
}
