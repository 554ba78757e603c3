export { answerFor } from './answer-for.js';
export { atSnapshot } from './at-snapshot.js';
export {
  canonicalJson,
  chained,
  digestOf,
  genesisOf,
  instantSql,
  localTimeSql,
  midnightSql,
  instantText,
  payloadDigestOf,
  redactableText,
  sha256,
} from './audit/digest.js';
export type { AuditFields } from './audit/digest.js';
export { entriesAppended } from './audit/append.js';
export { READING_PATTERN, audit, isReading } from './audit/entry.js';
export type { AuditEntry } from './audit/entry.js';
export { redactEntry } from './audit/redact.js';
export type { RedactInput, Redaction } from './audit/redact.js';
export { LOCKS } from './locks.js';
export { bulkInsert, columnTypes, copyInto } from './bulk-insert.js';
export type { BulkRow } from './bulk-insert.js';
export { CopyBuffer } from './copy-buffer.js';
export { dataVersion } from './data-version.js';
export { findInstance, instanceOf, readShared, requireInstance } from './instance.js';
export type { InstanceRow } from './instance.js';
export {
  enqueueJob,
  moveJobs,
  openJobsOf,
  readJob,
  requeueJob,
  runJobs,
  runNextJob,
} from './job-queue.js';
export type { Job, JobHandler, JobState } from './job-queue.js';
export { takeLock } from './launcher/lock.js';
export type { Lock } from './launcher/lock.js';
export { expectLoad, isNewDataDir, maintain, openStore } from './open-store.js';
export type { OpenOptions } from './open-store.js';
export { actingBy, grantsOf, may, notPermitted, permissionsOf, scopesFor } from './permissions.js';
export type { Action, Answer, Grant, OnBehalfOf, Permission } from './permissions.js';
export { openPublicStore } from './open-public-store.js';
export type { OpenPublicOptions, PublicQueryer, PublicStore } from './open-public-store.js';
export { refuseOpenFile } from './private-file.js';
export { PROJECT_ROOT } from './project-root.js';
export { answeredBy, runCommand } from './run-command.js';
export type { CommandCall } from './run-command.js';
export { problemOfSql } from './sql-problems.js';
export { SYSTEM_ACTOR, SYSTEM_ACTOR_ID } from './system-actor.js';
export type { Database } from './tables.js';
export type { Actor, HowOpened, OnProgress, Rows, Store, Tx } from './types.js';
export { asReader } from './ways.js';
export {
  currentHash,
  findByHash,
  holdKey,
  matchHash,
  openToken,
  seal,
  sealToken,
} from './vault/seal.js';
export { sealWith, unseal } from './vault/seal.js';
export type { KeyPlace, Sealed } from './vault/seal.js';
export { dropKey, keyStatus, rotateKeys } from './vault/rotate.js';
export type { KeyStatus, Rotation, SealedTable } from './vault/rotate.js';
export type { RingKey } from './vault/key-ring.js';
export {
  inspectedBy,
  widenScope,
  withActor,
  withInstallationReach,
  withWiderScope,
} from './with-actor.js';
export type { WithActorOptions } from './with-actor.js';
