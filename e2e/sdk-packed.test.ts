import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let project: string;

/** Another project, far from this one, that has installed the packed SDK without any network. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'puente-packed-'));
  // zod and undici come from what is installed here, packed again: a fresh machine may have an empty npm cache.
  const packed = ['packages/protocol', 'packages/client', 'node_modules/zod', 'node_modules/undici'];
  npm(root, 'pack', ...packed.map((path) => `./${path}`), '--pack-destination', project);
  writeFileSync(
    join(project, 'package.json'),
    '{ "name": "lms-de-otro", "private": true, "type": "module" }',
  );
  const tarballs = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  npm(project, 'install', '--offline', ...tarballs.map((name) => `./${name}`));
});

afterAll(() => rmSync(project, { recursive: true }));

function npm(cwd: string, ...args: string[]): string {
  const quiet = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--cache',
    join(tmpdir(), 'puente-packed-cache'),
  ];
  return execFileSync('npm', [...args, ...quiet], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function node(file: string, code: string): string {
  writeFileSync(join(project, file), code);
  return execFileSync(process.execPath, [file], { cwd: project, encoding: 'utf8', env: {} });
}

test('nothing but the SDK, zod and undici is installed', () => {
  const tree = JSON.parse(npm(project, 'ls', '--all', '--json')).dependencies;
  expect(Object.keys(tree).sort()).toEqual(['@puente-sic/client', '@puente-sic/protocol', 'undici', 'zod']);
});

test.each([
  ['client', /^node:/],
  ['protocol', /^$/],
])('%s imports only what it declares', (name, builtin) => {
  const folder = join(project, 'node_modules', '@puente-sic', name);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(folder, 'dist'), { recursive: true }).map(String);
  const imported = files
    .filter((path) => /\.(js|d\.c?ts)$/.test(path))
    .map((path) => readFileSync(join(folder, 'dist', path), 'utf8'))
    .flatMap((code) => [...code.matchAll(/\bfrom '([^'.][^']*)'|\bimport\(["']([^"'.][^"']*)/g)])
    .map(([, from, dynamic]) => from ?? dynamic ?? '');
  const foreign = new Set(imported.filter((specifier) => !builtin.test(specifier)));
  expect([...foreign].sort()).toEqual(Object.keys(dependencies).sort());
});

test('the packages hold what runs, its types and a README, and neither tests nor sources', () => {
  for (const name of ['client', 'protocol']) {
    const files = readdirSync(join(project, 'node_modules', '@puente-sic', name), { recursive: true }).map(
      String,
    );
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', join('dist', 'index.js')]));
    expect(files.filter((path) => /\.test\.|tsbuildinfo|^src|^test/.test(path))).toEqual([]);
  }
});

test('both are imported and work', () => {
  const output = node(
    'usa.js',
    `import { GestorClient, GestorError } from '@puente-sic/client';
     import { validateEnvio, CATALOGUE } from '@puente-sic/protocol';
     const client = new GestorClient({ baseUrl: 'http://gestor.invalid', credenciales: { rutOtec: '76543210-3', token: 't' }, sleep: async () => {} });
     const error = await client.history().catch((error) => error);
     console.log(error instanceof GestorError, error.code, validateEnvio({}).length > 0, CATALOGUE['001'].text);`,
  );
  expect(output).toBe('true dns true Token invalido\n');
});

test('a CommonJS program requires them', () => {
  const output = node(
    'usa.cjs',
    `const { MockGestor } = require('@puente-sic/client');
     const { CATALOGUE } = require('@puente-sic/protocol');
     new MockGestor().client().testConnection().then(({ kind }) => console.log(kind, CATALOGUE['001'].text));`,
  );
  expect(output).toBe('accepted Token invalido\n');
});

test('the quick start is a strict TypeScript program', () => {
  const quickstart = readFileSync(join(root, 'examples', 'sdk', 'quickstart.mjs'), 'utf8');
  expect(compile('NodeNext', 'inicio.ts', quickstart, ['node'])).toBe('');
});

test.each([
  ['NodeNext', 'usa.ts'],
  ['ESNext', 'usa.ts'],
  ['Node16', 'usa.cts'],
])('their types hold for a strict TypeScript project (%s, %s)', (module, file) => {
  expect(compile(module, file, CONSUMER)).toBe('');
});

/** What the compiler says of one file of another project. */
function compile(module: string, file: string, code: string, types: string[] = []): string {
  writeFileSync(join(project, file), code);
  const options = {
    target: 'ES2023',
    module,
    moduleResolution: module === 'ESNext' ? 'Bundler' : module,
    lib: ['ES2023', 'DOM'],
    types,
    typeRoots: [join(root, 'node_modules', '@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: [file] }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' }).stdout;
}

const CONSUMER = `
import { type ConnectionTest, GestorClient, GestorError, type SentAvance } from '@puente-sic/client';
import { type Curso, type Issue, validateEnvio } from '@puente-sic/protocol';

export async function send(curso: Curso, signal: AbortSignal): Promise<string[]> {
  const client = new GestorClient({ credenciales: { rutOtec: '76543210-3', token: 't' }, timeoutMs: 1000 });
  const test: ConnectionTest = await client.testConnection();
  if (test.kind === 'unreachable') return [test.error.mensaje];
  const issues: Issue[] = validateEnvio(curso);
  try {
    const sent: SentAvance = await client.sendAvance(curso, { signal });
    if (sent.answer.kind !== 'processed') return issues.map(({ message }) => message);
    return sent.answer.records.map(({ rut, fate }) => rut + fate);
  } catch (error) {
    if (error instanceof GestorError && error.outcome === 'unknown') return [error.queHacer];
    throw error;
  }
}
// @ts-expect-error: a course without students is no course
export const bad: Curso = { codigoOferta: 'a', codigoGrupo: 'b' };
`;

test('the protocol runs in a browser bundle, with nothing of Node around it', async () => {
  writeFileSync(join(project, 'pagina.js'), "export * from '@puente-sic/protocol';");
  const result = await build({
    root: project,
    logLevel: 'silent',
    configFile: false,
    build: {
      write: false,
      lib: { entry: join(project, 'pagina.js'), formats: ['iife'], name: 'protocolo' },
    },
  });
  const [bundle] = (Array.isArray(result) ? result : [result]) as Rollup.RollupOutput[];
  const [{ code }] = bundle?.output ?? [{ code: '' }];
  expect(code).not.toMatch(/\brequire\(|node:|process\.env/);
  // Messages of a dozen languages were more than half of it.
  expect(code).not.toContain('Ungültige Eingabe');
  expect(code.length).toBeLessThan(260_000);
  const issues = runInNewContext(
    `${code}; JSON.stringify({ issues: protocolo.validateEnvio({}).length, rut: protocolo.readRut('12.345.678-5') })`,
    {},
  );
  expect(JSON.parse(issues)).toMatchObject({ rut: { numero: 12345678, dv: '5' } });
  expect(JSON.parse(issues).issues).toBeGreaterThan(0);
});
