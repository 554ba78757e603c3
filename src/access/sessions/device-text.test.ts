import { expect, test } from 'vitest';
import { deviceText } from './device-text.js';

const APPLE = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${APPLE} Chrome/140.0.0.0 Safari/537.36`,
    'Chrome trên máy tính Windows',
    false,
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${APPLE} coc_coc_browser/130.0 Chrome/130.0 Safari/537.36`,
    'Cốc Cốc trên máy tính Windows',
    false,
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0) ${APPLE} Chrome/140.0 Safari/537.36 Edg/140.0`,
    'Edge trên máy tính Windows',
    false,
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; SM-A155F) ${APPLE} Chrome/140.0 Mobile Safari/537.36`,
    'Chrome trên điện thoại Android',
    true,
  ],
  [
    `Mozilla/5.0 (Linux; Android 13; SM-X200) ${APPLE} SamsungBrowser/25.0 Chrome/121 Safari/537.36`,
    'Trình duyệt Samsung trên máy tính bảng Android',
    true,
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604',
    'Safari trên iPhone',
    true,
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox trên máy tính Linux',
    false,
  ],
  ['curl/8.5', 'Thiết bị không rõ loại', false],
  [null, 'Thiết bị không rõ loại', false],
  ['<script>alert(1)</script>', 'Thiết bị không rõ loại', false],
])('%s', (agent, device, isPhone) => {
  expect(deviceText(agent)).toEqual({ device, isPhone });
});
