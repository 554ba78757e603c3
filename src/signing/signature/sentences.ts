import { formatDate, today } from '../../kernel/index.js';
import type { PlainDate } from '../../kernel/index.js';
import type { SignatureCheck } from './types.js';

/** What is said first, and the facts under it, in words of the office. */
export interface SignatureText {
  tone: 'good' | 'careful' | 'bad';
  headline: string;
  facts: string[];
}

const INTEGRITY: Record<SignatureCheck['integrity'], string> = {
  intact: 'Nội dung được ký không thay đổi từ khi ký.',
  'digest-differs': 'Nội dung tệp đã bị thay đổi sau khi ký.',
  'value-differs': 'Chữ ký không được tạo bằng chứng thư kèm theo.',
  'range-wrong': 'Chữ ký không bao trùm nội dung tệp.',
  'not-checkable': 'Không kiểm tra được: chữ ký thuộc loại hệ thống chưa đọc được.',
};

const COVERAGE: Record<SignatureCheck['coverage'], string | null> = {
  whole: 'Chữ ký bao trùm toàn bộ tệp.',
  'signed-over': 'Phần ghi thêm sau chữ ký này đã được người khác ký tiếp.',
  followed:
    'Có phần ghi thêm vào tệp sau chữ ký này (có thể là dấu thời gian): đối chiếu với bản giấy.',
};

const CHAIN: Record<SignatureCheck['chain'], string> = {
  trusted: 'Chuỗi chứng thư dẫn tới một chứng thư gốc đã cài; chưa tra danh sách thu hồi.',
  untrusted: 'Chuỗi chứng thư không dẫn tới chứng thư gốc nào đã cài.',
  'no-roots': 'Chưa kiểm tra chuỗi chứng thư: hệ thống chưa được cài chứng thư gốc.',
};

/** One signature for people; what is not known is said, what is wrong stands first. */
export function signatureText(check: SignatureCheck): SignatureText {
  const { signer, signedAt, integrity } = check;
  const who = [signer?.name, signer?.organisation].filter(Boolean).join(', ');
  const when = signedAt === null ? '' : `, ký lúc ${momentText(signedAt)} theo máy của người ký`;
  return {
    tone: toneOf(check),
    headline: who === '' ? 'Chữ ký số chưa đọc được tên người ký' : `Chữ ký số của ${who}${when}`,
    facts: [
      INTEGRITY[integrity],
      ...(integrity === 'intact' ? [COVERAGE[check.coverage]] : []),
      check.digest === 'sha1' ? 'Chữ ký dùng thuật toán băm SHA-1, nay không còn an toàn.' : null,
      certificateFact(check),
      integrity === 'not-checkable' ? null : CHAIN[check.chain],
    ].filter((fact) => fact !== null),
  };
}

function toneOf(check: SignatureCheck): SignatureText['tone'] {
  const { integrity, coverage, certificate, chain, digest } = check;
  if (integrity !== 'intact') return integrity === 'not-checkable' ? 'careful' : 'bad';
  const isPlain =
    coverage !== 'followed' && certificate?.whenSigned === 'valid' && digest !== 'sha1';
  return isPlain && chain === 'trusted' ? 'good' : 'careful';
}

function certificateFact({ certificate }: SignatureCheck): string | null {
  if (!certificate) return null;
  const { issuer, validFrom, validTo, whenSigned } = certificate;
  const term = `${dayText(validFrom)}–${isWithoutEnd(validTo) ? 'không thời hạn' : dayText(validTo)}`;
  const by = `Chứng thư do ${issuer} cấp, hiệu lực ${term}`;
  return {
    valid: `${by}: còn hiệu lực khi ký.`,
    expired: `${by}: đã hết hạn khi ký.`,
    'not-yet': `${by}: chưa có hiệu lực khi ký.`,
    unknown: `${by}; tệp không ghi ngày ký.`,
  }[whenSigned];
}

/** 31/12/9999 is how a certificate says that it has no end (RFC 5280 §4.1.2.5). */
const isWithoutEnd = (iso: string): boolean => new Date(iso).getTime() >= Date.UTC(9999, 11, 30);

const dayOf = (iso: string): PlainDate => today({ now: () => new Date(iso) });
const dayText = (iso: string): string => formatDate(dayOf(iso));

/** "09:30 ngày 12/12/2025", Vietnam's clock. */
function momentText(iso: string): string {
  const local = new Date(new Date(iso).getTime() + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)} ngày ${dayText(iso)}`;
}
