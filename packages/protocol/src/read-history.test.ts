import { describe, expect, it } from 'vitest';
import { loadOficial } from '../../../fixtures/load.ts';
import { readHistory, readRegistro } from './read-history.ts';

const oficial = loadOficial('historial-ok.json');

describe('readHistory', () => {
  it('reads the official example as it is', () => {
    expect(readHistory(oficial)).toEqual({
      kind: 'processes',
      processes: JSON.parse(oficial),
      skipped: 0,
      leaked: false,
    });
  });

  it('reads it behind leaked HTML and with numbers where texts are due', () => {
    const numbers = oficial.replaceAll(/"(\d{1,8})"/g, '$1');
    expect(readHistory(`<div>Notice [0] {x}</div>${numbers}<!-- [] -->`)).toEqual({
      kind: 'processes',
      processes: JSON.parse(oficial),
      skipped: 0,
      leaked: true,
    });
  });

  it('keeps what it knows of a process with missing and unknown fields', () => {
    const history = readHistory(
      '[{"id_proceso_externo":7,"nuevo":1,"listaregistros":[{"mod_cod":"M1"}]},{"x":1},3]',
    );
    expect(history).toMatchObject({
      processes: [
        { id_proceso_externo: '7', fecha: null, listaregistros: [{ mod_cod: 'M1', obs_registro: null }] },
      ],
      skipped: 2,
    });
    expect(JSON.stringify(history)).not.toContain('nuevo');
  });

  it('reads an empty history', () => {
    expect(readHistory('[]')).toMatchObject({ kind: 'processes', processes: [] });
    expect(readHistory('<p>aviso</p>\n[]')).toMatchObject({ kind: 'processes', processes: [], leaked: true });
  });

  it('reads a refusal', () => {
    const reason = { code: '001', rawCode: null, message: 'Token invalido' };
    expect(readHistory(loadOficial('token-invalido.json'))).toEqual({ kind: 'refused', reason });
  });

  it.each([
    '',
    '<html></html>',
    'null',
    '{}',
    '[1]',
    oficial.slice(0, -3),
    `${oficial.slice(0, 400)}"listaregistros":[]`,
    '<p>[{"id_proceso_externo":"1","listaregistros": []',
    '{"statusCode":500,"error":"Internal Server Error"}',
  ])('does not take «%.40s» for an empty history', (raw) => expect(readHistory(raw).kind).toBe('unreadable'));
});

describe('readRegistro', () => {
  it('takes the code from the text and not from the brackets', () => {
    const history = readHistory(oficial);
    const registros = history.kind === 'processes' ? history.processes.flatMap((p) => p.listaregistros) : [];
    const message = 'modulo.porcentajeAvance debe ser mayor al anterior (20.00000)';
    expect(registros.map(readRegistro)).toEqual([
      {
        rut: '9562011-6',
        codigoModulo: 'C51737-O14-M2',
        fate: 'rejected',
        porcentajeAvance: 10,
        reasons: [{ code: '025', rawCode: '010', message }],
      },
      {
        rut: '15294646-5',
        codigoModulo: 'C51737-O14-M1',
        fate: 'accepted',
        porcentajeAvance: 50,
        reasons: [],
      },
    ]);
  });

  it('reads several reasons of one record', () => {
    const raw =
      '[{"listaregistros":[{"estado_registro":"3","obs_registro":"[023] modulo.tiempoConectividad invalido; [024] modulo.porcentajeAvance invalido"}]}]';
    const history = readHistory(raw);
    const [registro] = history.kind === 'processes' ? (history.processes[0]?.listaregistros ?? []) : [];
    expect(registro && readRegistro(registro).reasons.map(({ code }) => code)).toEqual(['023', '024']);
  });
});

function registro(fields: object) {
  const history = readHistory(JSON.stringify([{ listaregistros: [fields] }]));
  const [only] = history.kind === 'processes' ? (history.processes[0]?.listaregistros ?? []) : [];
  if (!only) throw new Error('no record');
  return readRegistro(only);
}

it.each([
  ['12345678', '5'],
  ['12345678-5', null],
  ['12.345.678-5', ''],
  ['123456785', null],
  ['12345678', null],
  ['012345678', ' 5 '],
  ['12345678-5', '5'],
  [123456785, null],
])('the student %s with check digit %s is one person', (rut_alumno, dv_alumno) =>
  expect(registro({ rut_alumno, dv_alumno }).rut).toBe('12345678-5'),
);

it('a number of a person without check digit is no whole RUT by chance', () => {
  // 1234567-4 is a whole RUT too; the field is of the number alone.
  expect(registro({ rut_alumno: '12345674', dv_alumno: null }).rut).toBe('12345674-2');
  expect(registro({ rut_alumno: '', dv_alumno: null }).rut).toBe('');
});

it.each([
  '[010] modulo.porcentajeAvance debe ser mayor al anterior (20.00000)',
  '[010] modulo.porcentajeAvance debe ser mayor al anterior(20.00000)',
  'Uno o mas errores encontrados: [010] modulo.porcentajeAvance debe ser mayor al anterior (20.00000)',
  '[010] Uno o mas errores encontrados: modulo.porcentajeAvance debe ser mayor al anterior(20.00000)',
])('«%s» is a 025', (obs_registro) =>
  expect(registro({ estado_registro: '3', obs_registro }).reasons.map(({ code }) => code)).toEqual(['025']),
);

it.each([
  [1, 'accepted'],
  [' 1 ', 'accepted'],
  ['3', 'rejected'],
  ['2', 'unknown'],
  [null, 'unknown'],
])('estado_registro %s is %s', (estado_registro, fate) =>
  expect(registro({ estado_registro }).fate).toBe(fate),
);
