import { describe, expect, it } from 'vitest';
import { CATALOGUE, messageOf } from './catalogue.ts';
import { codeOfMessage, readReason } from './reason.ts';

describe('readReason', () => {
  it.each([
    ['025', '025', '025'],
    [25, '025', '25'],
    ['25', '025', '25'],
    [' 012 ', '012', '012'],
    ['[010]', '010', '[010]'],
    ['099', null, '099'],
    ['constructor', null, 'constructor'],
    ['', null, null],
    [null, null, null],
    [{}, null, null],
  ])('code %j', (codigo, code, rawCode) => {
    expect(readReason(codigo, 'x')).toMatchObject({ code, rawCode });
  });

  it('leaves the service’s words alone, and nothing else', () => {
    const mensaje = '<b>Uno o mas errores encontrados:</b> modulo.porcentajeAvance\n debe ser mayor &gt; que';
    expect(readReason('025', mensaje).message).toBe('modulo.porcentajeAvance debe ser mayor > que');
    expect(readReason('025', 7).message).toBe('');
  });
});

describe('codeOfMessage', () => {
  it.each(Object.keys(CATALOGUE).filter((code) => code !== '002'))('knows the text of %s', (code) => {
    const text = messageOf(code as keyof typeof CATALOGUE, {
      codigoCurso: 'C-1',
      rutAlumno: '1-9',
      codigoModulo: 'M (1)',
      porcentajeAnterior: '10.00000',
    });
    expect(codeOfMessage(text)).toBe(code);
    expect(codeOfMessage(text.toUpperCase().normalize('NFD').replace(/\p{M}/gu, ''))).toBe(code);
  });

  it('knows the dates of a student', () => {
    expect(codeOfMessage('alumno.fechaInicio inválido')).toBe('026');
    expect(codeOfMessage('alumno.fechaFin invalido')).toBe('027');
  });

  it.each(['', 'otra cosa', 'alumno.fechaEjecucion inválido'])('knows nothing of «%s»', (text) => {
    expect(codeOfMessage(text)).toBeNull();
  });
});
