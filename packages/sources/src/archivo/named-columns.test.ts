import { expect, test } from 'vitest';
import { archivoSource } from './archivo.ts';

const HEADER =
  'Código Oferta;Código Grupo;Participante oficial;Horas cronológicas;Logro;Desde;Hasta;Código Módulo;Módulo Tiempo Conectividad;Módulo % Avance;Módulo Fecha Inicio;Módulo Fecha Fin;Nota';
const ROW =
  'CAP-1;G-1;11.111.111-1;3600;40;05-10-2026;18-12-2026;PRES1;1800;40;05-10-2026;18-12-2026;pendiente';
const NAMED = {
  'Participante oficial': 'rutAlumno',
  'horas cronologicas': 'tiempoConectividad',
  Logro: 'porcentajeAvance',
  Desde: 'fechaInicio',
  Hasta: 'fechaFin',
  Nota: 'no',
};

const read = (columnas: Record<string, string>, text = `${HEADER}\n${ROW}\n`) =>
  archivoSource({
    ...{ name: 'planillas', ruta: 'avance.csv', contenido: new TextEncoder().encode(text) },
    columnas,
  }).read({ at: new Date('2026-11-20T12:00:00-03:00') });

test('columns that a person named are read as what they are, and the file’s own names stand in every place', async () => {
  const { courses, findings } = await read(NAMED);
  expect(courses).toHaveLength(1);
  const [student] = courses[0]?.students ?? [];
  expect(student?.alumno).toMatchObject({
    ...{ rutAlumno: 11111111, dvAlumno: '1', tiempoConectividad: 3600, porcentajeAvance: 40 },
    ...{ fechaInicio: '2026-10-05', fechaFin: '2026-12-18' },
  });
  expect(student?.place?.columns).toMatchObject({
    porcentajeAvance: 'Logro',
    rutAlumno: 'Participante oficial',
  });
  expect(student?.alumno).not.toHaveProperty('evaluacionFinal');
  expect(findings).toEqual([]);
});

test('without the names the same sheet is not read, and a name that is in no row of names changes nothing', async () => {
  expect((await read({})).courses).toEqual([]);
  const { Logro: _, ...others } = NAMED;
  expect((await read(others)).courses).toEqual([]);
  const data = `${HEADER}\n${ROW.replace('pendiente', 'Logro')}\n`;
  expect((await read(NAMED, data)).courses[0]?.students).toHaveLength(1);
});

test('two columns named as the same one are told by the names of the file', async () => {
  const { courses, findings } = await read({ ...NAMED, Nota: 'porcentajeAvance' });
  expect(courses).toEqual([]);
  expect(findings.map(({ message }) => message).join(' ')).toContain('Logro');
});
