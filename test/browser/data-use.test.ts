import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { demoAccounts } from '../../src/access/index.js';
import { newCode } from '../../src/registry/codes/code-text.js';
import type { Site } from './site.js';
import { DESK, PHONE, objections, overflow, signIn, startSite, textOf } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const COMMUNE = '06004';
const OFFICER = demoAccounts().find(({ username }) => username === `xa-${COMMUNE}`)!;

/** A poor household of the officer's commune, as the book has it. */
async function someHousehold() {
  const { rows } = await site.store.behind((client) =>
    client.query<{ id: string; year: number; head: string }>(
      `select r.household_id as id, r.head_birth_year as year, r.head_name as head
       from household_rounds r join place_units u on u.place_id = r.place_id
       where r.round = 2025 and r.recognised_status = 'poor' and r.head_birth_year is not null
         and u.unit_code = $1 order by r.household_id limit 1`,
      [COMMUNE],
    ),
  );
  return rows[0]!;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function fillIn(page: Page, code: string, year: number): Promise<void> {
  await page.goto('/du-lieu-cua-toi');
  await page.getByLabel('Mã trên phiếu').fill(code);
  await page.getByLabel('Năm sinh của chủ hộ').fill(String(year));
}

async function look(page: Page, code: string, year: number): Promise<string> {
  await fillIn(page, code, year);
  await press(page, 'Xem');
  return textOf(page);
}

async function isFine(page: Page): Promise<void> {
  expect(await objections(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

it('a household reads on its own phone who used its data, until its paper is replaced', async () => {
  const household = await someHousehold();
  const desk = await (await site.visit({ width: DESK })).newPage();
  await signIn(desk, OFFICER.username, OFFICER.password);
  await desk.goto(`/ho/${household.id}/phieu`);
  await press(desk, 'Cấp phiếu');
  const code = await desk.locator('.slip .code').innerText();
  expect(await textOf(desk)).toContain('/du-lieu-cua-toi');
  await isFine(desk);
  // Somebody opens the record: the household is told.
  await desk.goto(`/ho/${household.id}`);

  const phone = await (await site.visit({ width: PHONE })).newPage();
  const shown = await look(phone, code, household.year);
  expect(shown).toContain('Mở hồ sơ của hộ');
  expect(shown).toContain('Cấp phiếu tra cứu cho hộ');
  expect(shown).toMatch(/cán bộ cấp xã/);
  expect(shown).toMatch(/Ủy ban nhân dân|UBND/);
  expect(shown).toContain('Để làm gì:');
  expect(shown).toMatch(/\d{2}\/\d{2}\/\d{4}/);
  expect(shown).not.toContain(household.head);
  await isFine(phone);

  // A code of nobody and a wrong year of somebody get the same words.
  const nobody = await look(phone, newCode(), household.year);
  expect(nobody).toContain('không khớp với hộ nào');
  expect(await look(phone, code, household.year - 1)).toBe(nobody);
  await isFine(phone);

  await desk.goto(`/ho/${household.id}/phieu`);
  await desk.getByLabel('Lý do cấp mã mới').fill('Hộ làm mất phiếu');
  await press(desk, 'Cấp mã mới');
  const fresh = await desk.locator('.slip .code').innerText();
  expect(fresh).not.toBe(code);
  expect(await look(phone, code, household.year)).toBe(nobody);
  expect(await look(phone, fresh, household.year)).toContain('Hộ làm mất phiếu');

  // Whoever keeps guessing has to wait, and is told so.
  const guess = () =>
    fetch(`${site.origin}/du-lieu-cua-toi`, {
      ...{ method: 'POST', headers: { origin: site.origin } },
      body: new URLSearchParams({ ma: newCode(), 'nam-sinh': '1980' }),
    });
  let answers: Response[] = [];
  const pressed = async () => {
    await fillIn(phone, fresh, household.year);
    answers = await Promise.all(Array.from({ length: 40 }, guess));
    await press(phone, 'Xem');
    return textOf(phone);
  };
  // On a slow machine one try is given back before the button is pressed.
  await expect.poll(pressed, { timeout: 60_000 }).toContain('quá nhanh');
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(4);
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  await isFine(phone);
});
