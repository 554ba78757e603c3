import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { plainPdf } from '../../../test/support/signed-pdf.js';
import {
  exportRow,
  workbookParts,
  writeTemporary,
  writeWorkbook,
  writeZip,
} from '../../../test/support/workbook.js';
import type { TestCell } from '../../../test/support/workbook.js';
import { readFileSync } from 'node:fs';
import { classifiedUpload, findMarking } from './find-marking.js';

const look = (source: string | Uint8Array, name = 'tep.xlsx', takes: 'table' | 'pdf' = 'table') =>
  findMarking(source, name, { takes });
const degree = async (...args: Parameters<typeof look>) => (await look(...args))?.degree ?? null;
const bookOf = (...rows: TestCell[][]) =>
  writeWorkbook([{ name: 'Xã Mẫu', rows: Object.fromEntries(rows.map((r, i) => [i + 1, r])) }]);
const PARTS = workbookParts([{ name: 'Xã Mẫu', rows: { 1: exportRow() } }]);
const withParts = (parts: Record<string, string>) => writeZip({ ...PARTS, ...parts });

describe('a workbook', () => {
  test.each<[string, () => Promise<string>, string]>([
    ['a cell', () => bookOf(['UBND'], ['TỐI MẬT'], exportRow()), 'một ô của bảng'],
    ['a line of a cell', () => bookOf(['UBND\nTỐI MẬT']), 'một ô của bảng'],
    ['a cell, NFD', () => bookOf(['TỐI MẬT'.normalize('NFD')]), 'một ô của bảng'],
    ['the cell after "Độ mật:"', () => bookOf(['Độ mật:', null, 'Tối mật']), 'một ô của bảng'],
    [
      'shared strings in several runs',
      () =>
        withParts({
          'xl/sharedStrings.xml':
            '<sst><si><r><rPr><b/></rPr><t xml:space="preserve">TỐI </t></r><r><t>MẬT</t></r></si></sst>',
        }),
      'một ô của bảng',
    ],
    [
      'letters as XML numbers',
      () => withParts({ 'xl/sharedStrings.xml': '<sst><si><t>TỐI M&#x1EAC;T</t></si></sst>' }),
      'một ô của bảng',
    ],
    [
      'the name of a sheet',
      () => writeWorkbook([{ name: 'TỐI MẬT', rows: { 1: exportRow() } }]),
      'tên một trang tính',
    ],
    [
      'a printed heading',
      () =>
        withParts({
          'xl/worksheets/sheet1.xml':
            '<worksheet><sheetData/><headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12UBND xã&amp;R&amp;K000000TỐI MẬT</oddHeader></headerFooter></worksheet>',
        }),
      'đầu trang hoặc chân trang in',
    ],
    [
      'the properties',
      () =>
        withParts({
          'docProps/core.xml':
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Báo cáo</dc:title><cp:category>Tối mật</cp:category></cp:coreProperties>',
        }),
      'thuộc tính của tệp',
    ],
    [
      'a text box',
      () =>
        withParts({
          'xl/drawings/drawing1.xml':
            '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><a:p><a:r><a:t>TỐI MẬT</a:t></a:r></a:p></xdr:wsDr>',
        }),
      'một hình hoặc khung chữ',
    ],
    [
      'a note',
      () =>
        withParts({
          'xl/comments1.xml':
            '<comments><commentList><comment ref="A1"><text><r><t>TỐI MẬT</t></r></text></comment></commentList></comments>',
        }),
      'ghi chú của một ô',
    ],
    [
      'a document of Word',
      () =>
        writeZip({
          'word/document.xml':
            '<w:document xmlns:w="w"><w:p><w:r><w:t>TỐI</w:t></w:r><w:r><w:t xml:space="preserve"> MẬT</w:t></w:r></w:p></w:document>',
        }),
      'nội dung tài liệu',
    ],
  ])('with the marking in %s is found', async (_, make, place) => {
    const path = await make();
    const found = { degree: 'TỐI MẬT', place };
    expect(await look(path)).toEqual(found);
    expect(await look(readFileSync(path))).toEqual(found);
  });

  test('of people and things that are called so is none', async () => {
    const path = await bookOf(
      ['QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC', 'Độ mật', 'Tên chủ hộ'],
      exportRow({ name: 'LÒ VĂN MẬT' }),
      exportRow({ name: 'Mật', reviewer: 'Lò Văn Mật' }),
      ['Nuôi ong lấy mật', 'mật độ dân số', 'Mật khẩu', 'bí mật kinh doanh', 'Hộ cận nghèo'],
    );
    expect(await look(path)).toBe(null);
  });

  test('marked in its name needs not be read', async () => {
    expect(await look(Buffer.from('anything'), '(MẬT) danh sách.xlsx')).toEqual({
      ...{ degree: 'MẬT', place: 'tên tệp' },
    });
  });
});

describe('a text file', () => {
  test.each([
    ['TUYỆT MẬT\nhọ tên;điểm\n', 'TUYỆT MẬT'],
    ['họ tên;điểm\nLò Văn Mật;5\n"MẬT";1\n', 'MẬT'],
    ['UBND xã;Độ mật:;Mật\n', 'MẬT'],
    ['<html><body><p>TỐI MẬT</p></body></html>', 'TỐI MẬT'],
    [`${'a,b\n'.repeat(200_000)}TỐI MẬT`, 'TỐI MẬT'],
    [`${'a'.repeat(1_000_000)}\n\n TỐI MẬT \n`, 'TỐI MẬT'],
    ['họ tên;điểm\nMật;5\nmật ong;1\n', null],
  ])('%#', async (text, found) => {
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(text.normalize('NFD')),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    ]) {
      expect(await degree(bytes, 'tep.csv')).toBe(found);
    }
    expect(await degree(writeTemporary('tep.csv', text), 'tep.csv')).toBe(found);
  });

  test.each([
    ['an old workbook', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), wide('TỐI MẬT')])],
    ['a PDF', pdfShowing('MẬT')],
  ])('%s, marked, is refused for its marking and not for its kind', async (_, bytes) => {
    expect(await degree(bytes)).not.toBe(null);
  });

  test.each([
    ['a program', Buffer.from('MZ\0\0x'), 'file-not-a-table'],
    ['a PDF', plainPdf(), 'file-not-a-table'],
    ['a web page', Buffer.from('<!doctype html><p>x'), 'file-is-html'],
    ['nothing', Buffer.alloc(0), 'file-empty'],
  ])('%s without a marking is told as what it is, before it is stored', async (_, bytes, code) => {
    await expect(look(bytes)).rejects.toMatchObject({ code });
  });
});

function wide(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** A page as office programs write it: an embedded font, its table of letters, packed content. */
function pdfShowing(
  text: string,
  draw = (codes: string) => `1 0 0 1 60 700 Tm <${codes}> Tj`,
): Buffer {
  const letters = [...new Set(text.normalize('NFC'))];
  const hex = (n: number) => n.toString(16).padStart(4, '0');
  const table = letters.map((one, i) => `<${hex(i + 1)}> <${hex(one.codePointAt(0)!)}>`).join('\n');
  const codes = Array.from(text.normalize('NFC'), (one) => hex(letters.indexOf(one) + 1)).join('');
  const packed = (content: string, more = '') => {
    const bytes = deflateSync(content);
    return `<< /Length ${bytes.length} /Filter /FlateDecode ${more}>>\nstream\n${bytes.toString('latin1')}\nendstream`;
  };
  return plainPdf(
    '<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 5 0 R >> >> /Contents 7 0 R >>',
    '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R >>',
    packed(`begincmap\n${letters.length} beginbfchar\n${table}\nendbfchar\nendcmap`),
    packed(`q 1 0 0 1 0 0 cm BT /F1 13 Tf ${draw(codes)} ET Q`),
  );
}

describe('a PDF', () => {
  const marked = (bytes: Buffer) => degree(bytes, 'quyet-dinh.pdf', 'pdf');

  test('shows its marking in one piece, letter by letter, or turned', async () => {
    expect(await marked(pdfShowing('TỐI MẬT'))).toBe('TỐI MẬT');
    const apart = (codes: string) =>
      codes
        .match(/.{4}/g)!
        .map((code, i) => `1 0 0 1 ${60 + 9 * i} 700 Tm <${code}> Tj`)
        .join('\n');
    expect(await marked(pdfShowing('MẬT', apart))).toBe('MẬT');
    const turned = (codes: string) => `0.7 0.7 -0.7 0.7 200 300 Tm [<${codes}>] TJ`;
    expect(await marked(pdfShowing('TUYỆT MẬT', turned))).toBe('TUYỆT MẬT');
  });

  test('says it in its properties, in a note, in its metadata', async () => {
    const utf16 = `feff${Buffer.from('TỐI MẬT', 'utf16le').swap16().toString('hex')}`;
    expect(await marked(plainPdf(`<< /Title <${utf16}> >>`))).toBe('TỐI MẬT');
    expect(await marked(plainPdf(`<< /Type /Annot /Contents <${utf16}> >>`))).toBe('TỐI MẬT');
    const xmp = Buffer.from('<x:xmpmeta><rdf:li>TỐI MẬT</rdf:li></x:xmpmeta>').toString('latin1');
    const stream = `<< /Type /Metadata /Length ${xmp.length} >>\nstream\n${xmp}\nendstream`;
    expect(await marked(plainPdf(stream))).toBe('TỐI MẬT');
  });

  test('of an ordinary decision has none, wherever its lines break', async () => {
    expect(await marked(plainPdf())).toBe(null);
    expect(await marked(pdfShowing('Lò Văn Mật, mật độ'))).toBe(null);
    const words = (codes: string) => {
      const [first, second] = [codes.slice(0, 8), codes.slice(12)];
      return `1 0 0 1 60 700 Tm <${first}> Tj 1 0 0 1 78 700 Tm <${second}> Tj`;
    };
    expect(await marked(pdfShowing('BÍ MẬT', words))).toBe(null);
    const below = (codes: string) => {
      const [first, second] = [codes.slice(0, 8), codes.slice(12)];
      return `1 0 0 1 60 700 Tm <${first}> Tj 0 -16 Td <${second}> Tj`;
    };
    expect(await marked(pdfShowing('BÍ MẬT', below))).toBe(null);
  });

  test('that is broken, huge inside or none is left to whoever reads it', async () => {
    const bomb = deflateSync(Buffer.alloc(40 * 1024 * 1024, 'BT '));
    const stream = `<< /Length ${bomb.length} /Filter /FlateDecode >>\nstream\n${bomb.toString('latin1')}\nendstream`;
    const started = performance.now();
    expect(await marked(plainPdf(stream))).toBe(null);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await marked(Buffer.from('%PDF-1.7 1 0 obj << /Title ('))).toBe(null);
    expect(await marked(Buffer.from('MZ\0\0'))).toBe(null);
  });
});

test('the refusal says what to do, and does not say the name of the file', () => {
  const { what, why, todo } = classifiedUpload({ degree: 'MẬT', place: 'tên tệp' });
  expect(what).toContain('“MẬT”');
  expect(why).toContain('trước khi lưu');
  expect(todo).toContain('người phụ trách bảo vệ bí mật nhà nước');
});
