import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { scopeOfUnit } from '../../src/areas/index.js';
import { day, newId } from '../../src/kernel/index.js';
import { roleHolder } from '../support/role-holder.js';
import type { Site } from './site.js';
import { DESK, PHONE, objections, overflow, startSite, textOf } from './site.js';

let site: Site;
beforeAll(async () => {
  // Two communes that ended and still hold offices and roles: one merged wholly, one divided.
  site = await startSite({
    prepare: async (store) => {
      for (const [code, name, people] of [
        ['06016', 'Ủy ban nhân dân xã Tri Phương', ['Lý Văn Mẫu', 'Nông Thị Mẫu']],
        ['06622', 'Ủy ban nhân dân xã Bính Xá', ['Vi Văn Mẫu']],
      ] as const) {
        const officeId = newId();
        await store.behind((client) =>
          client.query(
            `insert into offices (office_id, name, kind, unit_code, unit_valid_from, valid_from)
             values ($1, $2, 'commune_committee', $3, '2020-01-01', '2020-01-01')`,
            [officeId, name, code],
          ),
        );
        const scopeKey = scopeOfUnit(code, day('2020-01-01'));
        for (const person of people)
          await roleHolder(store, person, [{ role: 'commune_officer', officeId, scopeKey }]);
      }
    },
  });
});
afterAll(() => site.close());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function looksRight(page: Page): Promise<void> {
  for (const width of [DESK, PHONE]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page), `${page.url()} at ${width}`).toBe(0);
  }
  expect(await objections(page)).toEqual([]);
}

it('a leader hands the role to a colleague, who has it at once, and takes it back, without JavaScript', async () => {
  const leader = await site.signedIn('lanh-dao-06004', { javaScript: false, width: PHONE });
  const officer = await site.signedIn('xa-06004', { javaScript: false, width: PHONE });
  await leader.page.goto('/tai-khoan');
  await leader.page.getByRole('link', { name: 'Ủy quyền cho người cùng cơ quan' }).click();
  expect(await textOf(leader.page)).toContain('Ủy ban nhân dân xã Quốc Khánh');
  await leader.page.getByLabel('Công bố danh sách đề nghị công nhận').uncheck();
  const until = new Date(Date.now() + 10 * 24 * 3_600_000).toISOString().slice(0, 10);
  await leader.page.getByLabel('Đến hết ngày').fill('2020-01-01');
  await leader.page.getByLabel('Lý do', { exact: true }).fill('Đi học tập trung');
  await press(leader.page, 'Ủy quyền');
  expect(await textOf(leader.page)).toContain('Ngày kết thúc đứng trước ngày bắt đầu.');
  expect(await leader.page.getByLabel('Lý do', { exact: true }).inputValue()).toBe(
    'Đi học tập trung',
  );
  await leader.page.getByLabel('Đến hết ngày').fill(until);
  await press(leader.page, 'Ủy quyền');
  expect(await textOf(leader.page)).toMatch(/Đã ủy quyền\.[\s\S]+làm thay bạn/);
  expect(await textOf(leader.page)).toContain('duyệt trình');

  // The role approves, so the colleague gives a code from now on.
  await officer.page.goto('/uy-quyen');
  expect(await officer.page.locator('h1').innerText()).toMatch(/mã xác thực|Đăng nhập/i);
  const again = await site.signedIn('xa-06004');
  await again.page.goto('/uy-quyen');
  expect(await textOf(again.page)).toContain('Bạn làm thay Lãnh đạo xã Quốc Khánh (mô phỏng)');
  await looksRight(again.page);
  await again.page.goto('/tai-khoan');
  expect(await textOf(again.page)).toContain('thay mặt Lãnh đạo xã Quốc Khánh (mô phỏng)');

  await leader.page.getByText('Rút ủy quyền này').click();
  await leader.page.getByLabel('Lý do rút').fill('Đã về');
  await leader.page.getByRole('button', { name: /^Rút ngay/ }).click();
  expect(await textOf(leader.page)).toMatch(/Đã rút ủy quyền[\s\S]+Đã hết[\s\S]+Đã về/);
  await Promise.all([leader, officer, again].map(({ visitor }) => visitor.close()));
});

it('whoever runs the offices sees them, and moves those of communes that ended', async () => {
  const { page, visitor } = await site.signedIn('quan-tri');
  await page.getByRole('link', { name: 'Tổ chức', exact: true }).click();
  expect(await textOf(page)).toContain('Sở Dân tộc và Tôn giáo tỉnh Lạng Sơn');
  expect(await textOf(page)).not.toMatch(/\(\d{5}\)/);
  await looksRight(page);
  await page.getByRole('link', { name: 'Xã Quốc Khánh', exact: true }).click();
  expect(await textOf(page)).toMatch(/Cán bộ xã Quốc Khánh \(mô phỏng\)\s+cán bộ cấp xã/);
  await looksRight(page);

  await page.goto('/to-chuc/sap-xep');
  await page.getByRole('link', { name: 'Xã Tri Phương' }).click();
  expect(await page.locator('h1').innerText()).toBe('Xã Tri Phương vào xã Quốc Khánh');
  await press(page, 'Thực hiện ngay');
  expect(await textOf(page)).toMatch(/Đã thực hiện việc sắp xếp\./);
  await looksRight(page);
  await page.locator('.data a').last().click();
  expect(await textOf(page)).toContain('chọn nơi đến cho từng người');
  await looksRight(page);
  await page.locator('select').first().selectOption('end');
  await press(page, 'Thực hiện ngay');
  expect(await textOf(page)).toMatch(/Đã thực hiện việc sắp xếp\./);
  await visitor.close();
});
