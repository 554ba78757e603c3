import type { KeyPlace, SealedTable, Tx } from '../../store/index.js';
import { seal, sealWith, unseal } from '../../store/index.js';
import { recoveryHash, tidyRecoveryCode } from './recovery-codes.js';
import { stepOfCode } from './codes.js';

/** Known to everybody: codes of the approving accounts of a demonstration are made of it. */
export const DEMO_SECRET = 'THONBANMOPHONGTHONBANMOPHONGTHON';

interface TotpRow {
  account_id: string;
  key_id: string;
  ciphertext: Buffer;
}

const contextOf = (accountId: string): string => `account_totp/${accountId}`;

const openRow = (place: KeyPlace, row: TotpRow): string =>
  unseal(place, { keyId: row.key_id, ciphertext: row.ciphertext }, contextOf(row.account_id));

export async function findSecret(tx: Tx, accountId: string): Promise<string | null> {
  const { rows } = await tx.query<TotpRow>(
    'select account_id, key_id, ciphertext from account_totp where account_id = $1',
    [accountId],
  );
  return rows[0] ? openRow(tx, rows[0]) : null;
}

/** `step`: the step of the code that confirmed it, which is thereby used. */
export async function insertSecret(
  tx: Tx,
  accountId: string,
  secret: string,
  step: number,
): Promise<void> {
  const { keyId, ciphertext } = await seal(tx, secret, contextOf(accountId));
  await tx.query(
    `insert into account_totp (account_id, key_id, ciphertext, last_step, confirmed_at)
     values ($1, $2, $3, $4, $5)`,
    [accountId, keyId, ciphertext, step, tx.now],
  );
}

/** Is this a code of the app, not used before? It is used now. */
export async function useAppCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const secret = await findSecret(tx, accountId);
  const step = secret === null ? null : stepOfCode(secret, code, tx.now);
  if (step === null) return false;
  const { rowCount } = await tx.query(
    'update account_totp set last_step = $2 where account_id = $1 and last_step < $2',
    [accountId, step],
  );
  return rowCount === 1;
}

/** Is this a recovery code, not used before? It is used now. */
export async function useRecoveryCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
  if (tidyRecoveryCode(code) === '') return false;
  const { rowCount } = await tx.query(
    `update account_recovery_codes set used_at = $3
     where account_id = $1 and code_hash = $2 and used_at is null`,
    [accountId, recoveryHash(accountId, code), tx.now],
  );
  return rowCount === 1;
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
  const { rows } = await tx.query<{ left: number }>(
    `select count(*)::int as left from account_recovery_codes
     where account_id = $1 and used_at is null`,
    [accountId],
  );
  return rows[0]?.left ?? 0;
}

/** New codes take the place of all earlier ones. */
export async function replaceRecoveryCodes(
  tx: Tx,
  accountId: string,
  codes: readonly string[],
): Promise<void> {
  await tx.query('delete from account_recovery_codes where account_id = $1', [accountId]);
  await tx.query(
    `insert into account_recovery_codes (account_id, code_hash, made_at)
     select $1, hash, $3 from unnest($2::bytea[]) as hash`,
    [accountId, codes.map((code) => recoveryHash(accountId, code)), tx.now],
  );
}

/** The app is forgotten, and its recovery codes with it. `false` when there was none. */
export async function deleteSecret(tx: Tx, accountId: string): Promise<boolean> {
  await tx.query('delete from account_recovery_codes where account_id = $1', [accountId]);
  const { rowCount } = await tx.query('delete from account_totp where account_id = $1', [
    accountId,
  ]);
  return rowCount === 1;
}

/** Secrets of authenticator apps, for `thonban keys`. */
export const SEALED_TOTP: SealedTable = {
  name: 'account_totp',
  label: 'Khóa ứng dụng xác thực',
  count: async (tx) => {
    const { rows } = await tx.query<{ keyId: string; rows: number }>(
      'select key_id as "keyId", count(*)::int as rows from account_totp group by key_id',
    );
    return rows;
  },
  reseal: async (tx, key, from, limit) => {
    const { rows } = await tx.query<TotpRow>(
      `select account_id, key_id, ciphertext from account_totp
       where key_id = any ($1::text[]) limit $2`,
      [from, limit],
    );
    for (const row of rows) {
      const { ciphertext } = sealWith(key, openRow(tx, row), contextOf(row.account_id));
      await tx.query(
        `update account_totp set key_id = $2, ciphertext = $3
         where account_id = $1 and key_id = $4 and ciphertext = $5`,
        [row.account_id, key.id, ciphertext, row.key_id, row.ciphertext],
      );
    }
    return rows.length;
  },
};
