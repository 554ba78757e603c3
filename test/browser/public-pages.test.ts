import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Site, VisitOptions } from './site.js';
import { DESK, PHONE, objections, overflow, startSite, weigh } from './site.js';

const PAGES = [
  ['/', /hộ nghèo/],
  ['/?cau=2021-2022', /hộ nghèo/],
  ['/so-lieu/poverty-rate', /Tỷ lệ hộ nghèo/],
  ['/so-lieu/poor-households?round=2022', /hộ nghèo/],
  ['/so-lieu/poverty-rate-change', /năm 2025/],
  ['/bieu-mau', /Biểu mẫu/],
  ['/bieu-mau/1', /Mẫu 1/],
  ['/bieu-mau/2?round=2024', /Mẫu 2/],
  ['/bieu-mau/1?round=2022&boundaries=2025-07-01', /năm 2022/],
  ['/dia-ban', /xã, phường/],
  ['/dia-ban?ten=hoa%20binh', /xã, phường/],
  ['/dia-ban/06625', /Kiên Mộc/],
  ['/van-ban', /văn bản/],
  ['/van-ban/xem?so=07%2F2021%2FN%C4%90-CP', /07\/2021/],
  ['/dang-nhap', /Đăng nhập/],
] as const;

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const pages = new Map<string, Promise<Page>>();

/**
 * The page of the one visitor of this kind: nobody signs in here, so nobody brings anything along, and a
 * window for each look would cost more than the looking.
 */
async function open(how: VisitOptions = {}): Promise<Page> {
  const key = JSON.stringify(how);
  const opened = pages.get(key) ?? site.visit(how).then((visitor) => visitor.newPage());
  pages.set(key, opened);
  const page = await opened;
  await page.setViewportSize({ width: how.width ?? DESK, height: 800 });
  onTestFinished(async () => {
    await page.removeAllListeners(undefined, { behavior: 'wait' });
    await page.emulateMedia({ media: null });
    await page.goto('about:blank');
  });
  return page;
}

describe.each(PAGES)('%s', (path, heading) => {
  it('reads well and is accessible on a phone and on a desk', async () => {
    const page = await open({ width: PHONE });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    expect(await page.locator('h1').innerText()).toMatch(heading);
    for (const width of [PHONE, DESK]) {
      await page.setViewportSize({ width, height: 800 });
      expect([width, await overflow(page)]).toEqual([width, 0]);
      expect([width, await objections(page)]).toEqual([width, []]);
    }
    expect(complaints).toEqual([]);
  });

  it('is light, asks nobody else, and keeps its own security policy', async () => {
    const page = await open({ isPolicyEnforced: true });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    const weight = await weigh(page, path);
    expect(weight.foreign).toEqual([]);
    expect(weight.requests.length).toBeLessThanOrEqual(3);
    expect(weight.bytes).toBeLessThan(50_000);
    expect(complaints).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).marginTop')).toBe('0px');
  });

  it('works without JavaScript and marks the simulation', async () => {
    const page = await open({ width: PHONE, javaScript: false });
    await page.goto(path);
    await expect(page.locator('.band').innerText()).resolves.toContain('SỐ LIỆU MÔ PHỎNG');
    expect(await page.locator('main').innerText()).not.toBe('');
    expect(await page.locator('script').count()).toBe(0);
  });
});

describe('the home page', () => {
  it('states the finding of the calibrated province', async () => {
    const page = await open({ javaScript: false });
    await page.goto('/');
    const title = await page.locator('h1').innerText();
    expect(title).toMatch(
      /^Năm 2025 còn \d+,\d\d\s% hộ nghèo, (giảm|tăng) \d+,\d\d điểm phần trăm/,
    );
    await page.getByRole('link', { name: '2021 → 2022' }).click();
    expect(page.url()).toContain('cau=2021-2022');
    expect(await page.locator('#cau-noi').innerText()).toContain('2021 → 2022');
  });

  it('draws a tile for each of the 65 units, and each opens its unit', async () => {
    const page = await open();
    await page.goto('/');
    const tiles = page.locator('.tiles a');
    expect(await tiles.count()).toBe(65);
    await tiles.nth(10).click();
    expect(page.url()).toContain('/dia-ban/');
  });

  it('keeps each picture’s mark inside the picture', async () => {
    const page = await open();
    await page.goto('/');
    const pictures = page.locator('main svg');
    expect(await pictures.count()).toBe(3);
    for (const picture of await pictures.all()) {
      expect(await picture.textContent()).toContain('SỐ LIỆU MÔ PHỎNG');
    }
  });

  it('keeps the captions of neighbouring bars apart on a phone', async () => {
    const page = await open({ width: PHONE });
    await page.goto('/?cau=2021-2022');
    const boxes = await page.locator('.bridge .tick').evaluateAll((all) =>
      (all as { getBoundingClientRect(): { left: number; right: number } }[]).map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { left, right };
      }),
    );
    expect(boxes.length).toBeGreaterThan(3);
    boxes.slice(1).forEach((box, index) => {
      expect(box.left - (boxes[index]?.right ?? 0)).toBeGreaterThan(2);
    });
  });

  it('fits A4 when printed: no navigation, the mark stays', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    await page.goto('/');
    expect(await page.locator('nav').first().isVisible()).toBe(false);
    expect(await page.locator('.band').isVisible()).toBe(true);
  });
});

describe('a form', () => {
  it.each(['1', '2', '3'])('%s fits a desk screen with its last column', async (form) => {
    const page = await open({ width: DESK });
    await page.goto(`/bieu-mau/${form}`);
    const sideways = await page
      .locator('.sheet')
      .evaluate((box) => (box as { scrollWidth: number }).scrollWidth - box.clientWidth);
    expect(sideways).toBe(0);
  });

  it('prints whole, on A4 landscape, without a scroll box', async () => {
    const page = await open();
    await page.goto('/bieu-mau/1');
    await page.emulateMedia({ media: 'print' });
    const overflowing = 'getComputedStyle(document.querySelector(".sheet")).overflow';
    expect(await page.evaluate(overflowing)).toBe('visible');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    // The sides of A4 in points, the long one first.
    expect(pdf).toMatch(/\/MediaBox \[0 0 84\d(?:\.\d+)? 59\d(?:\.\d+)?\]/);
  });

  it('and a series can be taken away as CSV, marked as simulated', async () => {
    const answer = await fetch(`${site.origin}/so-lieu/poverty-rate/tai`);
    expect(answer.headers.get('content-disposition')).toContain('poverty-rate-20.csv');
    const text = await answer.text();
    expect(text).toContain('SỐ LIỆU MÔ PHỎNG');
    expect(text).toMatch(/\r\n2025,2\./);
  });
});

describe('what does not exist and what is not yours', () => {
  it.each(['/khong-co', '/ho/018f0000-0000-7000-8000-000000000000', '/dia-ban/99999'])(
    '%s gives one and the same page',
    async (path) => {
      const page = await open();
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(404);
      expect(await page.locator('h1').innerText()).toBe(
        'Không có trang này, hoặc trang không dành cho bạn.',
      );
      expect(await objections(page)).toEqual([]);
    },
  );

  it('asks to sign in before a list that is for officers', async () => {
    const answer = await fetch(`${site.origin}/ho`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('/dang-nhap');
  });

  it('refuses a form sent from another site', async () => {
    const answer = await fetch(`${site.origin}/dang-nhap`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://elsewhere.example',
      },
      body: 'username=tinh&password=x',
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('không được gửi từ trang của hệ thống');
  });

  it('answers a broken address with a sentence', async () => {
    const answer = await fetch(`${site.origin}/bieu-mau/1?round=abc`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('không phải là một năm');
  });
});

describe('by keyboard', () => {
  it('reaches the content at once and every link of the page in turn', async () => {
    const page = await open();
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Đến nội dung chính');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('noi-dung');
    const wanted = await page.locator('main a:visible, main summary:visible').count();
    const reached = new Set<number>();
    for (let i = 0; i < wanted; i++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate<number>(
          '[...document.querySelectorAll("main a, main summary")].indexOf(document.activeElement)',
        ),
      );
    }
    expect(reached.has(-1)).toBe(false);
    expect(reached.size).toBe(wanted);
  });
});

it('all these pages left nothing with who read them', async () => {
  await (await open()).goto('/');
  for (const page of pages.values()) {
    const left = await (await page).context().storageState();
    expect(left).toEqual({ cookies: [], origins: [] });
  }
});
