import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '../../test/support/signed-pdf.js';
import { encryptedPdf, makeIdentity, plainPdf, signPdf } from '../../test/support/signed-pdf.js';
import { readObjects } from './pdf/objects.js';
import { isBroken, readSignedFile, rememberCheck, signatureText } from './index.js';

let root: Identity;
let between: Identity;
let chair: Identity;

beforeAll(async () => {
  root = await makeIdentity({ name: 'Gốc thử', isAuthority: true });
  between = await makeIdentity({ name: 'Trung gian thử', isAuthority: true, issuer: root });
  chair = await makeIdentity({ name: 'Hoàng Thị Mẫu', organisation: 'UBND xã', issuer: between });
});

const roots = () => [root.certificate];
const check = async (file: Buffer, trusted = roots()) => (await readSignedFile(file, trusted))[0]!;
const signed = (options = {}, file = plainPdf()) =>
  signPdf(file, chair, { between: [between], ...options });

/** Changes the byte where this text stands. */
function changed(file: Buffer, text: string): Buffer {
  const copy = Buffer.from(file);
  const at = copy.indexOf(text, 0, 'latin1');
  if (at < 0) throw new Error(`no "${text}" in the file`);
  copy[at] = copy[at]! ^ 1;
  return copy;
}

describe('a right signature', () => {
  test.each(['rsa', 'ecdsa'] as const)(
    'by %s is intact, whole, valid and trusted',
    async (kind) => {
      const signer = await makeIdentity({
        ...{ name: 'Hoàng Thị Mẫu', organisation: 'UBND xã', issuer: between, algorithm: kind },
      });
      const file = await signPdf(plainPdf(), signer, { between: [between] });
      expect(await check(file)).toMatchObject({
        signer: { name: 'Hoàng Thị Mẫu', organisation: 'UBND xã' },
        signedAt: '2025-12-12T02:30:00.000Z',
        ...{ integrity: 'intact', coverage: 'whole', chain: 'trusted' },
        certificate: { issuer: 'Trung gian thử', whenSigned: 'valid' },
      });
    },
  );

  test('is told in plain words, what is not known included', async () => {
    const text = signatureText(await check(await signed(), []));
    expect(text.tone).toBe('careful');
    expect(text.headline).toBe(
      'Chữ ký số của Hoàng Thị Mẫu, UBND xã, ký lúc 09:30 ngày 12/12/2025 theo máy của người ký',
    );
    expect(text.facts.at(-1)).toMatch(/^Chưa kiểm tra chuỗi chứng thư/);
    const good = await check(await signed());
    expect(signatureText(good).tone).toBe('good');
    const endless = { ...good.certificate!, validTo: '9999-12-31T23:59:59.000Z' };
    expect(signatureText({ ...good, certificate: endless }).facts.join()).toContain(
      '–không thời hạn: còn hiệu lực',
    );
    const old = signatureText({ ...good, digest: 'sha1' });
    expect(old.tone).toBe('careful');
    expect(old.facts.join()).toContain('SHA-1');
  });

  test('is not trusted by a root that did not give it, nor by one it brings along', async () => {
    const stranger = await makeIdentity({ name: 'Gốc lạ', isAuthority: true });
    expect((await check(await signed(), [stranger.certificate])).chain).toBe('untrusted');
    const own = await makeIdentity({ name: 'Tự ký' });
    const file = await signPdf(plainPdf(), own, { between: [root] });
    expect(await check(file)).toMatchObject({ integrity: 'intact', chain: 'untrusted' });
  });

  test('of somebody whose certificate may give out none is not trusted', async () => {
    const clerk = await makeIdentity({ name: 'Văn thư', issuer: root });
    const forged = await makeIdentity({ name: 'Chủ tịch', issuer: clerk });
    const file = await signPdf(plainPdf(), forged, { between: [clerk] });
    expect((await check(file)).chain).toBe('untrusted');
  });

  test('under a second one stays right, and the second covers the rest', async () => {
    const clerk = await makeIdentity({ name: 'Văn thư', issuer: root });
    const file = await signPdf(await signed(), clerk);
    const found = await readSignedFile(file, roots());
    expect(found.map(({ integrity, coverage }) => [integrity, coverage])).toEqual([
      ['intact', 'signed-over'],
      ['intact', 'whole'],
    ]);
  });
});

describe('a wrong signature is found', () => {
  test('when one byte of the document is another', async () => {
    const found = await check(changed(await signed(), '595'));
    expect(found.integrity).toBe('digest-differs');
    expect(isBroken(found)).toBe(true);
    expect(signatureText(found)).toMatchObject({ tone: 'bad' });
  });

  test('when the digest in it is that of something else', async () => {
    const digest = createHash('sha256').update('khác').digest();
    expect((await check(await signed({ digest }))).integrity).toBe('digest-differs');
  });

  test('when the signed attributes were changed: the signature value does not fit', async () => {
    const file = await signed();
    const time = Buffer.from('251212023000Z').toString('hex');
    const other = Buffer.from('251212023001Z').toString('hex');
    const copy = Buffer.from(file.toString('latin1').replace(time, other), 'latin1');
    expect(copy.equals(file)).toBe(false);
    expect((await check(copy)).integrity).toBe('value-differs');
  });

  test('when it was made with another key than that of the certificate', async () => {
    const thief = await makeIdentity({ name: 'Kẻ khác' });
    const mixed = { certificate: chair.certificate, keys: thief.keys };
    expect((await check(await signPdf(plainPdf(), mixed))).integrity).toBe('value-differs');
  });

  test('when the signed attributes name another certificate', async () => {
    const file = await signed({ names: between });
    expect((await check(file)).integrity).toBe('value-differs');
  });

  test('when something was written after it: intact, and it says so', async () => {
    const file = Buffer.concat([
      await signed(),
      Buffer.from('3 0 obj\n<< /Type /Page /Rotate 90 >>\nendobj\n%%EOF\n'),
    ]);
    const found = await check(file);
    expect(found).toMatchObject({ integrity: 'intact', coverage: 'followed' });
    expect(signatureText(found).facts[1]).toContain('ghi thêm vào tệp sau chữ ký');
  });

  test('when blank line ends were added by a mail program: still whole', async () => {
    expect((await check(Buffer.concat([await signed(), Buffer.from('\r\n\n')]))).coverage).toBe(
      'whole',
    );
  });

  test('when its range leaves more out than itself', async () => {
    const file = await signed();
    const text = file.toString('latin1');
    const [, start] = /ByteRange \[0 (\d+)/.exec(text)!;
    const shorter = String(Number(start) - 40).padStart(10, '0');
    const copy = Buffer.from(text.replace(`[0 ${start!}`, `[0 ${shorter}`), 'latin1');
    expect((await check(copy)).integrity).toBe('range-wrong');
    const none = Buffer.from(text.replace(/ByteRange \[[^\]]*\]/, 'ByteRange [0 1]'), 'latin1');
    expect((await check(none)).integrity).toBe('range-wrong');
  });

  test('when it brings its own content instead of signing the file', async () => {
    const embedded = Buffer.from('nội dung khác');
    const digest = createHash('sha256').update(embedded).digest();
    expect((await check(await signed({ embedded, digest }))).integrity).toBe('not-checkable');
  });
});

test.each([
  ['2025-06-01T00:00:00Z', '2025-12-01T00:00:00Z', 'expired'],
  ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'not-yet'],
])('a certificate valid %s – %s was %s on 12/12/2025', async (from, to, whenSigned) => {
  const signer = await makeIdentity({ name: 'Hết hạn', issuer: root, from, to });
  const found = await check(await signPdf(plainPdf(), signer));
  expect(found).toMatchObject({
    ...{ integrity: 'intact', chain: 'untrusted', certificate: { whenSigned } },
  });
  expect(signatureText(found).tone).toBe('careful');
});

test('a signature without a day says so; one of an unknown kind is not checked', async () => {
  const undated = await check(await signed({ signedAt: null }));
  expect(undated).toMatchObject({ signedAt: null, certificate: { whenSigned: 'unknown' } });
  const stamp = await check(await signed({ subFilter: 'ETSI.RFC3161' }));
  expect(stamp).toMatchObject({ integrity: 'not-checkable', signer: null });
  expect(signatureText(stamp).facts).toHaveLength(1);
});

describe('a file that is no signed paper is refused with a sentence', () => {
  const objectStream = (content: string, more = '') => {
    const packed = deflateSync(Buffer.from(content));
    const head = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode ${more} /Length ${packed.length} >>`;
    return `${head}\nstream\n${packed.toString('latin1')}\nendstream`;
  };
  const bomb = () => {
    const packed = deflateSync(Buffer.alloc(80 * 1024 * 1024));
    return `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed.toString('latin1')}\nendstream`;
  };
  test.each([
    ['nothing', Buffer.alloc(0), 'signed-file-missing'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n'), 'signed-file-not-pdf'],
    ['a workbook', Buffer.from('PK\x03\x04'), 'signed-file-not-pdf'],
    ['more than it may be', Buffer.alloc(20 * 1024 * 1024 + 1), 'signed-file-too-large'],
    ['a head alone', Buffer.from('%PDF-1.7\n%%EOF'), 'signed-file-unreadable'],
    ['one that is cut off', plainPdf().subarray(0, 60), 'signed-file-unreadable'],
    ['one with a password', encryptedPdf(), 'signed-file-encrypted'],
    ['a script', plainPdf('<< /S /JavaScript /JS (app.alert\\(1\\)) >>'), 'signed-file-active'],
    ['a script by a hidden name', plainPdf('<< /S /J#61vaScript >>'), 'signed-file-active'],
    [
      'a script deep inside',
      plainPdf('<< /A [ << /Next << /JS (x) >> >> ] >>'),
      'signed-file-active',
    ],
    [
      'a script in a packed object',
      plainPdf(objectStream('9 0 << /JS (x) >>')),
      'signed-file-active',
    ],
    ['a start of a program', plainPdf('<< /S /Launch /F (a.exe) >>'), 'signed-file-active'],
    [
      'a program',
      plainPdf('<< /Type /Filespec /F (a.exe) /EF << /F 9 0 R >> >>'),
      'signed-file-active',
    ],
    [
      'objects packed strangely',
      plainPdf(objectStream('9 0 null', '/DecodeParms << >>')),
      'signed-file-unreadable',
    ],
    ['a bomb', plainPdf(bomb()), 'signed-file-unreadable'],
  ])('%s', async (_, file, code) => {
    await expect(readSignedFile(file, [])).rejects.toMatchObject({ kind: 'refused', code });
  });

  test('an ordinary attachment, a packed object, a string with brackets are no reason', async () => {
    const file = plainPdf(
      '<< /Type /Filespec /F (phu luc.pdf) /EF << /F 9 0 R >> >>',
      objectStream('9 0 << /A (x) >>'),
      '<< /Title (a \\(b\\) \\051 (c) \\\r\n d) /T <FEFF0041> >>',
      '<< /Length 9 >>\nstream\n(((obj <<\nendstream',
    );
    expect(await readSignedFile(file, [])).toEqual([]);
  });
});

test('bytes that only look like a PDF cost little time and never throw anything of ours', async () => {
  const many = (text: string) =>
    Buffer.from(`%PDF-1.7\n${text.repeat(Math.floor(4_000_000 / text.length))}`, 'latin1');
  const shapes = [
    'obj ',
    ' 0 obj',
    '1 0 obj (',
    '1 0 obj <',
    '1 0 obj [',
    '1 0 obj << /A ',
    '1 0 obj << >> stream\n',
    'trailer <<',
  ];
  for (const shape of shapes) {
    const began = performance.now();
    await expect(readSignedFile(many(shape), [])).rejects.toMatchObject({
      code: 'signed-file-unreadable',
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  }
});

test('places where no object begins are passed over by the million', () => {
  const file = Buffer.from(`%PDF-1.7\n${'obj '.repeat(5_000_000)}`, 'latin1');
  const began = performance.now();
  expect(readObjects(file).values).toEqual([]);
  expect(performance.now() - began).toBeLessThan(1_500);
  // Numbers may stand on lines of their own; those that are too long are no object.
  const odd = '1 0\nobj (a) 2\t0obj (b) 1234567890 0 obj (c) 3 123456 obj (d) x4 5 obj (e)';
  expect(readObjects(Buffer.from(odd)).values).toHaveLength(3);
});

test('a file is judged once until somebody touches it or the roots change', async () => {
  const file = await signed();
  let times = 0;
  const look = (stamp: string, trusted = roots()) =>
    rememberCheck({ path: '/x', sha256: Buffer.from('s'), stamp }, trusted, () => {
      times += 1;
      return readSignedFile(file, trusted);
    });
  const [first, second] = await Promise.all([look('1'), look('1')]);
  expect(first).toMatchObject([{ integrity: 'intact', chain: 'trusted' }]);
  expect(second).toEqual(first);
  expect([await look('1'), times]).toEqual([first, 1]);
  expect(await look('1', [])).toMatchObject([{ chain: 'no-roots' }]);
  await look('2');
  expect(times).toBe(3);
  const nothing = () =>
    rememberCheck({ path: '/y', sha256: Buffer.from('s'), stamp: 'none' }, [], () => {
      times += 1;
      return Promise.resolve(null);
    });
  expect([await nothing(), await nothing(), times]).toEqual([null, null, 5]);
});
