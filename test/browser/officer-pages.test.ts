import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from './site.js';
import { DESK, PHONE, accountOf, objections, overflow, signIn, startSite, textOf } from './site.js';
import { reviewWorkbook } from './review-workbook.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('signing in', () => {
  it('refuses a wrong password with one sentence and keeps the name, not the password', async () => {
    const visitor = await site.visit({ javaScript: false });
    const page = await visitor.newPage();
    await signIn(page, 'tinh', 'sai-mat-khau');
    expect(await page.getByRole('alert').innerText()).toContain('không đúng');
    expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe('tinh');
    expect(await page.getByLabel('Mật khẩu').inputValue()).toBe('');
    await visitor.close();
  });

  it('shows the person’s name afterwards, and ends with signing out', async () => {
    const { visitor, page } = await site.signedIn('tinh', { javaScript: false });
    expect(await page.locator('header').innerText()).toContain(accountOf('tinh').name);
    const [cookie] = await visitor.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    expect(await page.locator('header').innerText()).toContain('Đăng nhập');
    await page.goto('/ho');
    expect(page.url()).toContain('/dang-nhap?next=%2Fho');
    await visitor.close();
  });

  it('never sends anybody to another site after signing in', async () => {
    for (const next of [
      '//elsewhere.example',
      '/\\elsewhere.example',
      'https://elsewhere.example',
    ]) {
      const body = new URLSearchParams({
        username: 'tinh',
        password: accountOf('tinh').password,
        next,
      });
      const headers = { origin: site.origin };
      const answer = await fetch(`${site.origin}/dang-nhap`, {
        ...{ method: 'POST', body, headers, redirect: 'manual' },
      });
      expect(answer.headers.get('location')).toBe('/');
    }
  });
});

describe('a household', () => {
  it.each([PHONE, DESK])('is explained on its own page at %i px', async (width) => {
    const { visitor, page } = await site.signedIn('tinh', { width });
    await page.goto('/ho?status=poor');
    expect(await overflow(page)).toBe(0);
    expect(await objections(page)).toEqual([]);
    await page.locator('table a').first().click();
    expect(await page.locator('h1').innerText()).toMatch(/^Hộ ông\/bà /);
    const text = await textOf(page);
    for (const part of ['Vì sao năm 2025 là hộ nghèo', 'trong 12 chỉ số', 'thành viên', 'B1']) {
      expect(text).toContain(part);
    }
    expect(await page.locator('.steps a').count()).toBeGreaterThan(0);
    expect(await overflow(page)).toBe(0);
    expect(await objections(page)).toEqual([]);
    await visitor.close();
  });

  it('is not there for the officer of another commune, nor for the public', async () => {
    const { visitor, page } = await site.signedIn('xa-06004');
    await page.goto('/ho?status=');
    const href = await page.locator('table a').first().getAttribute('href');
    expect(href).toMatch(/^\/ho\//);
    const other = await site.signedIn('xa-06625');
    expect((await other.page.goto(href ?? ''))?.status()).toBe(404);
    const theirs = await other.page.locator('h1').innerText();
    const visitor2 = await site.visit();
    const page2 = await visitor2.newPage();
    expect((await page2.goto(href ?? ''))?.status()).toBe(404);
    expect(await page2.locator('h1').innerText()).toBe(theirs);
    await Promise.all([visitor.close(), other.visitor.close(), visitor2.close()]);
  });

  it('is kept by no cache', async () => {
    const { visitor, page } = await site.signedIn('xa-06004');
    const answer = await page.goto('/ho');
    expect(answer?.headers()['cache-control']).toBe('no-store');
    await visitor.close();
  });
});

describe('a review file', () => {
  it('is previewed, written, found in the book and taken back, without JavaScript', async () => {
    const { visitor, page } = await site.signedIn('xa-06004', { javaScript: false, width: PHONE });
    // Two lines of menu and one of names, with a name too long for its line.
    expect((await page.locator('header').boundingBox())?.height).toBeLessThanOrEqual(150);
    await page.getByRole('link', { name: 'Nhập liệu' }).click();
    await page.getByLabel(/Tệp Excel/).setInputFiles(await reviewWorkbook());
    await page.getByLabel('Đợt rà soát').selectOption('2025');
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click();
    expect(await page.locator('h1').innerText()).toBe('Xem trước, chưa ghi gì vào sổ');
    expect(await page.locator('.sum').innerText()).toBe(
      '6 dòng = 1 tiêu đề lặp + 1 dòng trùng hẳn + 4 hộ',
    );
    const preview = await textOf(page);
    expect(preview).toContain('Điểm B2 phải là bội số của 10');
    expect(preview).toContain('35');
    expect(await overflow(page)).toBe(0);

    await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
    expect(await page.locator('h1').innerText()).toBe('Đã ghi vào sổ');
    const written = page.url();
    await page.goto('/ho?status=&ten=Mẫu Thử Một');
    await page.locator('table a').first().click();
    expect(await page.locator('h1').innerText()).toContain('Mẫu Thử Một');
    expect(await textOf(page)).toContain('(đề xuất)');

    await page.goto(written);
    await page.getByLabel('Lý do').fill('   ');
    await page.getByRole('button', { name: 'Hủy lần nhập' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('lý do');
    expect(await page.locator('h1').innerText()).toBe('Đã ghi vào sổ');
    await page.getByLabel('Lý do').fill('Nhập nhầm tệp');
    await page.getByRole('button', { name: 'Hủy lần nhập' }).click();
    expect(await page.locator('h1').innerText()).toBe('Đã hủy lần nhập này');
    expect(await textOf(page)).toContain('Nhập nhầm tệp');
    await page.goto('/ho?status=&ten=Mẫu Thử Một');
    expect(await textOf(page)).toContain('Không có hộ nào như vậy');
    await visitor.close();
  });

  it('whose sheet names no unit is given one by hand, and nothing is lost', async () => {
    const { visitor, page } = await site.signedIn('xa-06004', { javaScript: false, width: PHONE });
    await page.goto('/nhap-lieu');
    await page.getByLabel(/Tệp Excel/).setInputFiles(await reviewWorkbook('3', 'Danh sách'));
    await page.getByLabel('Đợt rà soát').selectOption('2025');
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click();
    const sum = '6 dòng = 1 tiêu đề lặp + 1 dòng trùng hẳn + 4 hộ';
    expect(await page.locator('.sum').innerText()).toBe(sum);
    expect(await textOf(page)).toContain('chưa rõ thuộc đơn vị nào');
    expect(await overflow(page)).toBe(0);
    await page.getByLabel('Trang “Danh sách” là của').selectOption({ label: 'Xã Quốc Khánh' });
    await page.getByRole('button', { name: 'Xem trước lại' }).click();
    expect(await page.locator('.sum').innerText()).toBe(sum);
    expect(await textOf(page)).not.toContain('chưa rõ thuộc đơn vị nào');
    expect(await page.locator('.review mark').innerText()).toContain('35');
    expect(await page.locator('.review .raw dt').allTextContents()).toEqual([
      ...['Ngày rà soát', 'Họ tên chủ hộ', 'Mã hộ', 'Giới tính', 'Số nhân khẩu'],
      ...['Điểm B1', 'Điểm B2', 'Phân loại', 'Xóm'],
    ]);
    await visitor.close();
  });

  it.each([PHONE, DESK])('has accessible pages at %i px', async (width) => {
    const { visitor, page } = await site.signedIn('xa-06004', { width });
    await page.goto('/nhap-lieu');
    expect(await objections(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByLabel(/Tệp Excel/).setInputFiles(await reviewWorkbook('2'));
    await page.getByLabel('Đợt rà soát').selectOption('2025');
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click();
    await page.locator('.sum').waitFor();
    expect(await textOf(page)).toContain('Xóm');
    expect(await objections(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await visitor.close();
  });

  it('is refused with a sentence when it is no sheet at all', async () => {
    const { visitor, page } = await site.signedIn('xa-06004', { javaScript: false });
    await page.goto('/nhap-lieu');
    const file = { name: 'anh.xlsx', mimeType: 'image/png', buffer: Buffer.from('not a workbook') };
    await page.getByLabel(/Tệp Excel/).setInputFiles(file);
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click();
    expect(await page.locator('h1').innerText()).not.toBe('');
    expect(page.url()).toContain('/nhap-lieu');
    expect(await page.getByRole('alert').innerText()).not.toBe('');
    await visitor.close();
  });
});
