import { createHash, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

/** A key pair with its certificate, made for one test. */
export interface Identity {
  certificate: pkijs.Certificate;
  keys: webcrypto.CryptoKeyPair;
}

export interface CertificateOptions {
  name: string;
  organisation?: string;
  from?: string;
  to?: string;
  /** Signed by itself when absent. */
  issuer?: Identity;
  isAuthority?: boolean;
  algorithm?: 'rsa' | 'ecdsa';
}

let serial = 1;

const keysOf = (algorithm: 'rsa' | 'ecdsa'): Promise<webcrypto.CryptoKeyPair> =>
  algorithm === 'ecdsa'
    ? webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    : webcrypto.subtle.generateKey(
        {
          ...{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048 },
          publicExponent: new Uint8Array([1, 0, 1]),
        },
        true,
        ['sign', 'verify'],
      );

const named = (type: string, value: string) =>
  new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) });

/** A certificate as an authority would give it out. */
export async function makeIdentity(options: CertificateOptions): Promise<Identity> {
  const { name, organisation, issuer, isAuthority = false, algorithm = 'ecdsa' } = options;
  const keys = await keysOf(algorithm);
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: serial++ });
  certificate.subject.typesAndValues.push(named('2.5.4.3', name));
  if (organisation) certificate.subject.typesAndValues.push(named('2.5.4.10', organisation));
  certificate.issuer.typesAndValues.push(
    ...(issuer?.certificate.subject ?? certificate.subject).typesAndValues,
  );
  certificate.notBefore.value = new Date(options.from ?? '2025-01-01T00:00:00Z');
  certificate.notAfter.value = new Date(options.to ?? '2028-01-01T00:00:00Z');
  const basic = new pkijs.BasicConstraints({ cA: isAuthority });
  certificate.extensions = [
    new pkijs.Extension({
      ...{ extnID: '2.5.29.19', critical: true, extnValue: basic.toSchema().toBER() },
      parsedValue: basic,
    }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign((issuer?.keys ?? keys).privateKey, 'SHA-256');
  return { certificate: pkijs.Certificate.fromBER(certificate.toSchema().toBER()), keys };
}

/** The certificate as a PEM file. */
export function pemOf({ certificate }: Identity): string {
  const base64 = Buffer.from(certificate.toSchema().toBER()).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** A one-page PDF with objects as a test wants them beside it. */
export function plainPdf(...extra: string[]): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ...extra,
  ];
  return pdfOf(objects, '');
}

function pdfOf(objects: readonly string[], trailer: string): Buffer {
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = objects.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) text += `${String(at).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

export const encryptedPdf = (): Buffer =>
  pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R >>',
      '<< /Filter /Standard /V 2 /R 3 >>',
    ],
    '/Encrypt 4 0 R',
  );

export interface SignOptions {
  signedAt?: string | null;
  /** Further certificates carried along: those between the signer's and the root. */
  between?: readonly Identity[];
  /** Signs this digest instead of the right one. */
  digest?: Buffer;
  /** Carries content inside the signature, which a PDF signature never does. */
  embedded?: Buffer;
  /** The certificate that the signed attributes name; the signer's own unless given. */
  names?: Identity;
  subFilter?: string;
}

const ROOM = 8_192;

/** Signs a PDF as an office program does: an incremental update whose bytes the signature covers. */
export async function signPdf(
  file: Buffer,
  signer: Identity,
  options: SignOptions = {},
): Promise<Buffer> {
  const { subFilter = 'adbe.pkcs7.detached', signedAt = '2025-12-12T02:30:00Z' } = options;
  const number = 100 + file.length;
  const head = `\n${number} 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange `;
  const range = '[0 0000000000 0000000000 0000000000]';
  const contents = `<${'0'.repeat(2 * ROOM)}>`;
  const tail = ` >>\nendobj\ntrailer\n<< /Size ${number + 1} /Root 1 0 R /Prev 0 >>\nstartxref\n0\n%%EOF\n`;
  const start = file.length + head.length + range.length + ' /Contents '.length;
  const end = start + contents.length;
  const numbers = [start, end, tail.length].map((n) => String(n).padStart(10, '0'));
  const update = `${head}[0 ${numbers.join(' ')}] /Contents ${contents}${tail}`;
  const whole = Buffer.concat([file, Buffer.from(update, 'latin1')]);
  const data = Buffer.concat([whole.subarray(0, start), whole.subarray(end)]);
  const cms = await signatureOf(data, signer, { ...options, signedAt });
  whole.write(cms.toString('hex'), start + 1, 'latin1');
  return whole;
}

async function signatureOf(data: Buffer, signer: Identity, options: SignOptions): Promise<Buffer> {
  const digest = options.digest ?? createHash('sha256').update(data).digest();
  const certificate = (options.names ?? signer).certificate;
  const named = createHash('sha256').update(Buffer.from(certificate.toSchema().toBER())).digest();
  const attribute = (type: string, value: unknown) =>
    new pkijs.Attribute({ type, values: [value] });
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: DATA })),
    attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: digest })),
    attribute('1.2.840.113549.1.9.16.2.47', signingCertificate(named)),
  ];
  if (options.signedAt) {
    const valueDate = new Date(options.signedAt);
    attributes.push(attribute('1.2.840.113549.1.9.5', new asn1js.UTCTime({ valueDate })));
  }
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: DATA,
      ...(options.embedded && {
        eContent: new asn1js.OctetString({ valueHex: options.embedded }),
      }),
    }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({
          issuer: signer.certificate.issuer,
          serialNumber: signer.certificate.serialNumber,
        }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: [signer, ...(options.between ?? [])].map((one) => one.certificate),
  });
  await signed.sign(signer.keys.privateKey, 0, 'SHA-256');
  const content = new pkijs.ContentInfo({
    contentType: '1.2.840.113549.1.7.2',
    content: signed.toSchema(true),
  });
  return Buffer.from(content.toSchema().toBER());
}

const DATA = '1.2.840.113549.1.7.1';

/** SigningCertificateV2 with the usual hash. */
const signingCertificate = (hash: Buffer) => {
  const identifier = new asn1js.Sequence({ value: [new asn1js.OctetString({ valueHex: hash })] });
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [identifier] })] });
};
