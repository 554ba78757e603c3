import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { day } from '../kernel/index.js';
import { citeText, documentRegister } from './index.js';

const cited = (text: string, on?: string) => citeText(text, on === undefined ? undefined : day(on));
const numbers = (text: string) => cited(text).map((citation) => citation.number);

describe('the documents behind the programme', () => {
  const report = [
    'Căn cứ: Nghị quyết số 120/2020/QH14 ngày 19/6/2020; Nghị quyết số 12/NQ-CP ngày 15/02/2020',
    'thực hiện Nghị quyết số 88/2019/QH14 ngày 18/11/2019; Nghị quyết số 10/NQ-CP ngày 28/01/2022;',
    'Quyết định số 1719/QĐ-TTg ngày 14/10/2021; Nghị quyết số 58- NQ/TU ngày 29/11/2021 của tỉnh.',
    'Chương trình 1719 tiếp tục theo Quyết định 1719/QĐ-TTg.',
  ].join('\n');

  test('are six, in order of first appearance, each one document', () => {
    const citations = cited(report, '2023-10-28');
    expect(citations.map(({ number, date, resolved }) => [number, date, resolved])).toEqual([
      ['120/2020/QH14', '2020-06-19', true],
      ['12/NQ-CP', '2020-02-15', true],
      ['88/2019/QH14', '2019-11-18', true],
      ['10/NQ-CP', '2022-01-28', true],
      ['1719/QĐ-TTg', '2021-10-14', true],
      ['58-NQ/TU', '2021-11-29', true],
    ]);
    expect(citations[5]!.text).toBe('58- NQ/TU');
    expect(citations[4]!.offsets).toHaveLength(2);
    expect(citations[3]!.inForce).toBe(true);
    expect(citations[4]!.inForce).toBeNull();
  });

  test('offsets count in the original, also when it is decomposed', () => {
    const nfd = report.normalize('NFD');
    const citations = cited(nfd);
    expect(citations).toHaveLength(6);
    for (const { text, offsets } of citations) {
      for (const [start, end] of offsets) {
        expect(nfd.slice(start, end).normalize('NFC').replace(/ /g, '')).toBe(
          text.normalize('NFC').replace(/ /g, ''),
        );
      }
    }
  });
});

describe('forms', () => {
  test.each([
    ['Nghị định số 07/2021/NĐ-CP ngày 27 tháng 01 năm 2021', '07/2021/NĐ-CP', 'decree'],
    ['Nghị định 07 /2021/ NĐ – CP', '07/2021/NĐ-CP', 'decree'],
    ['nghị định 7/2021/ND-CP', '07/2021/NĐ-CP', 'decree'],
    ['Nghị định số07/2021/NÐ-CP', '07/2021/NĐ-CP', 'decree'],
    ['QĐ 24/2021/QĐ-TTG', '24/2021/QĐ-TTg', 'decision'],
    ['NĐ 07/2021', '07/2021/NĐ-CP', 'decree'],
    ['Thông tư số 17/2016/TT-BLĐTBXH', '17/2016/TT-BLĐTBXH', 'circular'],
    ['(1315/VBHN-BLĐTBXH, 13/4/2023)', '1315/VBHN-BLĐTBXH', 'consolidated-text'],
    ['83/QĐ-UBND ngày 15/01/2026', '83/QĐ-UBND', 'decision'],
    ['Kế hoạch số 3477/KH-UBND', '3477/KH-UBND', 'plan'],
    ['Nghị quyết 1672/NQ-UBTVQH15', '1672/NQ-UBTVQH15', 'resolution'],
    ['Nghị quyết 973/2020/UBTVQH14', '973/2020/UBTVQH14', 'resolution'],
    ['Luật số 91/2025/QH15', '91/2025/QH15', 'law'],
    ['Luật 10/2022', '10/2022/QH15', 'law'],
    ['Nghị quyết số 24-NQ/TƯ', '24-NQ/TW', 'resolution'],
    ['Công văn số 5466/UBND-KGVX ngày 18/8/2021', '5466/UBND-KGVX', 'letter'],
    ['Thông tư liên tịch 01/2013/TTLT-BTC-BKHĐT', '01/2013/TTLT-BTC-BKHĐT', 'joint-circular'],
    ['QĐ 121-TCTK/PPCĐ', '121-TCTK/PPCĐ', 'decision'],
    ['14/2021/QĐ-UBND', '14/2021/QĐ-UBND', 'decision'],
  ])('%s', (text, number, type) => {
    expect(cited(text).map((c) => [c.number, c.type])).toEqual([[number, type]]);
  });

  test('a list', () => {
    expect(numbers('các Quyết định số 652/QĐ-TTg, 653/QĐ-TTg và 02/QĐ-TTg')).toEqual([
      '652/QĐ-TTg',
      '653/QĐ-TTg',
      '02/QĐ-TTg',
    ]);
  });

  test.each([
    'Chương trình 1719',
    'Quyết định ngày 15/01/2026',
    'điện thoại 0205/3812345, 0205-3.812.345',
    'tỷ lệ 3/4, 12/2025, 24/7',
    'từ 01/7/2025 đến 31-12-2025',
    'biển số 12A-123.45, 29-H1 12345, 12C/45-67',
    'QCVN 01:2018/BYT',
    'km 12/QL-1A, 5/kg-m',
    'mã 06004/XA-QK',
    'Nghị quyết 12',
    '1234567/QĐ-TTg',
  ])('not a citation: %s', (text) => expect(numbers(text)).toEqual([]));
});

describe('one number, several documents', () => {
  test('a number given anew each year needs a date', () => {
    const [undated] = cited('Nghị quyết số 12/NQ-CP của Chính phủ');
    expect(undated).toMatchObject({ resolved: false, inForce: null, date: null });
    expect(undated?.candidates?.map((c) => c.date)).toEqual(['2020-02-15']);
    expect(cited('Nghị quyết 12/NQ-CP năm 2020')[0]).toMatchObject({ resolved: true });
  });

  test('another date is another document', () => {
    const citations = cited('12/NQ-CP ngày 15/02/2020 và 12/NQ-CP ngày 01/03/2019');
    expect(citations.map((c) => [c.date, c.resolved])).toEqual([
      ['2020-02-15', true],
      ['2019-03-01', false],
    ]);
  });

  test('a day that contradicts the number resolves nothing', () => {
    const [wrong] = cited('Nghị định 07/2021/NĐ-CP ngày 28/01/2021');
    expect(wrong).toMatchObject({ resolved: false });
    expect(wrong?.candidates).toHaveLength(1);
  });

  test('a short form that fits two circulars has two candidates', () => {
    const [short] = cited('theo TT 02/2022');
    expect(short?.resolved).toBe(false);
    expect(short?.candidates?.map((c) => c.number).sort()).toEqual([
      '02/2022/TT-BLĐTBXH',
      '02/2022/TT-UBDT',
    ]);
  });

  test('… and none when the text itself says which', () => {
    const citations = cited('Thông tư 02/2022/TT-UBDT (sau đây: TT 02/2022)');
    expect(citations).toHaveLength(1);
    expect(citations[0]!.offsets).toHaveLength(2);
  });

  test('an unknown document is cited and not resolved', () => {
    expect(cited('Nghị định 99/2031/NĐ-CP')[0]).toMatchObject({
      number: '99/2031/NĐ-CP',
      issuer: 'Chính phủ',
      resolved: false,
      inForce: null,
    });
  });
});

describe('in force on a date, changed by what', () => {
  test.each([
    ['07/2021/NĐ-CP', '2021-01-01', false],
    ['07/2021/NĐ-CP', '2021-03-14', false],
    ['07/2021/NĐ-CP', '2021-03-15', true],
    ['17/2016/TT-BLĐTBXH', '2022-11-14', true],
    ['17/2016/TT-BLĐTBXH', '2022-11-15', false],
    ['351/2025/NĐ-CP', '2026-02-01', null],
    ['27/2022/NĐ-CP', '2026-02-01', null],
    ['1246/NQ-UBTVQH15', '2024-11-30', false],
    ['1246/NQ-UBTVQH15', '2024-12-01', true],
  ])('%s on %s: %s', (number, on, expected) => {
    expect(cited(number, on)[0]?.inForce).toBe(expected);
  });

  test('only what has begun by then', () => {
    const changes = (on: string) => cited('07/2021/NĐ-CP', on)[0]!.changedBy.map((c) => c.number);
    expect(changes('2024-12-31')).toEqual([]);
    expect(changes('2025-12-29')).toEqual(['30/2025/NĐ-CP']);
    expect(changes('2025-12-30')).toEqual(['30/2025/NĐ-CP', '351/2025/NĐ-CP']);
  });
});

test('every document of the register is found by its own number and date', () => {
  fc.assert(
    fc.property(fc.constantFrom(...documentRegister().documents), fc.boolean(), (doc, nfd) => {
      const when = doc.issued ? ` ngày ${doc.issued.split('-').reverse().join('/')}` : '';
      const text = `Theo văn bản số ${doc.number}${when}.`;
      const [citation] = cited(nfd ? text.normalize('NFD') : text);
      expect(citation?.number).toBe(doc.number);
      expect(citation?.resolved === true || citation?.candidates?.length === 1).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('any text is read: spans are ordered, inside the text and apart', () => {
  const piece = fc.constantFrom(
    'số ',
    '12',
    '/',
    '-',
    'NQ',
    'CP',
    'QĐ-TTg',
    ' ',
    'Đ',
    '\u0300',
    '🙂',
    '2021',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const spans = cited(text)
        .flatMap((c) => c.offsets)
        .sort((a, b) => a[0] - b[0]);
      spans.reduce((last, [start, end]) => {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        return end;
      }, 0);
      expect(spans.at(-1)?.[1] ?? 0).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});
