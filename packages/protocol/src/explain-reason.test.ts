import { describe, expect, it } from 'vitest';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { CATALOGUE } from './catalogue.ts';
import { SOPORTE_SENCE } from './envio.ts';
import { explainReason } from './explain-reason.ts';

describe('explainReason', () => {
  it('tells the former percentage of a 025', () => {
    const explain = (message: string) => explainReason({ code: '025', rawCode: '025', message }).explicacion;
    expect(explain('modulo.porcentajeAvance debe ser mayor al anterior (100.00000)')).toContain('fue 100 %');
    expect(explain('modulo.porcentajeAvance debe ser mayor al anterior 13.50000')).toContain('fue 13,5 %');
    expect(explain('')).toBe(CATALOGUE['025'].meaning);
  });

  it('tells what the service said of a 002', () => {
    const { explicacion } = explainReason({ code: '002', rawCode: null, message: 'cURL error 28' });
    expect(explicacion).toContain('«cURL error 28»');
  });

  it('does not pretend to know an unknown code', () => {
    expect(explainReason({ code: null, rawCode: '077', message: 'Algo nuevo' })).toEqual({
      explicacion:
        'El servicio lo rechazó con el código 077, que no está en la tabla publicada, y dijo: «Algo nuevo».',
      queHacer: expect.stringContaining(SOPORTE_SENCE),
    });
    expect(explainReason({ code: null, rawCode: null, message: '' }).explicacion).toBe(
      'El servicio lo rechazó sin indicar un código, y no explicó el motivo.',
    );
  });
});

describe('the catalogue', () => {
  it.each(Object.entries<CatalogueEntry>(CATALOGUE))(
    '%s is complete',
    (_code, { meaning, causes, fix, english }) => {
      for (const text of [meaning, ...causes, fix, english]) expect(text).toMatch(/^([A-ZÁÉÍÓÚ]|fecha).+\.$/);
      expect(causes.length).toBeGreaterThan(0);
    },
  );

  it.each(['002', '003', '011'] as const)('%s names SENCE’s support', (code) => {
    expect(CATALOGUE[code].fix).toContain(SOPORTE_SENCE);
  });
});
