import { expect, test } from 'vitest';
import { archivoSource } from '../archivo.ts';

const NAMES =
  'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin';
const ROW = 'C-1;C-1;11111111-1;600;60;2026-10-05;2026-12-18;M-1;390;100;2026-10-05;2026-12-18';

async function read(lines: string[]) {
  const contenido = new TextEncoder().encode(lines.join('\n'));
  const source = archivoSource({ name: 'aula', ruta: 'avance.csv', contenido });
  const { courses, findings } = await source.read({ at: new Date('2026-11-20T22:00:00-03:00') });
  const [student] = courses.flatMap(({ students }) => students);
  const [modulo] = student?.alumno.listaModulos ?? [];
  return {
    times: [student?.alumno.tiempoConectividad, modulo?.tiempoConectividad],
    told: findings.map(({ message }) => message).join('\n'),
  };
}

test('a unit that the sheet states below its names or above them is the unit of its times, and told', async () => {
  const below = await read([NAMES, ';;;(minutos);(%);;;;(en minutos);(%);;', ROW]);
  expect(below.times).toEqual([36_000, 23_400]);
  expect(below.told).toContain('dice «minutos» de «tiempoConectividad» y «moduloTiempoConectividad»');
  const above = await read(['Tiempos en minutos', NAMES, ROW]);
  expect(above.times).toEqual([36_000, 23_400]);
});

test('other lines state nothing', async () => {
  const { times, told } = await read(['Avance al 20 de noviembre: 90 minutos de clase', NAMES, ROW]);
  expect(times).toEqual([600, 390]);
  expect(told).not.toContain('así se leyeron');
});
