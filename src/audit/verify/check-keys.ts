import type pg from 'pg';
import { KEYS } from '../checkpoints/keys.js';
import type { KeyRecord } from '../checkpoints/signing-key.js';
import { keyIdOf, keyStatement } from '../checkpoints/signing-key.js';
import { isSigned } from '../checkpoints/statement.js';
import type { Break } from './report.js';
import { breakAt } from './report.js';

export interface CheckedKeys {
  keys: Map<string, KeyRecord>;
  keysOnTheirOwn: string[];
  broken: Break | null;
}

/** Every key is vouched for by the one before it; one that is not, stands on its own and is named. */
export async function checkKeys(client: pg.ClientBase): Promise<CheckedKeys> {
  const { rows } = await client.query<KeyRecord>(KEYS);
  const keys = new Map(rows.map((row) => [row.keyId, row]));
  const keysOnTheirOwn: string[] = [];
  let broken: Break | null = null;
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    const by = row.signedBy === before?.keyId ? before : row;
    const isGenuine =
      row.keyNumber === index + 1 &&
      keyIdOf(row.publicKey) === row.keyId &&
      row.signedBy === by.keyId &&
      isSigned(keyStatement(row), row.signature, by.publicKey);
    if (!isGenuine) {
      broken ??= breakAt(
        'key-not-signed',
        `Khóa ký ${row.keyId} không được khóa trước nó xác nhận.`,
        { recordedAt: row.createdAt },
      );
    }
    if (index > 0 && by === row) keysOnTheirOwn.push(row.keyId);
  }
  return { keys, keysOnTheirOwn, broken };
}
