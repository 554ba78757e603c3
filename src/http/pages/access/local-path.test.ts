import { expect, test } from 'vitest';
import { localPath, withNext } from './local-path.js';

test.each([
  ['//evil.example'],
  ['/\\evil.example'],
  ['https://evil.example'],
  ['javascript:alert(1)'],
  ['/a b'],
  ['/a\nb'],
  ['/\0'],
  ['/\u0085'],
  ['/a\u00a0b'],
  [''],
  [undefined],
])('%s leads nowhere else', (text) => {
  expect(localPath(text)).toBe('/');
});

test('a path of this site stays what it is, also on the way through another page', () => {
  expect(localPath('/ho?ten=Lan')).toBe('/ho?ten=Lan');
  expect(withNext('/dang-nhap/xac-thuc', '/')).toBe('/dang-nhap/xac-thuc');
  const on = withNext('/dang-nhap/xac-thuc', '/ho?ten=Lan&x=1');
  expect(new URL(on, 'http://a').searchParams.get('next')).toBe('/ho?ten=Lan&x=1');
});
