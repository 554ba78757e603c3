import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, told once, to the browser. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const isToken = (text: string | null | undefined): text is string =>
  typeof text === 'string' && TOKEN.test(text);

/** What is kept of a token. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
