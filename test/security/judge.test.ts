import { expect, test } from 'vitest';
import { breaches } from './judge.js';
import { CANARY } from './nasty.js';
import type { Answer, Site } from './site.js';

// The judge itself: what it would let pass, the fuzzer never finds.
const site = { store: { dataDir: '/var/lib/thonban-test' } } as Site;
const SAFE = { 'content-security-policy': 'x', 'x-content-type-options': 'nosniff' };
const HTML = { ...SAFE, 'content-type': 'text/html; charset=UTF-8' };

function judged(status: number, body: string, headers: Record<string, string> = HTML): string[] {
  const answer: Answer = {
    ...{ status, body, bytes: Buffer.from(body) },
    headers: new Headers(headers),
  };
  return breaches(site, answer);
}
const refusal = (text: string) => `<main><h1>${text}</h1></main>`;
const csv = (line: string) => judged(200, line, { ...SAFE, 'content-type': 'text/csv' });

test('an answer as it should be has no breach', () => {
  expect(judged(200, '<main>x</main>')).toEqual([]);
  expect(judged(422, refusal('Chưa chọn tệp nào.'))).toEqual([]);
  expect(
    judged(404, '{"problem":{"what":"Không có."}}', {
      ...SAFE,
      'content-type': 'application/json',
    }),
  ).toEqual([]);
  expect(csv(`họ tên,điểm\n"'=1+1",-5\n`)).toEqual([]);
  expect(judged(303, '', { ...SAFE, location: '/ho' })).toEqual([]);
});

test.each<[string, string[]]>([
  ['answered 500', judged(500, refusal('Hệ thống gặp lỗi'))],
  ['without a sentence', judged(404, '404 Not Found', { ...SAFE, 'content-type': 'text/plain' })],
  ['without a sentence', judged(400, refusal('Bad request'))],
  ['shows its inside', judged(422, refusal('Lỗi: syntax error at or near "x"'))],
  ['shows its inside', judged(422, refusal('Lỗi at work (file:///x/app.js:1:2)'))],
  ['shows a path', judged(422, refusal('Lỗi ở /var/lib/thonban-test/files'))],
  ['as HTML', judged(200, `<main>${CANARY}</main>`)],
  ['as HTML', judged(200, `<input value="" zqa="1">`)],
  ['leads away', judged(303, '', { ...SAFE, location: '//zq.example' })],
  ['leads away', judged(303, '', { ...SAFE, location: 'https://zq.example' })],
  ['smuggled', judged(200, '', { ...HTML, 'x-zq': '1' })],
  ['smuggled', judged(200, '', { ...HTML, 'set-cookie': 'zq=1' })],
  ['no content security policy', judged(200, '', { 'x-content-type-options': 'nosniff' })],
  ['browser guess', judged(200, '', { 'content-security-policy': 'x' })],
  ['a formula', csv('a,=1+1\n')],
  ['a formula', csv('"@SUM(1)",b\n')],
  ['a formula', csv("a;-cmd|' /C calc'!A0\n")],
])('it notices: %s', (words, found) => {
  expect(found.join()).toContain(words);
});
