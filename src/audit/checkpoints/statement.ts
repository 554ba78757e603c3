import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson, sha256 } from '../../store/index.js';

/** The last entry of a stream. */
export interface Head {
  stream: string;
  seq: number;
  hash: Buffer;
}

/** The heads of all streams at one moment, signed; each names the one before it. */
export interface Checkpoint {
  number: number;
  /** UTC with microseconds. */
  at: string;
  instanceId: string | null;
  root: Buffer;
  streams: number;
  /** Entries of all streams together. */
  entries: number;
  previousHash: Buffer;
  keyId: string;
  signature: Buffer;
}

/** What the first checkpoint names as the one before it. */
export const BEFORE_FIRST = sha256('thonban-checkpoint/1');

/** What a checkpoint says of the log, by the names under which it is signed and published. */
export const statedBy = (checkpoint: Omit<Checkpoint, 'signature'>) => ({
  number: checkpoint.number,
  at: checkpoint.at,
  instance: checkpoint.instanceId,
  root: checkpoint.root.toString('hex'),
  streams: checkpoint.streams,
  entries: checkpoint.entries,
  previous: checkpoint.previousHash.toString('hex'),
  key: checkpoint.keyId,
});

/** The text that is signed. */
export const statementOf = (checkpoint: Omit<Checkpoint, 'signature'>): string =>
  canonicalJson({ format: 'thonban-checkpoint/1', ...statedBy(checkpoint) });

export const hashOfCheckpoint = (checkpoint: Omit<Checkpoint, 'signature'>): Buffer =>
  sha256(statementOf(checkpoint));

/** One line of the list that `rootOf` hashes. */
export const headLine = ({ stream, seq, hash }: Head): string =>
  `${JSON.stringify([stream, seq, hash.toString('hex')])}\n`;

/** One hash over all heads, sorted by the name of the stream. */
export function rootOf(heads: readonly Head[]): Buffer {
  const sorted = [...heads].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  return sha256(sorted.map(headLine).join(''));
}

/** `publicKey` is SubjectPublicKeyInfo; one that is no Ed25519 key has signed nothing. */
export function isSigned(statement: string, signature: Buffer, publicKey: Buffer): boolean {
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(statement), key, signature);
  } catch {
    return false;
  }
}
