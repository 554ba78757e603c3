import { Problem, isId } from '../kernel/index.js';
import { canonicalJson, sha256 } from './audit/digest.js';
import { audit } from './audit/entry.js';
import type { Permission } from './permissions.js';
import { actingBy } from './permissions.js';
import type { Actor, Store, Tx } from './types.js';
import { readableBy, withActor } from './with-actor.js';

export interface CommandCall {
  actor: Actor;
  /** UUID made with the form, so that sending the form twice does the thing once. */
  commandId: string;
  /** Dotted name of the use case: `import.commit`. */
  name: string;
  /** What the actor must hold, and where it may write; `own` touches the actor's own account alone. */
  permission: Permission | 'own';
  /** Everything the command depends on; the same id with another input is refused. */
  input: unknown;
  reason?: string;
}

interface StoredCommand {
  name: string;
  actor_id: string;
  /** Both `null` for somebody else's command: row security shows its outcome to its actor alone. */
  input_hash: Buffer | null;
  result: unknown;
}

/**
 * Carries out one act of one actor in one transaction and stores its result under the command's id.
 * The same id again answers with the stored result and does nothing; two at the same time wait for
 * each other. The result is what JSON keeps of it, the first time as well as later.
 * @throws Problem `read-only-role` or `not-permitted` when the actor does not hold the permission
 */
export async function runCommand<T>(
  store: Store,
  call: CommandCall,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { commandId, name, input, reason, permission } = call;
  if (!isId(commandId)) {
    throw new Problem('usage', {
      code: 'bad-command-id',
      what: 'Biểu mẫu thiếu mã thao tác hợp lệ.',
      todo: 'Tải lại trang rồi gửi lại.',
    });
  }
  const needed = permission === 'own' ? undefined : permission;
  const actor = needed
    ? actingBy(call.actor, needed)
    : { ...call.actor, onBehalfOf: null, givers: [] };
  const inputHash = sha256(canonicalJson(input));
  return withActor(
    store,
    actor,
    async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1::bigint)', [lockKey(commandId)]);
      const stored = await storedCommand(tx, commandId);
      if (stored) return storedResult<T>(stored, call, inputHash);
      const result = JSON.stringify((await work(tx)) ?? null);
      if (tx.auditEntries.length === 0) {
        const entry = { action: name, subjectKind: 'command', subjectId: commandId };
        await audit(tx, { ...entry, payload: input, reason: reason ?? null });
      }
      const { officeId, givers } = answeredBy(tx);
      await tx.query(
        `insert into commands (command_id, name, actor_id, office_id, recorded_at, on_behalf_of,
           on_behalf_too)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [commandId, name, actor.id, officeId, tx.now, givers[0] ?? null, givers.slice(1)],
      );
      await tx.query(
        `insert into command_outcomes (command_id, actor_id, scope_keys, reason, input_hash, result)
         values ($1, $2, $3, $4, $5, $6)`,
        [commandId, actor.id, readableBy(actor, needed), reason ?? null, inputHash, result],
      );
      return JSON.parse(result) as T;
    },
    { commandId, ...(needed && { permission: needed }) },
  );
}

/**
 * The office that answers for what a transaction does, the first when there are several, and everybody on
 * whose behalf it is done anywhere: who is a maker of one sheet of a file is one of the file.
 */
export function answeredBy({ actor, answers }: Tx): { officeId: string | null; givers: string[] } {
  const own = { officeId: actor.officeId, givers: actor.givers ?? [] };
  const all = answers.length > 0 ? answers : [own];
  const givers = all.flatMap((one) => one.givers.map(({ personId }) => personId));
  return { officeId: all[0]?.officeId ?? null, givers: [...new Set(givers)] };
}

/** 63 bits of the id's hash: two commands share a key once in 10^18, and then only wait. */
function lockKey(commandId: string): string {
  return (sha256(commandId).readBigInt64BE(0) & 0x7fff_ffff_ffff_ffffn).toString();
}

async function storedCommand(tx: Tx, commandId: string): Promise<StoredCommand | undefined> {
  const { rows } = await tx.query<StoredCommand>(
    `select c.name, c.actor_id, o.input_hash, o.result
     from commands c left join command_outcomes o on o.command_id = c.command_id
     where c.command_id = $1`,
    [commandId],
  );
  return rows[0];
}

function storedResult<T>(stored: StoredCommand, call: CommandCall, inputHash: Buffer): T {
  const same =
    stored.name === call.name &&
    stored.actor_id === call.actor.id &&
    stored.input_hash?.equals(inputHash) === true;
  if (same) return stored.result as T;
  throw new Problem('conflict', {
    code: 'command-id-reused',
    what: 'Mã thao tác này đã dùng cho một việc khác.',
    why: 'Trang được gửi lại sau khi nội dung đã thay đổi.',
    todo: 'Tải lại trang rồi gửi lại.',
  });
}
