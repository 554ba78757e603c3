import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { formatDate, newId, today } from '../../src/kernel/index.js';
import { approveList, decideList, prepareList, submitList } from '../../src/review/index.js';
import { makePerson } from '../support/people.js';
import { makeIdentity, plainPdf, signPdf } from '../support/signed-pdf.js';
import type { Site } from './site.js';
import { DESK, PHONE, objections, overflow, startSite, textOf } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const COMMUNE = '06004';
const ROUND = 2025;

/** A decision printed by a browser, as an office program would make a PDF. */
async function printedPaper(text: string): Promise<Buffer> {
  const visitor = await site.visit();
  const page = await visitor.newPage();
  await page.setContent(`<h1>QUYẾT ĐỊNH</h1><p>${text}</p>`);
  const paper = await page.pdf();
  await visitor.close();
  return paper;
}

/** Takes the simulated decision back, so that the figure of the commune is provisional again. */
async function takeBack(): Promise<void> {
  const { store } = site;
  const officer = await makePerson(store, 'Cán Bộ Thử', [['commune_officer', COMMUNE]]);
  const leader = await makePerson(store, 'Lãnh Đạo Thử', [['commune_leader', COMMUNE]]);
  const at = { round: ROUND, unitCode: COMMUNE, commandId: newId(), reason: 'Thử lại' };
  const listId = await prepareList(store, { actor: officer, kind: 'revocation', ...at });
  const call = (actor: typeof officer) => ({ actor, listId, commandId: newId() });
  await submitList(store, call(officer));
  await approveList(store, call(leader));
  const decision = {
    ...{ number: '1/QĐ-UBND', decidedOn: today(store.clock) },
    ...{ signerName: 'Người Ký Mẫu', signerTitle: 'Chủ tịch' },
    ...{ file: plainPdf('<< /Title (thu hoi) >>'), fileName: 'thu-hoi.pdf' },
  };
  await decideList(store, { ...call(officer), decision });
}

/** A list under way beside the simulated decision. */
async function beginList(unitCode: string): Promise<string> {
  const officer = await makePerson(site.store, 'Cán Bộ Lập', [['commune_officer', unitCode]]);
  const call = { actor: officer, commandId: newId(), kind: 'recognition' as const };
  return prepareList(site.store, { ...call, round: ROUND, unitCode, reason: 'Bổ sung hộ' });
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function figureStatus(): Promise<string> {
  const answer = await fetch(
    `${site.origin}/api/v1/figures/poor-households?area=${COMMUNE}&period=${ROUND}`,
  );
  return ((await answer.json()) as { status: string }).status;
}

describe('a returned list with a reason', () => {
  it('goes from officer to leader, back, and on to a decision that counts, without JavaScript', async () => {
    await takeBack();
    expect(await figureStatus()).toBe('provisional');
    const officer = await site.signedIn('xa-06004', { javaScript: false, width: PHONE });
    const leader = await site.signedIn('lanh-dao-06004', { javaScript: false, width: PHONE });

    await officer.page.getByRole('link', { name: 'Danh sách', exact: true }).click();
    expect(await textOf(officer.page)).toContain('chưa có quyết định');
    await officer.page.getByRole('link', { name: 'Xã Quốc Khánh' }).last().click();
    await press(officer.page, 'Lập danh sách đề nghị công nhận');
    const address = officer.page.url();
    expect(await textOf(officer.page)).toContain('đang lập');
    await press(officer.page, 'Trình');
    expect(await textOf(officer.page)).toContain('Bước tiếp theo do lãnh đạo xã làm');

    await leader.page.getByRole('link', { name: 'Danh sách', exact: true }).click();
    await leader.page.getByRole('link', { name: /^Duyệt trình: Xã Quốc Khánh/ }).click();
    expect(leader.page.url()).toBe(address);
    await leader.page.getByLabel('Lý do trả lại').fill('   ');
    await press(leader.page, 'Trả lại');
    expect(await leader.page.getByRole('alert').innerText()).toContain('Chưa ghi lý do');
    await leader.page.getByLabel('Lý do trả lại').fill('Kiểm tra lại hai hộ trùng tên.');
    await press(leader.page, 'Trả lại');
    expect(await textOf(leader.page)).toContain('bị trả lại');

    await officer.page.goto('/danh-sach');
    await officer.page.getByRole('link', { name: /^Sửa và trình lại: Xã Quốc Khánh/ }).click();
    expect(await officer.page.getByRole('alert').innerText()).toContain(
      'Danh sách bị trả lại: Kiểm tra lại hai hộ trùng tên.',
    );
    await press(officer.page, 'Trình lại');

    await leader.page.goto(address);
    await press(leader.page, 'Duyệt trình');
    expect(await textOf(leader.page)).toContain('chờ quyết định');
    expect(await figureStatus()).toBe('provisional');

    await officer.page.goto(address);
    await fillDecision(officer.page, '125/QĐ-UBND');
    const notPdf = { name: 'qd.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') };
    await officer.page.getByLabel(/Tệp quyết định/).setInputFiles(notPdf);
    await press(officer.page, 'Ghi quyết định đã ký');
    expect(await officer.page.getByRole('alert').innerText()).toContain('không phải tệp PDF');
    expect(await officer.page.getByLabel('Số quyết định').inputValue()).toBe('125/QĐ-UBND');
    const secret = { ...notPdf, buffer: await printedPaper('số 125</p><p>TỐI MẬT') };
    await officer.page.getByLabel(/Tệp quyết định/).setInputFiles(secret);
    await press(officer.page, 'Ghi quyết định đã ký');
    expect(await officer.page.getByRole('alert').innerText()).toContain('dấu độ mật “TỐI MẬT”');
    const paper = { ...notPdf, buffer: await printedPaper('số 125, giữ bí mật đời tư') };
    await officer.page.getByLabel(/Tệp quyết định/).setInputFiles(paper);
    await press(officer.page, 'Ghi quyết định đã ký');
    const decided = await textOf(officer.page);
    expect(decided).toContain(
      `Quyết định số 125/QĐ-UBND ngày ${formatDate(today(site.store.clock))}`,
    );
    expect(decided).toContain('Tệp không có chữ ký số (bản quét)');
    expect(decided).toContain('trả lại: Kiểm tra lại hai hộ trùng tên.');
    expect(await figureStatus()).toBe('recognised');
    const kept = await officer.page.request.get(`${address}/van-ban`);
    expect(await kept.body()).toEqual(paper.buffer);
    expect(kept.headers()['content-disposition']).toContain('attachment');
    await Promise.all([officer.visitor.close(), leader.visitor.close()]);
  });
});

async function fillDecision(page: Page, number: string): Promise<void> {
  await page.getByLabel('Số quyết định').fill(number);
  await page.getByLabel('Ngày ký').fill(today(site.store.clock));
  await page.getByLabel('Họ tên người ký').fill('Người Ký Mẫu');
  await page.getByLabel('Chức vụ người ký').fill('Chủ tịch');
}

describe('the pages of a list', () => {
  it.each([PHONE, DESK])('are accessible at %i px, at every step', async (width) => {
    const officer = await site.signedIn('xa-05977', { width });
    const { page } = officer;
    const look = async () => {
      expect(await objections(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    };
    const round = width === PHONE ? 2025 : 2024;
    const code = width === PHONE ? '05977' : '05986';
    const who = width === PHONE ? officer : await site.signedIn('tinh', { width });
    await who.page.goto(`/danh-sach?dot=${round}`);
    await look();
    const begin = who.page;
    await begin.goto(`/danh-sach/moi?dot=${round}&xa=${code}`);
    expect(await objections(begin)).toEqual([]);
    await begin.getByLabel(/^Vì sao thay/).fill('Bổ sung hộ');
    await press(begin, 'Lập danh sách đề nghị công nhận');
    const address = begin.url();
    expect(await objections(begin)).toEqual([]);
    expect(await overflow(begin)).toBe(0);
    await begin.goto(`${address}/niem-yet`);
    expect(await objections(begin)).toEqual([]);
    expect(await overflow(begin)).toBe(0);
    await Promise.all([officer.visitor.close(), who.visitor.close()]);
  });

  it('show a list for posting with name, village and result, and the mark of the simulation', async () => {
    const listId = await beginList('05986');
    const { visitor, page } = await site.signedIn('tinh');
    await page.goto(`/danh-sach/${listId}`);
    await page.getByRole('link', { name: 'Bản in để niêm yết' }).click();
    await page.waitForLoadState();
    const heads = await page.locator('.posting thead').first().locator('th').allInnerTexts();
    expect(heads).toEqual(['STT', 'Chủ hộ', 'Thôn']);
    const shown = await textOf(page);
    expect(shown).toContain('SỐ LIỆU MÔ PHỎNG');
    expect(shown).toContain('đề nghị công nhận, chưa có quyết định');
    expect(shown).not.toMatch(/B1|B2|điểm số/);
    await visitor.close();
  });

  it('of another commune are not there, and a supervisor only looks', async () => {
    const address = `/danh-sach/${await beginList('06001')}`;
    await beginList(COMMUNE);
    const own = await site.signedIn('tinh');
    expect((await own.page.goto(address))?.status()).toBe(200);
    const other = await site.signedIn('xa-06004');
    for (const path of ['', '/niem-yet', '/van-ban']) {
      expect((await other.page.goto(`${address}${path}`))?.status()).toBe(404);
    }
    expect((await other.page.goto(`/danh-sach/moi?dot=${ROUND}&xa=06001`))?.status()).toBe(404);
    const supervisor = await site.signedIn('giam-sat-06004');
    await supervisor.page.goto(`/danh-sach?dot=${ROUND}`);
    const shown = await textOf(supervisor.page);
    expect(shown).toContain('Xã Quốc Khánh');
    expect(shown).not.toContain('Xã Đoàn Kết');
    await supervisor.page.getByRole('link', { name: 'Xã Quốc Khánh' }).first().click();
    await supervisor.page.waitForLoadState();
    expect(await supervisor.page.locator('main form').count()).toBe(0);
    const visitors = [own, other, supervisor].map((one) => one.visitor.close());
    await Promise.all(visitors);
  });

  it('say in plain words what the check of a digital signature found', async () => {
    const { store } = site;
    const officer = await makePerson(store, 'Cán Bộ Hai', [['commune_officer', '06625']]);
    const leader = await makePerson(store, 'Lãnh Đạo Ba', [['commune_leader', '06625']]);
    const listId = await prepareList(store, {
      ...{ actor: officer, commandId: newId(), kind: 'recognition', round: ROUND },
      ...{ unitCode: '06625', reason: 'Thay bản mô phỏng' },
    });
    const call = (actor: typeof officer) => ({ actor, listId, commandId: newId() });
    await submitList(store, call(officer));
    await approveList(store, call(leader));
    const chair = await makeIdentity({ name: 'Người Ký Mẫu', organisation: 'UBND xã' });
    const decision = {
      ...{ number: '7/QĐ-UBND', decidedOn: today(store.clock), signerName: 'Người Ký Mẫu' },
      ...{ signerTitle: 'Chủ tịch', fileName: 'qd-7.pdf', file: await signPdf(plainPdf(), chair) },
    };
    await decideList(store, { ...call(officer), decision });
    const { visitor, page } = await site.signedIn('xa-06625', { width: PHONE });
    await page.goto(`/danh-sach/${listId}`);
    const shown = await textOf(page);
    expect(shown).toContain('Chữ ký số của Người Ký Mẫu, UBND xã');
    expect(shown).toContain('Chưa kiểm tra chuỗi chứng thư');
    expect(await objections(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await visitor.close();
  });
});
