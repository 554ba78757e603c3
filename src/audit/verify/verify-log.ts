import type pg from 'pg';
import type { Store } from '../../store/index.js';
import { asReader } from '../../store/index.js';
import type { Anchor } from '../anchors/anchor.js';
import { isStanding, readLastSigned } from '../checkpoints/last-signed.js';
import { checkpointAt } from '../checkpoints/write-checkpoint.js';
import { checkCheckpoints } from './check-checkpoints.js';
import { checkHeads } from './check-heads.js';
import { checkKeys } from './check-keys.js';
import type { Break, VerifyReport } from './report.js';
import { breakAt } from './report.js';
import { walkEntries } from './walk-entries.js';

/**
 * Adds up the whole audit log again, at one moment and without holding up anybody, as somebody who may
 * read every entry. Memory does not grow with the log, only with the number of streams.
 * @throws Problem `reader-needed`
 */
export function verifyLog(store: Store, anchors: readonly Anchor[] = []): Promise<VerifyReport> {
  return asReader(store, async (client) => {
    await client.query('begin transaction isolation level repeatable read read only');
    // A cursor that is read to its end: plan for all of it, not for the first rows.
    await client.query('set local cursor_tuple_fraction = 1');
    try {
      return await verify(client, anchors, store.dataDir);
    } finally {
      await client.query('rollback').catch(() => undefined);
    }
  });
}

async function verify(
  client: pg.ClientBase,
  anchors: readonly Anchor[],
  dataDir: string,
): Promise<VerifyReport> {
  const begun = performance.now();
  const walked = await walkEntries(client);
  const seconds = (performance.now() - begun) / 1000;
  const { broken, notYetSigned } = await checkHeads(client, walked.ends);
  const keys = await checkKeys(client);
  const signed = await checkCheckpoints(client, keys.keys, anchors);
  const ofEntries = broken.sort(byTime);
  const all = [
    ...ofEntries,
    ...[keys.broken, signed.broken].filter((one) => one !== null),
    ...signed.anchorBreaks,
    ...(await checkLastSigned(client, dataDir)),
  ];
  return {
    ok: all.length === 0,
    entries: walked.entries,
    streams: walked.ends.size,
    redacted: walked.redacted,
    checkpoints: signed.checkpoints,
    notYetSigned,
    keys: keys.keys.size,
    keysOnTheirOwn: keys.keysOnTheirOwn,
    anchors: signed.anchors,
    first: all[0] ?? null,
    broken: all,
    seconds: Number(seconds.toFixed(3)),
    entriesPerSecond: Math.round(walked.entries / Math.max(seconds, 0.001)),
  };
}

/** Against what this machine remembers of its own last signature, when it is the one that signs. */
async function checkLastSigned(client: pg.ClientBase, dataDir: string): Promise<Break[]> {
  const last = readLastSigned(dataDir);
  if (!last || (await isStanding(last, (number) => checkpointAt(client, number)))) return [];
  const what = `Mốc số ${last.number} đã ký ở máy này không còn: nhật ký đã bị lùi lại hoặc viết lại.`;
  return [breakAt('signed-checkpoint-gone', what, { checkpoint: last.number })];
}

/** What is gone has no time of its own and comes last. */
const byTime = (a: Break, b: Break): number => {
  const [x, y] = [a.recordedAt ?? '9999', b.recordedAt ?? '9999'];
  return x < y ? -1 : +(x > y);
};
