import { expect, test } from 'vitest';
import { exitCodeOf } from './exit-code.ts';
import type { EnvioHecho, NoEnviado, Resultado, SendResult } from './results.ts';

const envio = (resultado: Resultado): EnvioHecho => ({
  codigoEnvio: resultado === 'retenido' ? null : 'P-1',
  rutOtec: '76111222-8',
  codigoOferta: 'A',
  codigoGrupo: 'A',
  titulo: 'A',
  idProceso: 1,
  resultado,
  aceptados: 0,
  rechazados: 0,
  retenidos: 0,
  errores: [],
  avisos: [],
});
const course = { rutOtec: '76111222-8', codigoOferta: 'A', codigoGrupo: 'A' };
const unsent: NoEnviado = { ...course, motivo: 'sin-conexion', mensaje: '', queHacer: '' };
const unreadable = { codigo: null, ruta: '', mensaje: '', queHacer: '', gravedad: 'error' as const };
const wrong = { fuente: 'a', mensaje: '', queHacer: '', tipo: 'mal' as const };

const missing = {
  ...{ fuente: 'a', curso: 'A', codigoOferta: null, codigoGrupo: null, causa: 'missing' as const },
  ...{ mensaje: '', queHacer: '', hallazgos: [] },
};
const there = { ...course, titulo: 'A', registros: 2, enviado: new Date(0) };
const NOTHING: SendResult = {
  envios: [],
  historial: [],
  yaEnviados: [],
  noEnviados: [],
  noEntregados: [],
  ausentes: [],
  hallazgos: [],
  fallas: [],
};

test.each<[string, Partial<SendResult>, number]>([
  ['nothing to do', {}, 0],
  ['all of it there already', { yaEnviados: [there] }, 0],
  ['all accepted', { envios: [envio('aceptado')] }, 0],
  ['some rejected', { envios: [envio('aceptado'), envio('parcial')] }, 1],
  ['held', { envios: [envio('retenido')] }, 1],
  ['a file that is not there', { fallas: [wrong] }, 2],
  ['an LMS that is down', { fallas: [{ ...wrong, tipo: 'caida' }] }, 3],
  ['one file missing, another sent', { envios: [envio('aceptado')], fallas: [wrong] }, 1],
  ['one file of a folder unreadable', { envios: [envio('aceptado')], hallazgos: [unreadable] }, 1],
  ['a course asked for and not given', { noEntregados: [missing] }, 1],
  ['a course read in part', { envios: [{ ...envio('aceptado'), avisos: [unreadable] }] }, 1],
  ['no connection', { noEnviados: [unsent] }, 3],
  ['no connection, and a course held', { noEnviados: [unsent], envios: [envio('retenido')] }, 3],
  ['connection lost half way', { noEnviados: [unsent], envios: [envio('aceptado')] }, 1],
  ['uncertain beats all', { noEnviados: [unsent], envios: [envio('incierto')], fallas: [wrong] }, 4],
])('%s', (_name, result, code) => {
  expect(exitCodeOf({ ...NOTHING, ...result })).toBe(code);
});
