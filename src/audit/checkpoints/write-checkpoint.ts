import type { Store, Tx } from '../../store/index.js';
import { SYSTEM_ACTOR, instantSql, instantText, withActor } from '../../store/index.js';
import { currentKey, lockCheckpoints } from './keys.js';
import { refuseRewound, rememberSigned } from './last-signed.js';
import { signWith } from './signing-key.js';
import type { Checkpoint, Head } from './statement.js';
import { BEFORE_FIRST, hashOfCheckpoint, rootOf, statementOf } from './statement.js';

/** A checkpoint as the database keeps it; counts come as text, since other clients read it too. */
export const CHECKPOINT_COLUMNS = `c.number::text as number, ${instantSql('c.at')} as at,
  c.instance_id as "instanceId", c.root, c.streams::text as streams, c.entries::text as entries,
  c.previous_hash as "previousHash", c.key_id as "keyId", c.signature`;

export type CheckpointRow = Omit<Checkpoint, 'number' | 'streams' | 'entries'> &
  Record<'number' | 'streams' | 'entries', string>;

export const checkpointOf = (row: CheckpointRow): Checkpoint => ({
  ...row,
  number: Number(row.number),
  streams: Number(row.streams),
  entries: Number(row.entries),
});

const LAST = `select ${CHECKPOINT_COLUMNS} from audit_checkpoints c order by c.number desc limit 1`;

/** Every head, and whether it moved since a checkpoint last named it. One statement, one moment. */
const HEADS = `
  select h.stream, h.seq::text as seq, h.hash,
    c.seq is distinct from h.seq or c.hash is distinct from h.hash as "isChanged"
  from audit_heads h
  left join lateral (
    select k.seq, k.hash from audit_checkpoint_heads k
    where k.stream = h.stream order by k.number desc limit 1
  ) c on true
  order by h.stream`;

/**
 * Signs the heads of all streams as they stand, and answers `null` when nothing was entered since the
 * last time. Two processes take turns, so that the list of checkpoints never forks.
 * @throws Problem `checkpoint-lock-held`, `log-behind-signature`, `signing-key-missing`
 */
export async function writeCheckpoint(
  store: Store,
  patienceMillis?: number,
): Promise<Checkpoint | null> {
  const written = await withActor(store, SYSTEM_ACTOR([]), async (tx) => {
    await lockCheckpoints(tx, patienceMillis);
    await refuseRewound(store.dataDir, (number) => checkpointAt(tx, number));
    const heads = await readHeads(tx);
    const changed = heads.filter((head) => head.isChanged);
    if (changed.length === 0) return null;
    const { rows } = await tx.query<CheckpointRow>(LAST);
    const before = rows[0] && checkpointOf(rows[0]);
    const key = await currentKey(tx, store.dataDir);
    const unsigned = {
      number: (before?.number ?? 0) + 1,
      // Not when the transaction began: it may have waited, and covers what was entered meanwhile.
      at: instantText(store.clock.now()),
      instanceId: await instanceId(tx),
      root: rootOf(heads),
      streams: heads.length,
      entries: heads.reduce((sum, { seq }) => sum + seq, 0),
      previousHash: before ? hashOfCheckpoint(before) : BEFORE_FIRST,
      keyId: key.keyId,
    };
    const checkpoint = { ...unsigned, signature: signWith(key, statementOf(unsigned)) };
    await insertCheckpoint(tx, checkpoint, changed);
    return checkpoint;
  });
  if (written) rememberSigned(store.dataDir, written);
  return written;
}

/** A transaction of the service, or the connection that verifies. */
interface Asking {
  query<R extends object>(sql: string, params: unknown[]): Promise<{ rows: R[] }>;
}

/** One checkpoint by its number. */
export async function checkpointAt(client: Asking, number: number): Promise<Checkpoint | null> {
  const { rows } = await client.query<CheckpointRow>(
    `select ${CHECKPOINT_COLUMNS} from audit_checkpoints c where c.number = $1`,
    [number],
  );
  return rows[0] ? checkpointOf(rows[0]) : null;
}

async function readHeads(tx: Tx): Promise<(Head & { isChanged: boolean })[]> {
  type Row = Omit<Head, 'seq'> & { seq: string; isChanged: boolean };
  const { rows } = await tx.query<Row>(HEADS);
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** `null` for acts before the instance is made. */
async function instanceId(tx: Tx): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>('select instance_id as id from instance');
  return rows[0]?.id ?? null;
}

async function insertCheckpoint(
  tx: Tx,
  checkpoint: Checkpoint,
  changed: readonly Head[],
): Promise<void> {
  const { number, at, instanceId, root, streams, entries, previousHash, keyId, signature } =
    checkpoint;
  await tx.query(
    `insert into audit_checkpoints (number, at, instance_id, root, streams, entries, previous_hash,
       key_id, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [number, at, instanceId, root, streams, entries, previousHash, keyId, signature],
  );
  await tx.query(
    `insert into audit_checkpoint_heads (stream, number, seq, hash)
     select h.stream, $1, h.seq, h.hash
     from unnest($2::text[], $3::bigint[], $4::bytea[]) as h(stream, seq, hash)`,
    [
      number,
      changed.map(({ stream }) => stream),
      changed.map(({ seq }) => seq),
      changed.map(({ hash }) => hash),
    ],
  );
}
