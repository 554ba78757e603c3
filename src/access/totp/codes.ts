import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every app knows it: SHA-1, six digits, thirty seconds, a secret of 160 bits. */
const STEP_SECONDS = 30;
/** A clock that is half a minute off still works. */
const WINDOW = 1;

export const newSecret = (): string =>
  new Secret({ buffer: Uint8Array.from(randomBytes(20)).buffer }).base32;

/** The time step of an instant. */
export const stepAt = (instant: Date): number =>
  Math.floor(instant.getTime() / 1000 / STEP_SECONDS);

/** "123 456" as it was typed, with full-width digits and spaces; empty for what is no code. */
export function tidyCode(text: string): string {
  const digits = text.normalize('NFKC').replace(/[\s\-.]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : '';
}

/** The time step whose code this is, now or one step beside; `null` for a wrong code. */
export function stepOfCode(secret: string, text: string, now: Date): number | null {
  const token = tidyCode(text);
  if (token === '') return null;
  const delta = totp(secret).validate({ token, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : stepAt(now) + delta;
}

/** The code of an instant, for the page of a demonstration and for tests. */
export const codeAt = (secret: string, now: Date): string =>
  totp(secret).generate({ timestamp: now.getTime() });

/** What the QR code says to the app. `issuer` and `account` are shown there. */
export function otpauthUri(secret: string, issuer: string, account: string): string {
  return totp(secret, issuer, account).toString();
}

/** In groups of four, for typing it in by hand. */
export const spacedSecret = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(' ');

const totp = (secret: string, issuer = '', label = ''): TOTP =>
  new TOTP({
    // The issuer once: each letter with marks makes the picture denser and harder to scan.
    ...{ issuer, label, issuerInLabel: false },
    ...{ algorithm: 'SHA1', digits: 6, period: STEP_SECONDS },
    secret: Secret.fromBase32(secret),
  });
