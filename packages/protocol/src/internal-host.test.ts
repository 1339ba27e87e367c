import { expect, test } from 'vitest';
import { INTERNAL_ADDRESS, isInternalHost, isLoopback, judgedLookup } from './internal-host.ts';

type Answer = string | { address: string; family: number }[];

/** What a look-up gives for a name that leads to `found`, and how often it was asked. */
function look(...answers: (Answer | Error)[]) {
  let asked = 0;
  const lookup = judgedLookup<object>((_, __, done) => {
    const found = answers[asked++] ?? '';
    if (found instanceof Error) return done(found, '');
    done(null, found, 4);
  });
  let told: unknown[] = [];
  lookup('aula.ejemplo.cl', {}, (...given) => {
    told = given;
  });
  return { told, asked };
}

const REFUSED = expect.objectContaining({ code: INTERNAL_ADDRESS });

test.each([
  '169.254.169.254',
  '169.254.0.1',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  'FD00:EC2:0:0:0:0:0:254',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  'fe80::1%eth0',
])('a name that leads to %s is not called', (address) => {
  expect(look(address).told).toEqual([REFUSED, []]);
  const many = [
    { address: '10.0.0.5', family: 4 },
    { address, family: address.includes(':') ? 6 : 4 },
  ];
  expect(look(many).told).toEqual([REFUSED, []]);
});

test.each(['10.0.0.5', '192.168.1.9', '127.0.0.1', '::1', '200.1.2.3', '2800:3f0::1'])(
  'a name that leads to %s is',
  (address) => {
    expect(look(address).told).toEqual([null, address, 4]);
    const found = [{ address, family: 4 }];
    expect(look(found).told).toEqual([null, found, 4]);
  },
);

test('the connection gets what was judged, and the name is not asked again', () => {
  expect(look('200.1.2.3', '169.254.169.254')).toEqual({ told: [null, '200.1.2.3', 4], asked: 1 });
});

test('what the look-up itself says stays', () => {
  const error = new Error('ENOTFOUND');
  expect(look(error).told[0]).toBe(error);
});

test('a name that looks like an address is none', () => {
  expect(isInternalHost('169.254.aula.cl')).toBe(false);
});

test.each([
  ['127.0.0.1', true],
  ['[::1]', true],
  ['::ffff:127.0.0.1', true],
  ['LOCALHOST', true],
  ['gestor.localhost', true],
  ['localhost.ejemplo.cl', false],
  ['127.0.0.1.ejemplo.cl', false],
  ['10.0.0.5', false],
  ['', false],
])('%s is this computer: %s', (host, is) => {
  expect(isLoopback(host)).toBe(is);
});
