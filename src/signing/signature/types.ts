/** What the check of one PDF signature found. Nothing of it is a matter of trust in whoever uploads. */
export interface SignatureCheck {
  /** `null` when the signature could not be read so far. */
  signer: SignerName | null;
  /** As the signer's own machine wrote it, ISO; `null` = not stated. */
  signedAt: string | null;
  /**
   * intact = digest and signature value are those of the bytes covered · digest-differs = the bytes are
   * others · value-differs = not made with the key of the certificate · range-wrong = the signature does
   * not cover what it must · not-checkable = of a kind this program does not know
   */
  integrity: 'intact' | 'digest-differs' | 'value-differs' | 'range-wrong' | 'not-checkable';
  /** How the bytes were digested: `sha256`; `null` when the signature could not be read so far. */
  digest: string | null;
  /** whole = to the last byte · signed-over = a later intact signature covers the rest · followed */
  coverage: 'whole' | 'signed-over' | 'followed';
  certificate: CertificateFacts | null;
  /** Against the roots of this installation alone; `no-roots` = it has none. */
  chain: 'trusted' | 'untrusted' | 'no-roots';
}

export interface SignerName {
  name: string;
  organisation: string | null;
}

export interface CertificateFacts {
  issuer: string;
  serial: string;
  validFrom: string;
  validTo: string;
  /** On the day of signing; `unknown` when no day is stated. */
  whenSigned: 'valid' | 'expired' | 'not-yet' | 'unknown';
}

/** Findings that mean: these are not the bytes that were signed. */
export const isBroken = ({ integrity }: SignatureCheck): boolean =>
  integrity === 'digest-differs' || integrity === 'value-differs' || integrity === 'range-wrong';
