import { describe, expect, it } from 'vitest';
import { render } from '../../render.js';
import { demoShell, pageExample } from './example.js';

const user = {
  ...{ name: 'Người <b>Mẫu</b>', permissions: ['household:read', 'household:propose'] },
  canImport: true,
};

describe('Page', () => {
  it('carries the simulation band and noindex on a demonstration', () => {
    const html = render(pageExample());
    expect(html).toContain('SỐ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC');
    expect(html).toContain('name="robots" content="noindex"');
  });

  it('says nothing of simulation on a real instance', () => {
    const html = render(pageExample({ ...demoShell, isDemo: false }));
    expect(html).not.toContain('MÔ PHỎNG');
    expect(html).not.toContain('noindex');
  });

  it('has one heading, a language, a way past the navigation, no script and no inline style', () => {
    const html = render(pageExample({ ...demoShell, user }));
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<html lang="vi">');
    expect(html).toContain('href="#noi-dung"');
    expect(html).not.toMatch(/<script|style="/);
  });

  it('escapes the name of the person and signs out by a form', () => {
    const html = render(pageExample({ ...demoShell, user }));
    expect(html).not.toContain('<b>Mẫu</b>');
    expect(html).toContain('method="post" action="/dang-xuat"');
    expect(html).not.toContain('commandId');
    expect(html).toContain('/nhap-lieu');
  });

  it.each([
    ['who only counts', { ...user, permissions: ['figure:read'] }],
    ['who only looks', { ...user, permissions: ['household:read'] }],
    ['who writes to one village alone', { ...user, canImport: false }],
  ])('offers no bringing in of files to somebody %s', (_, somebody) => {
    expect(render(pageExample({ ...demoShell, user: somebody }))).not.toContain('/nhap-lieu');
  });

  it('has the account before the menu, the same place for everybody', () => {
    for (const who of [user, { ...user, permissions: [] }, null]) {
      const html = render(pageExample({ ...demoShell, user: who }));
      expect(html.indexOf('class="account"')).toBeGreaterThan(0);
      expect(html.indexOf('class="account"')).toBeLessThan(html.indexOf('<nav'));
    }
  });
});
