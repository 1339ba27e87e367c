import { describe, expect, it } from 'vitest';
import { codeInName, codeOfSection } from './codes.ts';

describe('a module code in a section name', () => {
  it.each([
    ['INTRODUCCIÓN AL COMERCIO ELECTRÓNICO/PRES028008000558', 'PRES028008000558'],
    ['Módulo 5:  Cierre y evaluación /ELE028837032043 ', 'ELE028837032043'],
    ['MO-00051737-M1', 'MO-00051737-M1'],
    ['ELE028837032041 – Manejo de caja 💰', 'ELE028837032041'],
    ['C46982-O565656565-M1', 'C46982-O565656565-M1'],
    ['Gestión / 00051737', '00051737'],
    ['Unidad 1/2 / ele028837032039', 'ELE028837032039'],
    ['Módulo 1 (C1-O2-M3)', 'C1-O2-M3'],
    ['Ventas / Módulo 2 ELE028837032040', 'ELE028837032040'],
    ['MO-00051737-M1 / 05-10-2026', 'MO-00051737-M1'],
    ['Gestión / CAP-2026-10-05-12345', 'CAP-2026-10-05-12345'],
    ['Gestión / 12345678', '12345678'],
    ['Gestión / 2026-123', '2026-123'],
    ['Gestión / MOD-2026-01', 'MOD-2026-01'],
    ['Unidad 1.2/PRES028008000558', 'PRES028008000558'],
    ['RES.EXENTA/12345', '12345'],
    ['PRES028008000558 https://us02web.zoom.us/j/81234567890', 'PRES028008000558'],
  ])('%s → %s', (name, code) => {
    expect(codeInName(name)).toBe(code);
  });

  it.each([
    'Material complementario',
    'Módulo 6 (en preparación)',
    'Clase del 12/10/2026',
    'Preguntas y/o respuestas',
    'Excel 2019/2021',
    'PRES',
    '',
    'Teléfono 562 2345 6789',
    'Semana 5 / 05-10-2026',
    'Semana 5 / 5.10.26',
    'Semana 5 / 2026-10-05',
    'Semana 5 / 05102026',
    'Semana 5 / 20261005',
    'Clase_05-10-2026',
    '05-10-2026',
    '05-10-2026_12-10-2026',
    'Cohorte / 2026-2027',
    'Semana 5 / 05-oct-2026',
    'Semana 5 / 5octubre2026',
    'Introducción / 2026-1',
    'Introducción / 1-2026',
    'Introducción / 2026-S1',
    'Introducción / Sem1-2026',
    'Semana 5 / 10.2026',
    'Clase en vivo / 18.30-20.30',
    'Clase en vivo: https://us02web.zoom.us/j/81234567890',
    'meet.google.com/abc-12345-xyz',
  ])('none in %j', (name) => {
    expect(codeInName(name)).toBeNull();
  });

  it('a pattern of the provider goes alone: its group, else the whole match', () => {
    expect(codeInName('Unidad [A-7] / ELE028837032039', '\\[(.+?)\\]')).toBe('A-7');
    expect(codeInName('Unidad A7x', 'A\\dx')).toBe('A7x');
    expect(codeInName('Unidad / ELE028837032039', '\\[(.+?)\\]')).toBeNull();
  });
});

describe('by hand', () => {
  const section = { id: 12, name: 'Módulo 1 / ELE028837032039' };

  it('by the id or the name of the section, before all else', () => {
    expect(codeOfSection(section, { modulos: { '12': 'X-1' } })).toEqual({ code: 'X-1', byHand: true });
    expect(codeOfSection(section, { modulos: { 'módulo 1 /  ele028837032039': 'X-2' } })).toEqual({
      code: 'X-2',
      byHand: true,
    });
    expect(codeOfSection(section, { modulos: { otra: 'X-3' } })).toEqual({
      code: 'ELE028837032039',
      byHand: false,
    });
  });

  it('blank says that it is no module', () => {
    expect(codeOfSection(section, { modulos: { '12': ' ' } })).toBe('none');
  });

  it('a section never renamed has none', () => {
    expect(codeOfSection({ id: 1, name: null }, {})).toBeNull();
  });
});
