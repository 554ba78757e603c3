import { expect, test } from 'vitest';
import { jsonReason } from './json-reason.js';

const reason = (text: string): string => {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonReason(error, text);
  }
  throw new Error('this is JSON');
};

test.each(['{"a":1', '{"a":"x', '[1,', '{'])('%s is cut off', (text) => {
  expect(reason(text)).toMatch(/^Dòng bị cắt giữa chừng/);
});

test.each([
  ['{"a":1} x', /thứ 9\.$/],
  ["{'a':1}", /thứ 2\.$|“'”/],
  ['không phải', /“k”|thứ 1\.$/],
  ['{"a":tru}', /“}”|thứ 9\.$/],
])('%s says where, or which character', (text, wanted) => {
  expect(reason(text)).toMatch(wanted);
});

test('what another program says is not passed on', () => {
  expect(jsonReason(new Error('Something else went wrong'), 'x')).toBe('Sai cú pháp JSON.');
  expect(jsonReason('?', 'x')).toBe('Sai cú pháp JSON.');
});
