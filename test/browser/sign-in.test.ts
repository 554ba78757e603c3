import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { linkSubject, ssoProvider, ssoSettings } from '../../src/access/index.js';
import { newId } from '../../src/kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import { codeAt } from '../../src/access/totp/codes.js';
import { LOCAL_SITE } from '../../src/http/site-settings.js';
import type { IdentityProvider } from '../support/identity-provider.js';
import { signInAtProvider, startIdentityProvider } from '../support/identity-provider.js';
import { makeReal } from '../support/real-instance.js';
import type { TestClock } from '../support/test-account.js';
import { TEST_PASSWORD, testAccount, testClock } from '../support/test-account.js';
import { testPerson, testVillage } from '../support/village-fixture.js';
import type { TestPerson } from '../support/village-fixture.js';
import type { Site } from './site.js';
import { DESK, PHONE, objections, overflow, signIn, startSite, textOf } from './site.js';

let clock: TestClock;
let site: Site;
let identity: IdentityProvider;
let lan: TestPerson;

/** The site and the provider each need to know the other's address. */
let settings = LOCAL_SITE;

beforeAll(async () => {
  clock = testClock(new Date().toISOString());
  site = await startSite({
    ...{ template: 'empty', clock },
    prepare: async (store) => {
      await makeReal(store);
      for (const username of ['lanh-dao', 'pho', 'phu-trach']) {
        await testAccount(store, { username, role: 'commune_leader', fullName: 'Vi Văn Thắng' });
      }
      for (const username of ['xuan', 'yen', 'hai-noi', 'doi', 'so']) {
        await testAccount(store, { username });
      }
      const village = await testVillage(store, '06004');
      const person = { name: 'Lý Thị Lan', sex: 'female' as const, birthYear: 1985 };
      lan = await testPerson(store, village, person);
      await testPerson(store, village, { name: 'Lý Văn Minh', bookId: lan.bookId });
      // The list of households is one of a round.
      await withActor(store, SYSTEM_ACTOR([]), (tx) =>
        tx.query(
          `insert into review_rounds (round, standard_id, window_from, window_to, reference_date,
             effect_year, is_synthetic)
           values (2025, 'PS-2022', '2025-09-01', '2025-12-14', '2025-12-31', 2026, false)`,
        ),
      );
    },
    settings: () => new Proxy(LOCAL_SITE, { get: (_, name) => settings[name as 'sso'] }),
  });
  identity = await startIdentityProvider(site.origin);
  const env = {
    ...{ OIDC_ISSUER: identity.issuer, OIDC_CLIENT_ID: identity.clientId },
    ...{ OIDC_CLIENT_SECRET: identity.clientSecret, OIDC_ALLOW_LOOPBACK_HTTP: '1' },
    ...{ OIDC_LABEL: 'cổng của tỉnh', PUBLIC_URL: site.origin },
  };
  const sso = ssoProvider(ssoSettings(env, site.store.dataDir)!);
  settings = { ...LOCAL_SITE, publicUrl: site.origin, sso };
});
afterAll(async () => {
  await site.close();
  await identity.close();
});

interface Visit {
  visitor: BrowserContext;
  page: Page;
}

async function visit(options: { width?: number; javaScript?: boolean } = {}): Promise<Visit> {
  const visitor = await site.visit({ javaScript: false, ...options });
  return { visitor, page: await visitor.newPage() };
}

const title = (page: Page) => page.locator('h1').innerText();

/** Sets the app up on the page that asks for it; answers the secret and the recovery codes. */
async function setUp(page: Page): Promise<{ secret: string; codes: string[] }> {
  const secret = (await page.locator('.secret code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Mã xác thực').fill(codeAt(secret, clock.now()));
  await page.getByRole('button', { name: 'Xác nhận' }).click();
  await page.waitForLoadState();
  const codes = await page.locator('.codes code').allInnerTexts();
  clock.pass(31);
  return { secret, codes };
}

const giveCode = async (page: Page, code: string) => {
  await page.getByLabel('Mã xác thực').fill(code);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
};

const isGood = async (page: Page) => {
  expect(await overflow(page)).toBe(0);
  expect(await objections(page)).toEqual([]);
};

describe('somebody who approves', () => {
  it('sets up an app before anything else, without JavaScript, and signs in with it', async () => {
    const { visitor, page } = await visit({ width: PHONE });
    await page.goto('/ho');
    await page.getByLabel('Tên đăng nhập').fill('lanh-dao');
    await page.getByLabel('Mật khẩu').fill(TEST_PASSWORD);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    expect(await title(page)).toBe('Thiết lập ứng dụng xác thực');
    // Nothing else is open: not a list, not one's own account.
    for (const path of ['/ho', '/tai-khoan', '/tai-khoan/mat-khau']) {
      await page.goto(path);
      expect(await title(page)).toBe('Thiết lập ứng dụng xác thực');
    }
    await page.goto('/ho');
    const before = await page.locator('.secret code').innerText();
    await page.getByLabel('Mã xác thực').fill('000 000');
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('không đúng');
    expect(await page.locator('.secret code').innerText()).toBe(before);
    await page.waitForLoadState();
    expect(await page.locator('svg.qr').count()).toBe(1);

    const { secret, codes } = await setUp(page);
    expect(await title(page)).toBe('Mã dự phòng của bạn');
    expect(codes).toHaveLength(10);
    await page.getByRole('link', { name: 'Tôi đã cất mã' }).click();
    expect(page.url()).toBe(`${site.origin}/ho`);
    expect(await page.locator('header').innerText()).toContain('Vi Văn Thắng');
    await page.getByRole('button', { name: 'Đăng xuất' }).click();

    await signIn(page, 'lanh-dao', TEST_PASSWORD);
    expect(await title(page)).toBe('Nhập mã xác thực');
    expect(await page.locator('header').innerText()).not.toContain('Vi Văn Thắng');
    const code = codeAt(secret, clock.now());
    await giveCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
    expect(await page.locator('header').innerText()).toContain('Vi Văn Thắng');

    const other = await visit();
    await signIn(other.page, 'lanh-dao', TEST_PASSWORD);
    await giveCode(other.page, code);
    expect(await other.page.getByRole('alert').innerText()).toContain('đã dùng rồi');
    await other.page.getByLabel('Mã dự phòng').fill((codes[0] ?? '').toLowerCase());
    await other.page.getByRole('button', { name: 'Dùng mã dự phòng' }).click();
    await other.page.goto('/tai-khoan');
    expect(await textOf(other.page)).toContain('Còn 9 mã dự phòng');
    await Promise.all([visitor.close(), other.visitor.close()]);
  });

  it('can stop and come as somebody else', async () => {
    const { visitor, page } = await visit();
    await signIn(page, 'phu-trach', TEST_PASSWORD);
    await page.getByRole('button', { name: /tài khoản khác/ }).click();
    await signIn(page, 'xuan', TEST_PASSWORD);
    expect(await page.locator('header').innerText()).toContain('Nông Thị Xuân');
    await visitor.close();
  });

  it.each([PHONE, DESK])('has accessible pages at %i px', async (width) => {
    const { visitor, page } = await visit({ width, javaScript: true });
    await signIn(page, 'pho', TEST_PASSWORD);
    const isFirst = (await title(page)).startsWith('Thiết lập');
    await isGood(page);
    if (isFirst) {
      const { secret } = await setUp(page);
      await isGood(page);
      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      await signIn(page, 'pho', TEST_PASSWORD);
      await isGood(page);
      await giveCode(page, codeAt(secret, clock.now()));
      await page.goto('/tai-khoan/xac-thuc');
      expect(await title(page)).toBe('Lập lại mã dự phòng');
      await isGood(page);
    }
    await visitor.close();
  });
});

describe('single sign-on', () => {
  const link = (username: string, subject: string) =>
    linkSubject(site.store, {
      ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), username, reason: 'giấy đề nghị' },
      ...{ issuer: identity.issuer, subject },
    });

  /** The pages of the provider itself, as it brings them. */
  async function atProvider(page: Page, login: string): Promise<void> {
    await page.waitForURL(`${identity.issuer}/**`);
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
    await page.waitForURL(`${site.origin}/**`);
  }

  it.each([PHONE, DESK])(
    'opens the linked account at %i px, and tells how to leave',
    async (width) => {
      await link('yen', 'yen.lo');
      const { visitor, page } = await visit({ width });
      await page.goto('/tai-khoan');
      await page.getByRole('button', { name: 'Đăng nhập bằng cổng của tỉnh' }).click();
      await atProvider(page, 'yen.lo');
      expect(page.url()).toBe(`${site.origin}/tai-khoan`);
      expect(await textOf(page)).toContain('Tài khoản đã nối với cổng của tỉnh');
      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      expect(await title(page)).toBe('Đã đăng xuất khỏi Thôn Bản');
      await isGoodWithScripts(page);
      await page.getByRole('link', { name: /Đăng xuất cả/ }).click();
      expect(page.url()).toContain(`${identity.issuer}/session/end`);
      await visitor.close();
    },
  );

  it('tells somebody unknown whom to ask, and what to send', async () => {
    const { visitor, page } = await visit({ width: PHONE, javaScript: true });
    await page.goto('/dang-nhap');
    await isGood(page);
    await page.getByRole('button', { name: /Đăng nhập bằng/ }).click();
    await atProvider(page, 'nguoi.moi');
    expect(await title(page)).toBe('Chưa đăng nhập được');
    expect(await page.locator('.secret').innerText()).toBe('nguoi.moi');
    expect(await textOf(page)).toContain('người quản trị');
    await isGood(page);
    await page.reload();
    expect(await textOf(page)).toContain('không bắt đầu từ trình duyệt này');
    await visitor.close();
  });

  it('that was begun elsewhere opens nothing here', async () => {
    await link('xuan', 'ke.gian');
    const begun = await fetch(`${site.origin}/dang-nhap/cong-chung`, {
      ...{ method: 'POST', headers: { origin: site.origin }, body: new URLSearchParams() },
    });
    const away = /url=(.*)/.exec(begun.headers.get('refresh') ?? '')?.[1] ?? '';
    const back = await signInAtProvider(away, 'ke.gian');
    expect(back).toContain('code=');
    const { visitor, page } = await visit();
    await page.goto(back);
    expect(await textOf(page)).toContain('không bắt đầu từ trình duyệt này');
    expect((await visitor.cookies()).map(({ name }) => name)).not.toContain('thonban_session');
    await visitor.close();
  });

  const isGoodWithScripts = async (page: Page) => expect(await overflow(page)).toBe(0);
});

describe('one’s own account', () => {
  it.each([PHONE, DESK])(
    'shows where one is signed in, and signs out from afar, at %i px',
    async (width) => {
      const here = await visit({ width, javaScript: true });
      const phone = await site.visit({ width: PHONE, javaScript: false });
      const lost = await phone.newPage();
      await signIn(here.page, 'hai-noi', TEST_PASSWORD);
      await signIn(lost, 'hai-noi', TEST_PASSWORD);
      await here.page.getByRole('link', { name: 'Nông Thị Xuân' }).click();
      expect(await title(here.page)).toBe('Tài khoản của tôi');
      await isGood(here.page);
      await here.page.getByRole('link', { name: 'Xem và đăng xuất từ xa' }).click();
      // Counting does not wait for the page, looking for the second device does.
      await here.page.locator('.devices li').nth(1).waitFor();
      expect(await here.page.locator('.devices li').count()).toBe(2);
      expect(await here.page.locator('.devices li').first().innerText()).toContain('thiết bị này');
      expect(await textOf(here.page)).toContain('Chrome trên máy tính Linux');
      await isGood(here.page);
      await here.page.getByRole('button', { name: /^Đăng xuất Chrome/ }).click();
      expect(await textOf(here.page)).toContain('Đã đăng xuất thiết bị đó.');
      await here.page.waitForLoadState();
      expect(await here.page.locator('.devices li').count()).toBe(1);
      await lost.goto('/tai-khoan');
      expect(await title(lost)).toBe('Đăng nhập');
      await here.page.goto('/tai-khoan');
      expect(await title(here.page)).toBe('Tài khoản của tôi');
      await here.page.getByRole('button', { name: 'Đăng xuất' }).click();
      await Promise.all([here.visitor.close(), phone.close()]);
    },
  );

  it('changes the password, refusing a weak one with the reason', async () => {
    const { visitor, page } = await visit({ width: PHONE, javaScript: true });
    await signIn(page, 'doi', TEST_PASSWORD);
    await page.goto('/tai-khoan/mat-khau');
    await isGood(page);
    const change = async (next: string) => {
      await page.getByLabel('Mật khẩu đang dùng').fill(TEST_PASSWORD);
      await page.getByLabel('Mật khẩu mới', { exact: true }).fill(next);
      await page.getByLabel('Nhập lại mật khẩu mới').fill(next);
      await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    };
    await change('langson2026');
    expect(await page.getByRole('alert').innerText()).toContain('dễ đoán');
    expect(await page.getByLabel('Mật khẩu mới', { exact: true }).inputValue()).toBe('');
    await isGood(page);
    await change('cái gùi treo sau bếp lửa');
    expect(await textOf(page)).toContain('Đã đổi mật khẩu');
    await visitor.close();
  });
});

describe('a personal number', () => {
  it.each([PHONE, DESK])('is entered, shown masked, found and revealed at %i px', async (width) => {
    const { visitor, page } = await visit({ width, javaScript: true });
    await signIn(page, 'so', TEST_PASSWORD);
    await page.goto(`/ho/${lan.householdId}`);
    const number = width === PHONE ? '020185000123' : '020185000456';
    await page.getByRole('link', { name: 'Nhập hoặc sửa số của Lý Thị Lan' }).click();
    await page.getByLabel('Số trên giấy tờ').fill('020 085 000 123');
    if (width === DESK) await page.getByLabel('Lý do sửa').fill('đối chiếu căn cước');
    await page.getByRole('button', { name: 'Ghi số' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('số này là của nam');
    expect(await page.getByLabel(/Đã đối chiếu/).isChecked()).toBe(false);
    await isGood(page);
    await page.getByLabel('Số trên giấy tờ').fill(number);
    await page.getByRole('button', { name: 'Ghi số' }).click();
    const card = page.locator('#so-dinh-danh');
    expect(await card.innerText()).toContain(`•••••••••${number.slice(-3)}`);
    expect(await textOf(page)).not.toContain(number);
    await isGood(page);
    await card.getByText('Xem đầy đủ một số').click();
    await card.getByLabel('Lý do xem').fill('đối chiếu hồ sơ vay vốn');
    await card.getByRole('button', { name: 'Xem số' }).click();
    const shown = (await page.locator('.secret').innerText()).replace(/\s/g, '');
    expect(shown).toBe(number);
    expect(page.url()).not.toContain(number);
    await isGood(page);

    await page.goto('/ho');
    await page.getByText('Tìm theo số định danh cá nhân').click();
    await isGood(page);
    await page.getByLabel(/Số căn cước/).fill(number);
    await page.locator('form[action="/ho/tim-so"] button').click();
    expect(page.url()).toBe(`${site.origin}/ho/${lan.householdId}`);
    await page.getByRole('link', { name: /Toàn bộ lịch sử/ }).click();
    expect(await textOf(page)).toContain('đối chiếu hồ sơ vay vốn');
    await page.goto('/ho');
    await page.getByText('Tìm theo số định danh cá nhân').click();
    await page.getByLabel(/Số căn cước/).fill('020185000999');
    await page.locator('form[action="/ho/tim-so"] button').click();
    expect(await textOf(page)).toContain('Không có ai mang số này trong địa bàn của bạn');
    await isGood(page);
    await visitor.close();
  });
});

describe('these pages', () => {
  it('keep the security policy of the site: nothing is blocked, nothing comes from elsewhere', async () => {
    const visitor = await site.visit({ isPolicyEnforced: true });
    const page = await visitor.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    const foreign: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${site.origin}/`) && !url.startsWith('data:')) foreign.push(url);
    });
    await signIn(page, 'phu-trach', TEST_PASSWORD);
    expect(await title(page)).toBe('Thiết lập ứng dụng xác thực');
    expect(await page.locator('svg.qr').boundingBox()).toMatchObject({ width: 224 });
    await page.getByRole('button', { name: /tài khoản khác/ }).click();
    await signIn(page, 'so', TEST_PASSWORD);
    for (const path of ['/tai-khoan', '/tai-khoan/mat-khau', '/tai-khoan/thiet-bi']) {
      expect((await page.goto(path))?.headers()['cache-control']).toBe('no-store');
    }
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await visitor.close();
  });
});
