import type { Certificate, RelativeDistinguishedNames } from 'pkijs';
import { CertificateChainValidationEngine } from 'pkijs';
import type { CertificateFacts, SignatureCheck, SignerName } from './types.js';

const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

/** Parts of a name, invisible characters out: it is shown to people who decide by it. */
function partOf(names: RelativeDistinguishedNames, type: string): string | null {
  const found = names.typesAndValues.filter((one) => one.type === type);
  const text = found.map((one) => String((one.value as StringValue).valueBlock.value)).join(', ');
  const clean = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 200);
  return clean === '' ? null : clean;
}

interface StringValue {
  valueBlock: { value: unknown };
}

export const signerOf = ({ subject }: Certificate): SignerName => ({
  name: partOf(subject, COMMON_NAME) ?? 'không rõ tên',
  organisation: partOf(subject, ORGANISATION),
});

export function factsOf(certificate: Certificate, signedAt: string | null): CertificateFacts {
  const [from, to] = [certificate.notBefore.value, certificate.notAfter.value];
  return {
    issuer: partOf(certificate.issuer, COMMON_NAME) ?? 'không rõ đơn vị',
    serial: Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex'),
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    whenSigned: whenSigned(from, to, signedAt),
  };
}

function whenSigned(from: Date, to: Date, at: string | null): CertificateFacts['whenSigned'] {
  if (at === null) return 'unknown';
  const instant = new Date(at);
  if (instant < from) return 'not-yet';
  return instant > to ? 'expired' : 'valid';
}

/**
 * Is there a chain from this certificate to one of the roots, as of the day of signing? Withdrawn
 * certificates are not asked for: that needs the network of whoever issued them.
 */
export async function chainOf(
  certificate: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  checkDate: Date,
): Promise<SignatureCheck['chain']> {
  if (roots.length === 0) return 'no-roots';
  const certs = [...others.filter((other) => other !== certificate), certificate];
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [...roots],
    certs,
    checkDate,
  });
  try {
    const { result } = await engine.verify({ passedWhenNotRevValues: true });
    return result ? 'trusted' : 'untrusted';
  } catch {
    return 'untrusted';
  }
}
