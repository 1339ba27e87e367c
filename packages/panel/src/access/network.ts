/**
 * What attempts from an address are counted by: an IPv4 address, or the 64 bits of an IPv6 one that a connection is given
 * as a whole, so that whoever has one has no new address for each guess.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [left = [], right = []] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const missing = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...missing, ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
  return `${groups.slice(0, 4).join(':')}::/64`;
}
