import { describe, expect, it } from 'vitest';
import { answersTo, nameOf, written } from './answers.ts';
import { TIME_UNITS } from './scales.ts';

describe('what was answered', () => {
  const of = (header: string) =>
    answersTo({ unidadTiempo: 'horas', 'Tiempo módulo': 'minutos' }, 'unidadTiempo', header, TIME_UNITS);

  it('of a column goes by its name, as forgiving as headers are', () => {
    expect(of('tiempo_modulo')).toEqual({ own: 'minutos', any: 'horas' });
    expect(of('tiempo')).toEqual({ any: 'horas' });
  });

  it('of a table of modules alone is called as in a flat one', () => {
    expect(nameOf('modulo.tiempoConectividad', 'Tiempo')).toBe('moduloTiempoConectividad');
    expect(nameOf('modulo.tiempoConectividad', 'Tiempo módulo')).toBe('Tiempo módulo');
    expect(nameOf('modulo.notaModulo', 'Nota')).toBe('Nota');
    expect(of(nameOf('modulo.tiempoConectividad', 'Tiempo')).own).toBe('minutos');
  });

  it('in words of another question is none', () => {
    expect(answersTo({ nota: '1-7' }, 'unidadTiempo', 'nota', TIME_UNITS)).toEqual({});
  });

  it('is shown with all that is there already, as YAML', () => {
    expect(written({ escalaNotas: '1-7', nota: '0-1' }, { '% Avance': '0-1', nota: '1-7' })).toBe(
      '«columnas: { escalaNotas: 1-7, nota: 1-7, "% Avance": 0-1 }»',
    );
  });
});
