import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs';
import type { Attribute, SignerInfo } from 'pkijs';
import { chainOf, factsOf, signerOf } from './certificate.js';
import type { SignatureInFile } from './find-signatures.js';
import { coversAllButItself, isoOfPdfDate } from './find-signatures.js';
import type { SignatureCheck } from './types.js';

/** Signatures over the bytes of the file; others (a time stamp alone, ancient kinds) are not checked. */
const KNOWN = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached']);
const LARGEST = 2 * 1024 * 1024;

const OID = {
  data: '1.2.840.113549.1.7.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  certificateV1: '1.2.840.113549.1.9.16.2.12',
  certificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

type Found = Omit<SignatureCheck, 'coverage'>;

/** Checks one signature against the bytes of its file; never throws for what the file holds. */
export async function checkSignature(
  file: Buffer,
  signature: SignatureInFile,
  roots: readonly Certificate[],
): Promise<Found> {
  const blank: Found = {
    ...{
      signer: null,
      digest: null,
      certificate: null,
      chain: roots.length > 0 ? 'untrusted' : 'no-roots',
    },
    ...{ signedAt: isoOfPdfDate(signature.date), integrity: 'not-checkable' },
  };
  if (!coversAllButItself(signature, file.length)) return { ...blank, integrity: 'range-wrong' };
  if (!KNOWN.has(signature.subFilter ?? '')) return blank;
  const opened = open(signature.contents.bytes);
  if (!opened) return blank;
  const { signedData, signerInfo, certificate, others } = opened;
  const signedAt = signingTime(signerInfo) ?? blank.signedAt;
  const at = signedAt === null ? certificate.notBefore.value : new Date(signedAt);
  return {
    signer: signerOf(certificate),
    signedAt,
    digest: HASHES[signerInfo.digestAlgorithm.algorithmId] ?? null,
    integrity: await integrityOf(partsSigned(file, signature), signedData, signerInfo, certificate),
    certificate: factsOf(certificate, signedAt),
    chain: await chainOf(certificate, others, roots, at),
  };
}

/** The two stretches of the file, where they lie: a signed scan is large. */
const partsSigned = (
  file: Buffer,
  { ranges: [from, length, next, rest] }: SignatureInFile,
): Buffer[] => [file.subarray(from, from + length), file.subarray(next, next + rest)];

/** In one piece, as the library asks for it: a single copy, in a buffer of its own. */
function joined(parts: readonly Buffer[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}

interface Opened {
  signedData: SignedData;
  signerInfo: SignerInfo;
  certificate: Certificate;
  others: Certificate[];
}

/** The one signer and the certificate it names; `null` for anything else. */
function open(padded: Buffer): Opened | null {
  if (padded.length > LARGEST) return null;
  try {
    const content = ContentInfo.fromBER(withoutPadding(padded));
    const signedData = new SignedData({ schema: content.content as asn1js.Sequence });
    // What is signed are the bytes of the file, never something that the signature brings along.
    if (signedData.encapContentInfo.eContent || signedData.signerInfos.length !== 1) return null;
    const signerInfo = signedData.signerInfos[0]!;
    const others = (signedData.certificates ?? []).filter((one) => one instanceof Certificate);
    const { sid } = signerInfo as { sid: unknown };
    const certificate = others.find(
      (one) =>
        sid instanceof IssuerAndSerialNumber &&
        one.issuer.isEqual(sid.issuer) &&
        one.serialNumber.isEqual(sid.serialNumber),
    );
    return certificate ? { signedData, signerInfo, certificate, others } : null;
  } catch {
    return null;
  }
}

/** The place for a signature is larger than the signature; zeros fill it up. */
function withoutPadding(padded: Buffer): Buffer {
  const first = padded[1] ?? 0;
  if (first < 0x80) return padded.subarray(0, 2 + first);
  const digits = first & 0x7f;
  // 0x80: a length that is not told; the reader finds the end itself.
  if (digits === 0 || digits > 4) return padded;
  return padded.subarray(0, 2 + digits + padded.readUIntBE(2, digits));
}

async function integrityOf(
  parts: readonly Buffer[],
  signedData: SignedData,
  signerInfo: SignerInfo,
  certificate: Certificate,
): Promise<SignatureCheck['integrity']> {
  const hash = HASHES[signerInfo.digestAlgorithm.algorithmId];
  const digests = valuesOf(signerInfo, OID.messageDigest);
  const types = valuesOf(signerInfo, OID.contentType);
  if (hash === undefined || digests.length !== 1 || types.length !== 1) return 'not-checkable';
  const [digest, type] = [digests[0], types[0]];
  if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== OID.data) {
    return 'not-checkable';
  }
  const hashing = createHash(hash);
  for (const part of parts) hashing.update(part);
  const own = hashing.digest();
  if (!(digest instanceof asn1js.OctetString) || !own.equals(viewOf(digest))) {
    return 'digest-differs';
  }
  if (!namesCertificate(signerInfo, certificate)) return 'value-differs';
  try {
    const isRight = await signedData.verify({ signer: 0, data: joined(parts) });
    return isRight ? 'intact' : 'value-differs';
  } catch {
    return 'not-checkable';
  }
}

const viewOf = ({ valueBlock }: asn1js.OctetString): Buffer => Buffer.from(valueBlock.valueHexView);

function valuesOf({ signedAttrs }: SignerInfo, type: string): unknown[] {
  const attributes: Attribute[] = signedAttrs?.attributes ?? [];
  return attributes.filter((one) => one.type === type).flatMap((one) => one.values as unknown[]);
}

function signingTime(signerInfo: SignerInfo): string | null {
  const [time] = valuesOf(signerInfo, OID.signingTime);
  const isTime = time instanceof asn1js.UTCTime || time instanceof asn1js.GeneralizedTime;
  const date = isTime ? time.toDate() : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}

/**
 * Where the signed attributes name the certificate by its hash (as PAdES demands), it is the one beside
 * the signature: otherwise another certificate of the same key could be put in its place.
 */
function namesCertificate(signerInfo: SignerInfo, certificate: Certificate): boolean {
  const encoded = Buffer.from(certificate.toSchema().toBER());
  return [OID.certificateV1, OID.certificateV2].every((type) =>
    valuesOf(signerInfo, type).every((value) => {
      const named = firstCertificate(value, type === OID.certificateV1 ? 'sha1' : 'sha256');
      return named?.hash.equals(createHash(named.algorithm).update(encoded).digest()) ?? false;
    }),
  );
}

/** SigningCertificate(V2) → certs → the first ESSCertID: [algorithm], hash, … */
function firstCertificate(
  value: unknown,
  usual: string,
): { algorithm: string; hash: Buffer } | null {
  const identifier = partsOf(partsOf(value)[0])[0];
  const parts = partsOf(identifier);
  const own = partsOf(parts[0])[0];
  const algorithm =
    own instanceof asn1js.ObjectIdentifier ? HASHES[own.valueBlock.toString()] : usual;
  const hash = parts.find((part) => part instanceof asn1js.OctetString);
  return hash && algorithm !== undefined ? { algorithm, hash: viewOf(hash) } : null;
}

const partsOf = (value: unknown): unknown[] =>
  value instanceof asn1js.Sequence ? value.valueBlock.value : [];
