import type { Kysely } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../kernel/index.js';
import type { SealedEntry } from './audit/entry.js';
import type { Answer, Grant, OnBehalfOf, Permission } from './permissions.js';
import type { Database } from './tables.js';

/** How this process came to its database: see `openStore`. */
export type HowOpened = 'started' | 'adopted' | 'external';

export interface Store {
  /** Directory of the instance: database, secrets, uploaded files. Absolute. */
  readonly dataDir: string;
  /** Connections of the restricted role `thonban_app`; use them through `withActor`. */
  readonly app: Pool;
  readonly clock: Clock;
  readonly how: HowOpened;
  /** Set by `atSnapshot`: every transaction sees this instant, whose data version is known. */
  readonly snapshot?: { readonly id: string; readonly dataVersion: string };
  /**
   * Closes the connections; the last process to leave stops the bundled database. `force` cuts what is
   * still running (its transactions roll back) instead of waiting for it.
   */
  close(options?: { force?: boolean }): Promise<void>;
}

/** Who acts. `scopes` are keys of `place_scopes`; an empty list sees no household. */
export interface Actor {
  /** UUID of the account, or `SYSTEM_ACTOR_ID`. */
  readonly id: string;
  readonly name: string;
  readonly officeId: string | null;
  /** Where this actor may read households. */
  readonly scopes: readonly string[];
  /** What a person may do, and where; `installation` may do everything within its scopes. */
  readonly grants: 'installation' | readonly Grant[];
  /** The role of the grant that an act is done by; set by `actingBy`. */
  readonly role?: string;
  /**
   * On whose behalf the act is done; set by `actingBy`. On an actor who only looks: whose role alone opens
   * households to them.
   */
  readonly onBehalfOf?: OnBehalfOf | null;
  /** All on whose behalf the act is done, when several handed over what allows it; set by `actingBy`. */
  readonly givers?: readonly OnBehalfOf[];
  /** The device they sit at, as it calls itself: for the audit log. */
  readonly device?: string;
  /** The inspection they read for; what they read is hidden from others until its result is public. */
  readonly inspectionId?: string | null;
}

export interface Rows<R> {
  rows: R[];
  rowCount: number;
}

/** One open transaction of one actor. Everything a room does with the database goes through it. */
export interface Tx {
  /**
   * `keptAs` names a statement whose text never changes and that every request asks: each connection plans
   * it once and keeps it. Of a large join, planning costs more than answering.
   */
  query<R = Record<string, unknown>>(
    sql: string,
    params?: unknown[],
    keptAs?: string,
  ): Promise<Rows<R>>;
  readonly db: Kysely<Database>;
  readonly actor: Actor;
  /** The one instant of this transaction; what `recorded_at` gets. */
  readonly now: Date;
  readonly clock: Clock;
  readonly client: PoolClient;
  /** Directory of the instance, where its keys are. */
  readonly dataDir: string;
  /** Id of the command this transaction carries out, `null` for reads. */
  readonly commandId: string | null;
  /** What this transaction acts by; `null` = it looks, by what opens households to the actor. */
  readonly permission: Permission | null;
  /** Who has answered for its acts so far, one for each office and person on whose behalf. */
  readonly answers: Answer[];
  /** What `audit` entered so far, appended at the commit; a command without any gets one of its own. */
  readonly auditEntries: SealedEntry[];
}

/** Called while something long happens; `fraction` 0–1 when known. */
export type OnProgress = (message: string, fraction?: number) => void;
