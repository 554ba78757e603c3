import { describe, expect, it, test } from 'vitest';
import { POLICY, networkOf, waitText, waitsOf } from './attempts.js';

describe('waitsOf', () => {
  it('is nothing at first, doubles, and ends: nobody is locked out for ever', () => {
    expect(waitsOf(POLICY.name)).toEqual([0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(waitsOf(POLICY.address).slice(28)).toEqual([0, 0, 2, 4, 8, 16, 32, 60]);
    const { paper, ...ofPeople } = POLICY;
    for (const policy of Object.values(ofPeople)) {
      expect(Math.max(...waitsOf(policy))).toBeLessThanOrEqual(300);
    }
    expect(Math.max(...waitsOf(paper))).toBe(3600);
  });
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['2001:0db8:0000:0002::', '2001:db8:0:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('a wait is said in words', () => {
  expect([1, 40, 89, 90, 300].map(waitText)).toEqual([
    '1 giây',
    '40 giây',
    '89 giây',
    '2 phút',
    '5 phút',
  ]);
});
