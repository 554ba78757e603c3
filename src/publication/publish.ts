import { scopeOfProvince } from '../areas/index.js';
import { anchorBook } from '../audit/index.js';
import type { PublicDoor, PublicInstance } from '../figures/index.js';
import { figureInputs, publicDoor } from '../figures/index.js';
import { today } from '../kernel/index.js';
import type { OnProgress, Store, Tx } from '../store/index.js';
import {
  LOCKS,
  SYSTEM_ACTOR,
  atSnapshot,
  audit,
  dataVersion,
  instanceOf,
  withActor,
} from '../store/index.js';
import { checksumOf, digestOf } from './edition.js';
import { programIdentity } from './program.js';
import type { MadeShelf } from './project.js';
import { projectCommon, projectRound } from './project.js';
import { FORMAT, roundOfShelf } from './shelves.js';

export interface Published {
  /** The data version that the projections now show. */
  dataVersion: string;
  madeAt: Date;
  digest: string;
  shelves: number;
  /** Shelves that were written or taken away; 0 = the public sees what it saw. */
  changed: number;
}

export interface PublishOptions {
  onProgress?: OnProgress;
  /** Counts every round anew, also those whose rows did not change. */
  isComplete?: boolean;
}

/**
 * Brings the public projections to the present data version, in one transaction: a reader sees the old
 * edition or the new one, never parts of both. Rounds without new rows keep their shelves. One after the
 * other when several ask; what changed for the public is written into the audit log.
 * @throws Problem `instance-missing`
 */
export async function publish(store: Store, options: PublishOptions = {}): Promise<Published> {
  const { provinceCode } = await instanceOf(store);
  const actor = SYSTEM_ACTOR([scopeOfProvince(provinceCode)]);
  return withActor(store, actor, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(${LOCKS.publish})`);
    const before = await readBefore(tx);
    return atSnapshot(store, (frozen) => replace(tx, frozen, before, options));
  });
}

interface Before {
  head: { format: number; program: string; digest: string } | null;
  inputs: ReadonlyMap<number, string>;
  /** Name and checksum of each shelf. */
  shelves: Map<string, string>;
}

async function readBefore(tx: Tx): Promise<Before> {
  const heads = await tx.query<NonNullable<Before['head']>>(
    'select format, program, digest from publication.editions',
  );
  const inputs = await tx.query<{ round: number; fingerprint: string }>(
    'select round, fingerprint from publication.inputs',
  );
  const shelves = await tx.query<{ shelf: string; sha256: string }>(
    'select shelf, sha256 from publication.shelves',
  );
  return {
    head: heads.rows[0] ?? null,
    inputs: new Map(inputs.rows.map((row) => [row.round, row.fingerprint])),
    shelves: new Map(shelves.rows.map((row) => [row.shelf, row.sha256])),
  };
}

async function replace(
  tx: Tx,
  frozen: Store,
  before: Before,
  options: PublishOptions,
): Promise<Published> {
  const door = publicDoor(frozen);
  const instance = await door.instance();
  const inputs = await figureInputs(frozen);
  const isOurs = before.head?.format === FORMAT && before.head.program === programIdentity();
  const isStale = (round: number) =>
    options.isComplete === true || !isOurs || before.inputs.get(round) !== inputs.get(round);
  const shelves = new Map<string, string>();
  let changed = 0;
  const stale = instance.rounds.filter(({ round }) => isStale(round));
  for await (const made of shelvesOf(frozen, door, stale, options.onProgress)) {
    const json = JSON.stringify(made.answers);
    const sum = checksumOf(json);
    shelves.set(made.shelf, sum);
    if (before.shelves.get(made.shelf) === sum) continue;
    changed += 1;
    await writeShelf(tx, made.shelf, json, sum);
  }
  for (const [shelf, sum] of before.shelves) {
    if (shelves.has(shelf)) continue;
    if (isKept(shelf, instance, isStale)) {
      shelves.set(shelf, sum);
      continue;
    }
    changed += 1;
    await tx.query('delete from publication.shelves where shelf = $1', [shelf]);
  }
  const made = {
    dataVersion: await dataVersion(frozen),
    madeAt: tx.now,
    digest: digestOf(shelves),
  };
  await writeHead(tx, instance, made);
  await writeInputs(tx, inputs);
  const published = { ...made, shelves: shelves.size, changed };
  if (made.digest !== before.head?.digest) await enter(tx, published);
  return published;
}

/** A shelf that was not made again because nothing it depends on changed. */
function isKept(
  shelf: string,
  instance: PublicInstance,
  isStale: (round: number) => boolean,
): boolean {
  const round = roundOfShelf(shelf);
  return instance.rounds.some((one) => one.round === round && !isStale(round));
}

async function* shelvesOf(
  frozen: Store,
  door: PublicDoor,
  stale: PublicInstance['rounds'],
  onProgress?: OnProgress,
): AsyncGenerator<MadeShelf> {
  yield* projectCommon(door, anchorBook(frozen), today(frozen.clock));
  for (const [index, round] of stale.entries()) {
    onProgress?.(`Lập bản công khai: đợt ${round.round}`, index / stale.length);
    yield* projectRound(door, round);
  }
}

const writeShelf = (tx: Tx, shelf: string, json: string, sum: string) =>
  tx.query(
    `insert into publication.shelves (shelf, answers, sha256) values ($1, $2, $3)
     on conflict (shelf) do update set answers = excluded.answers, sha256 = excluded.sha256`,
    [shelf, json, sum],
  );

async function writeHead(
  tx: Tx,
  { kind, provinceCode }: PublicInstance,
  made: Pick<Published, 'dataVersion' | 'madeAt' | 'digest'>,
): Promise<void> {
  await tx.query(
    `insert into publication.editions
       (format, kind, province_code, program, data_version, made_at, digest)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (only_row) do update set format = excluded.format, kind = excluded.kind,
       province_code = excluded.province_code, program = excluded.program,
       data_version = excluded.data_version, made_at = excluded.made_at, digest = excluded.digest`,
    [FORMAT, kind, provinceCode, programIdentity(), made.dataVersion, made.madeAt, made.digest],
  );
}

async function writeInputs(tx: Tx, inputs: ReadonlyMap<number, string>): Promise<void> {
  await tx.query('delete from publication.inputs');
  await tx.query(
    `insert into publication.inputs (round, fingerprint)
     select * from unnest($1::integer[], $2::text[])`,
    [[...inputs.keys()], [...inputs.values()]],
  );
}

const enter = (tx: Tx, { digest, dataVersion: version, shelves, changed }: Published) =>
  audit(tx, {
    action: 'publication.publish',
    subjectKind: 'publication',
    subjectId: digest,
    payload: { dataVersion: version, shelves, changed, program: programIdentity() },
  });
