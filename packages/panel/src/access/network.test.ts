import { expect, test } from 'vitest';
import { networkOf } from './network.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2800:3f0:1:2:3:4:5:6', '2800:3f0:1:2::/64'],
  ['2800:03F0:1:2::9', '2800:3f0:1:2::/64'],
  ['2800:3f0::9', '2800:3f0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['desconocida', 'desconocida'],
])('attempts from %s are counted by %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
