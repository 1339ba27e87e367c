/**
 * Whether a host is a service that tells a machine in a cloud its own passwords, or of this network segment alone: puente
 * has nothing to ask there, and whoever may write an address must not have it ask. `hostname`: as `URL` gives it.
 */
export function isInternalHost(hostname: string): boolean {
  return LOCAL_SEGMENT.test(hostname) || METADATA.has(hostname);
}

/** As `dns.lookup` is called, without naming Node: this package runs in a browser too. */
export type Lookup<Options> = (hostname: string, options: Options, done: Found) => void;
type Found = (
  error: Error | null,
  found: string | { address: string; family: number }[],
  family?: number,
) => void;

/**
 * A look-up for connections that fails, with the code {@link INTERNAL_ADDRESS}, for a name that leads to an internal host.
 * A connection made with it goes to the addresses that were judged: a name that leads elsewhere when it is asked for again
 * is no way around. An address that stands where a name does is not looked up: judge it by {@link isInternalHost}.
 */
export function judgedLookup<Options>(lookup: Lookup<Options>): Lookup<Options> {
  return (hostname, options, done) =>
    lookup(hostname, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (error === null && addresses.some(isInternalAddress)) return done(new InternalAddress(), []);
      done(error, found, family);
    });
}

/** The code of the error where a name leads to an internal host. */
export const INTERNAL_ADDRESS = 'EINTERNAL';

class InternalAddress extends Error {
  readonly code = INTERNAL_ADDRESS;
  constructor() {
    super(`${INTERNAL_ADDRESS}: the name leads to an internal address`);
  }
}

function isInternalAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  const url = `http://${plain.includes(':') ? `[${plain}]` : plain}`;
  return URL.canParse(url) && isInternalHost(new URL(url).hostname);
}

/** 169.254/16, also within the ways in which IPv6 carries an IPv4 address: mapped, compatible, NAT64, 6to4; fe80::/10. */
const LOCAL_SEGMENT =
  /^169\.254\.\d+\.\d+$|^\[fe[89ab]|^\[::(?:ffff:(?:0:)?)?a9fe:|^\[64:ff9b:(?:1)?:.*:?a9fe:[\da-f]+\]$|^\[2002:a9fe:/;

/** Where clouds tell a machine who it is and with which keys. */
const METADATA = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  '[fd00:ec2::254]',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]);

/** Whether a host, a name or an address as a URL, a header or a socket has it (without a port), is this computer. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/^::ffff:(?=127\.)/i, '');
  return /^(127\.\d+\.\d+\.\d+|::1|(.+\.)?localhost)$/i.test(bare);
}
