import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../src/config/load.ts';
import { keysAt } from '../src/config/settings.ts';

const root = new URL('../../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const guide = read('docs/configuracion.md');

test('docs/configuracion.md names every key that puente.yaml may have', () => {
  const places = [[], ['otecs', 0], ['fuentes', 0], ['cursos', 0], ['reglas'], ['otecs', 0, 'alertas', 0]];
  const keys = places.flatMap((place) => keysAt(place));
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(guide))).toEqual([]);
});

test('the examples of puente.yaml in the documents are right ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-docs-'));
  const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
  const whole = blocks.map((yaml) =>
    yaml.startsWith('alertas:') ? `otecs:\n  - rut: 76543210-3\n${yaml.replace(/^/gm, '    ')}` : yaml,
  );
  const env = {
    SENCE_TOKEN: '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D',
    CLAVE_CORREO: 'x',
    URL_AVISOS: 'https://avisos.ejemplo.cl/x',
  };
  for (const [index, yaml] of [...whole, read('examples/puente.yaml')].entries()) {
    const config = join(folder, `${index}.yaml`);
    writeFileSync(config, yaml);
    await expect(loadSettings({ config, needsTokens: true, env })).resolves.toMatchObject({ warnings: [] });
  }
  expect(blocks).toHaveLength(2);
  rmSync(folder, { recursive: true });
});

test.each(['README.md', 'README.es.md', 'CONTRIBUTING.md', 'docs/cli.md', 'docs/configuracion.md'])(
  '%s leads only to what exists',
  (document) => {
    const links = [...read(document).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => !existsSync(new URL(link, new URL(document, root))));
    expect(broken).toEqual([]);
  },
);
