import { describe, expect, it } from 'vitest';
import { loadFixtures, loadOficial } from '../../../../fixtures/load.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Issue } from '../issue.ts';
import { pathExists } from '../path.ts';
import { validateEnvio } from './envio.ts';

const fixtures = loadFixtures();

describe('validateEnvio on the fixtures', () => {
  it.each(fixtures.filter(({ cuerpo }) => cuerpo !== undefined))('$name', ({ cuerpo, offline, avisos }) => {
    const issues = validateEnvio(cuerpo);
    expect(sorted(issues, 'error')).toEqual(offline.map(({ codigo, ruta }) => `${codigo} ${ruta}`).sort());
    expect(sorted(issues, 'warning')).toEqual(avisos.map(({ codigo, ruta }) => `${codigo} ${ruta}`).sort());
    expect(issues.filter(({ path }) => !pathExists(cuerpo, path))).toEqual([]);
  });

  it.each(Object.keys(CATALOGUE).filter((codigo) => codigo !== '002'))(
    'has a valid neighbour, an invalid case and a boundary for %s',
    (codigo) => {
      const ofCode = fixtures.filter((fixture) => fixture.codigo === codigo);
      expect(new Set(ofCode.map(({ caso }) => caso))).toEqual(new Set(['vecino', 'invalido', 'limite']));
      expect(new Set(ofCode.map(({ kind }) => kind))).toEqual(new Set(['valid', 'invalid']));
    },
  );

  it('never lets a valid fixture expect an error', () => {
    const wrong = fixtures.filter(
      ({ kind, offline, gestor }) =>
        (kind === 'valid') !== ('errores' in gestor && gestor.errores.length === 0) ||
        (kind === 'valid' && offline.length > 0),
    );
    expect(wrong).toEqual([]);
  });
});

describe('validateEnvio on the official bodies', () => {
  it('finds nothing wrong with the official test', () => {
    expect(validateEnvio(JSON.parse(loadOficial('prueba-oficial.envio.json')))).toEqual([]);
  });

  it("reads the training slides' sample: placeholders for dates, and a provider's check digit that is wrong", () => {
    const issues = validateEnvio(JSON.parse(loadOficial('formacion.envio.json')));
    const student = 'listaAlumnos[0]';
    const modulo = `${student}.listaModulos[0]`;
    expect(issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
      'warning 001 rutOtec',
      `error 026 ${student}.fechaInicio`,
      `error 027 ${student}.fechaFin`,
      `error 026 ${modulo}.fechaInicio`,
      `error 027 ${modulo}.fechaFin`,
    ]);
  });
});

function sorted(issues: readonly Issue[], wanted: Issue['severity']): string[] {
  return issues
    .filter(({ severity }) => severity === wanted)
    .map(({ code, path }) => `${code} ${path}`)
    .sort();
}
