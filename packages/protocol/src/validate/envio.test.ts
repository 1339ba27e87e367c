import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damaged, envio, rubbish } from '../../test/arbitraries.ts';
import type { Issue } from '../issue.ts';
import { pathExists } from '../path.ts';
import { validateEnvio } from './envio.ts';

const ofErrors = (issues: readonly Issue[]) => issues.filter(({ severity }) => severity === 'error');

describe('validateEnvio', () => {
  it('finds no error in what the service accepts', () => {
    fc.assert(
      fc.property(envio, (body) => {
        expect(ofErrors(validateEnvio(body))).toEqual([]);
      }),
    );
  });

  it('never throws, every path exists, and every text is there to be read', () => {
    fc.assert(
      fc.property(fc.oneof(rubbish, envio.chain(damaged)), (body) => {
        for (const { path, message, fix, scope } of validateEnvio(body)) {
          expect(pathExists(body, path), path).toBe(true);
          expect(message).toMatch(/^\S.*\.$/);
          expect(fix).toMatch(/^\S.*\.$/);
          expect(message).not.toMatch(/[\p{Cc}\p{Cs}]/u);
          expect(/^listaAlumnos\[\d+\]/.test(path)).toBe(scope !== 'call');
          if (scope === 'modulo') expect(path).toMatch(/^listaAlumnos\[\d+\]\.listaModulos\[\d+\]/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('tells each code once per student and per module', () => {
    fc.assert(
      fc.property(envio.chain(damaged), (body) => {
        const keys = ofErrors(validateEnvio(body)).map(
          ({ code, scope, path }) =>
            `${code} ${scope} ${/^listaAlumnos\[\d+\](\.listaModulos\[\d+\])?/.exec(path)?.[0]}`,
        );
        const ofRecords = keys.filter((key) => !key.includes(' call '));
        expect(new Set(ofRecords).size).toBe(ofRecords.length);
      }),
    );
  });

  it('never shows the token', () => {
    const token = '7d1f0c52-93ae-4b60-8c1d-2f5a9e6b3c01';
    for (const value of [token, `${token}x`, [token]]) {
      expect(JSON.stringify(validateEnvio({ token: value })).toLowerCase()).not.toContain(token);
    }
  });

  it('does not take inherited fields for the body’s own', () => {
    const inherited = Object.create({ codigoOferta: 'A', codigoGrupo: 'B', listaAlumnos: [] });
    expect(ofErrors(validateEnvio(inherited)).map(({ code, path }) => `${code} ${path}`)).toEqual([
      '003 ',
      '003 ',
      'null ',
    ]);
    expect(validateEnvio(JSON.parse('{"__proto__": {"listaAlumnos": [1]}, "constructor": 1}'))).not.toEqual(
      [],
    );
  });

  it('survives what JSON can be at worst', () => {
    const deep = JSON.parse(`${'[['.repeat(50_000)}${']]'.repeat(50_000)}`);
    const places: unknown[] = [
      deep,
      { listaAlumnos: deep },
      { codigoOferta: deep, listaAlumnos: [{ rutAlumno: deep }] },
    ];
    for (const body of places) expect(ofErrors(validateEnvio(body)).length).toBeGreaterThan(0);
  });

  it('counts a million activities and tells the first ones', () => {
    const body = {
      codigoOferta: 'A',
      codigoGrupo: 'B',
      listaAlumnos: [
        {
          rutAlumno: 12345678,
          dvAlumno: '5',
          tiempoConectividad: 0,
          porcentajeAvance: 0,
          fechaInicio: '2026-03-02',
          fechaFin: '2026-12-18',
          listaModulos: [
            {
              codigoModulo: 'M1',
              tiempoConectividad: 0,
              porcentajeAvance: 0,
              fechaInicio: '2026-03-02',
              fechaFin: '2026-12-18',
              listaActividades: Array.from({ length: 1_000_000 }, () => ({
                codigoActividad: 'x'.repeat(51),
              })),
            },
          ],
        },
      ],
    };
    const issues = validateEnvio(body);
    expect(issues).toHaveLength(21);
    expect(issues.at(-1)?.message).toContain('999980');
  });

  it('says 025 of a percentage that goes down within the same call, whoever accepted the first', () => {
    const [first, second] = ['listaAlumnos[0]', 'listaAlumnos[1]'];
    const body = (one: number, other: number, dv = '5') => ({
      codigoOferta: 'A',
      codigoGrupo: 'B',
      listaAlumnos: [one, other].map((porcentajeAvance, index) => ({
        rutAlumno: index === 0 ? 12345678 : '12345678',
        dvAlumno: index === 0 ? dv : '5',
        tiempoConectividad: 0,
        porcentajeAvance: 0,
        fechaInicio: '2026-03-02',
        fechaFin: '2026-12-18',
        listaModulos: [
          {
            codigoModulo: 'M1',
            tiempoConectividad: 0,
            porcentajeAvance,
            fechaInicio: '2026-03-02',
            fechaFin: '2026-12-18',
            listaActividades: [{ codigoActividad: 'Tarea' }],
          },
        ],
      })),
    });
    const told = (value: unknown) =>
      ofErrors(validateEnvio(value)).map(({ code, path }) => `${code} ${path}`);
    expect(told(body(50, 50))).toEqual([]);
    expect(told(body(50, 49))).toEqual([`025 ${second}.listaModulos[0].porcentajeAvance`]);
    expect(told(body(50, 49, '1'))).toEqual([`012 ${first}.dvAlumno`]);
  });
});
