import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccounts } from '../../src/access/index.js';
import { readAnchor, verifyLog, writeCheckpoint } from '../../src/audit/index.js';
import { today } from '../../src/kernel/index.js';
import type { Site } from './site.js';
import { DESK, PHONE, objections, overflow, signIn, startSite, textOf } from './site.js';

const INSPECTOR = 'thanh-tra';
const CLERK = 'xa-06004';

let site: Site;
beforeAll(async () => {
  site = await startSite();
  await writeCheckpoint(site.store);
});
afterAll(() => site.close());

async function as(username: string, width = DESK): Promise<Page> {
  const visitor = await site.visit({ width });
  const page = await visitor.newPage();
  const known = demoAccounts().find((one) => one.username === username);
  await signIn(page, username, known?.password ?? '');
  return page;
}
async function isSound(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await objections(page)).toEqual([]);
}

describe('anchors', () => {
  it.each([PHONE, DESK])('are there for everybody to keep, at %i px', async (width) => {
    const visitor = await site.visit({ width });
    const page = await visitor.newPage();
    await page.goto('/');
    await page.getByRole('link', { name: 'Mốc nhật ký' }).click();
    expect(await textOf(page)).toContain('Mốc dùng để làm gì');
    await isSound(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải tệp mốc' }).click(),
    ]);
    const anchor = readAnchor(readFileSync(await file.path(), 'utf8'), file.suggestedFilename());
    expect(await verifyLog(site.store, [anchor])).toMatchObject({
      ok: true,
      anchors: [{ ok: true, number: anchor.number }],
    });
    await visitor.close();
  });
});

describe('the log', () => {
  it('is an address that does not exist for a clerk', async () => {
    const page = await as(CLERK);
    for (const path of ['/nhat-ky', '/nhat-ky/tai?dang=csv', '/nhat-ky/thanh-tra']) {
      expect((await page.goto(path))?.status()).toBe(404);
    }
    expect(await page.locator('header').innerText()).not.toContain('Nhật ký');
    await page.context().close();
  });

  it.each([PHONE, DESK])('is read, filtered, opened and taken away at %i px', async (width) => {
    const page = await as(INSPECTOR, width);
    await page.getByRole('link', { name: 'Nhật ký', exact: true }).click();
    await isSound(page);
    await page.getByLabel('Tên người làm').fill('thanh tra');
    await page.getByRole('button', { name: 'Lọc' }).click();
    const text = await textOf(page);
    expect(text).toContain('Thanh tra viên (mô phỏng) đã đăng nhập.');
    expect(text).not.toContain('Hệ thống đã');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải CSV' }).click(),
    ]);
    const body = readFileSync(await file.path());
    const checksum = createHash('sha256').update(body).digest('hex');
    expect(file.suggestedFilename()).toContain(checksum.slice(0, 12));
    expect(body.toString()).toContain('SỐ LIỆU MÔ PHỎNG');
    await page.reload();
    expect(await textOf(page)).toContain(checksum);
    await page.locator('.history a').first().click();
    expect(await textOf(page)).toContain('Vị trí trong chuỗi');
    await isSound(page);
    await page.context().close();
  });
});

describe('an inspection', () => {
  it('is opened, looks at a household unseen, and is seen once its result is public', async () => {
    const clerk = await as(CLERK, PHONE);
    await clerk.goto('/ho?status=poor');
    const href = (await clerk.locator('table a').first().getAttribute('href'))?.split('?')[0] ?? '';
    const history = async () => {
      await clerk.goto(`${href}/lich-su`);
      return textOf(clerk);
    };
    const page = await as(INSPECTOR, PHONE);
    await page.goto('/nhat-ky/thanh-tra');
    await page.getByLabel('Tên cuộc thanh tra, kiểm tra').fill('Thanh tra việc rà soát');
    await page.getByLabel('Số quyết định').fill('12/QĐ-TTr');
    await page.getByLabel('Ngày quyết định').fill('2999-10-01');
    await page.getByLabel('Người ký').fill('Chánh Thanh tra');
    await page.getByRole('button', { name: 'Mở cuộc thanh tra' }).click();
    // Refused on the form itself, which keeps what was typed.
    expect(await page.getByRole('alert').innerText()).toContain('Ngày quyết định chưa đến');
    expect(await page.getByLabel('Số quyết định').inputValue()).toBe('12/QĐ-TTr');
    expect(await page.getByLabel('Người ký').inputValue()).toBe('Chánh Thanh tra');
    await page.getByLabel('Ngày quyết định').fill('2025-10-01');
    await page.getByRole('button', { name: 'Mở cuộc thanh tra' }).click();
    expect(await textOf(page)).toContain('Bạn đang xem dữ liệu theo quyết định này');
    await isSound(page);
    expect((await page.goto(href))?.status()).toBe(200);
    expect(await history()).not.toContain('Thanh tra viên');

    await page.goto('/nhat-ky/thanh-tra');
    await page.getByRole('button', { name: 'Kết thúc' }).click();
    expect(await history()).not.toContain('Thanh tra viên');
    await page.getByText('Ghi kết luận đã công khai').click();
    await page.getByLabel('Số kết luận').fill('3/KL-TTr');
    await page.getByLabel('Ngày công khai').fill(today(site.store.clock));
    await page.getByRole('button', { name: 'Ghi kết luận' }).click();
    expect(await textOf(page)).toContain('Kết luận 3/KL-TTr đã công khai');
    expect(await history()).toMatch(
      /Thanh tra viên \(mô phỏng\).*đã mở trang của hộ theo quyết định thanh tra 12\/QĐ-TTr/,
    );
    await isSound(clerk);
    await Promise.all([page.context().close(), clerk.context().close()]);
  });
});
