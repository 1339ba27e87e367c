import type { PutBack } from './fault.ts';

const ACCESS = 'packages/panel/src/access/access.ts';
const ACCESS_TEST = 'packages/panel/test/access.test.ts';
const GUARD = 'packages/gestor/src/sandbox/guard.ts';

/** What docs/seguridad.md says is stopped: each guard taken away, where a test of one process sees it. */
export const SECURITY: readonly PutBack[] = [
  {
    point: 'security: login',
    name: 'guesses at one account from one address are not counted',
    means: 'twenty guesses at once, and a stranger’s success forgets nothing of them',
    file: ACCESS,
    replace: [
      ['this.#addresses.attempt(network) || this.#pairs.attempt(pair)', 'this.#addresses.attempt(network)'],
    ],
    test: ACCESS_TEST,
  },
  {
    point: 'security: login',
    name: 'guesses at one account from everywhere are not counted',
    means: 'who has many addresses guesses as fast as they come',
    file: ACCESS,
    replace: [['holdUp(this.#accounts.attempt(account));', '']],
    test: ACCESS_TEST,
  },
  {
    point: 'security: login',
    name: 'each IPv6 address is its own',
    means: 'one connection has a new address for every guess',
    file: 'packages/panel/src/access/network.ts',
    replace: [['groups.slice(0, 4)', 'groups.slice(0, 8)']],
    test: ACCESS_TEST,
  },
  {
    point: 'security: login',
    name: 'a browser’s mark is sent to all paths',
    means: 'what tells the owner from strangers goes along where nobody needs it',
    file: ACCESS,
    replace: [["this.#attributes('/api/sesion', YEAR_S)", "this.#attributes('/', YEAR_S)"]],
    test: ACCESS_TEST,
  },
  {
    point: 'security: sandbox',
    name: 'the sandbox answers under any name',
    means: 'another page reads its journal by a name that leads to this computer',
    file: GUARD,
    replace: [['!isLoopback(nameOf(headers.host))', "isLoopback('a.example')"]],
    test: 'packages/gestor/test/sandbox.test.ts',
  },
  {
    point: 'security: sandbox',
    name: 'the sandbox takes the forms of foreign pages',
    means: 'another page gives it orders',
    file: GUARD,
    replace: [["['cross-site', 'same-site']", "['cross-site']"]],
    test: 'packages/gestor/test/sandbox.test.ts',
  },
  {
    point: 'security: names',
    name: 'a mail server is dialled wherever its name leads',
    means: 'mail’s password goes to a service of the machine',
    file: 'packages/engine/src/alerts/deliver.ts',
    replace: [['lookup: judgedLookup<LookupOptions>(lookup) };', 'lookup };']],
    test: 'packages/engine/test/undelivered.test.ts',
  },
  {
    point: 'security: names',
    name: 'a database is dialled wherever its name leads',
    means: 'its password goes to a service of the machine',
    file: 'packages/sources/src/db/socket.ts',
    replace: [['lookup: judgedLookup<LookupOptions>(lookup),', 'lookup,']],
    test: 'packages/sources/test/sql/internal.test.ts',
  },
];
