import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { entidadesSource } from '../../src/index.ts';
import type { Reading } from '../../src/source.ts';
import { AT } from './aula.ts';

/** An invented export, with the headers of the 1.2 CSV binding that matter here and some that do not. */
const EXPORT: Record<string, string[]> = {
  manifest: ['propertyName,value', 'oneroster.version,1.2'],
  orgs: ['sourcedId,status,dateLastModified,name,type', 'o1,,,Capacita,school'],
  academicSessions: [
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
    't1,,,Octubre,term,2026-10-05,2026-11-01,,2026',
    't2,,,Noviembre,term,2026-11-01,2026-12-19,,2026',
  ],
  courses: [
    'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode',
    'c1,,,,Bodega,CAP-26-07',
  ],
  classes: [
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds',
    'k1,active,2026-09-01,"Bodega, mañana",,c1,CAP-26-07-A,scheduled,,o1,"t2,t1"',
    'k2,tobedeleted,,Vieja,,c1,CAP-26-07-Z,scheduled,,o1,t1',
  ],
  users: [
    'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier',
    'u1,,,true,ana,,Ana,Ñancupil,,11.111.111-1',
    'u2,,,true,12345678-5,,Bruno,Díaz,,E-77',
    'u3,,,false,carla,,Carla,Fuera,,9876543-3',
    'u4,,,true,profe,,Pía,Profe,,14567890-0',
  ],
  enrollments: [
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    'e1,,,k1,o1,u1,student,,,',
    'e2,,,k1,o1,u2,student,,2026-10-12,2026-12-01',
    'e3,,,k1,o1,u3,student,,,',
    'e4,,,k1,o1,u4,teacher,,,',
    'e5,tobedeleted,,k1,o1,u4,student,,,',
  ],
  lineItems: [
    'sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,gradingPeriodSourcedId,resultValueMin,resultValueMax',
    'l1,,,Nota final,,,,k1,,,0,20',
    'l2,,,Recibir,,,,k1,,,0,100',
    'l3,,,Control 1,,,,k1,,,0,100',
  ],
  results: [
    'sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment',
    'r1,,,l1,u1,fully graded,18,2026-11-20,',
    'r2,,,l2,u1,fully graded,75,2026-11-20,',
    'r3,,,l3,u1,fully graded,10,2026-11-20,',
    'r4,,,l1,u2,submitted,,2026-11-20,',
  ],
  modulos: ['curso;modulo;codigoModulo', 'k1;Recibir;PRES028008000558'],
  actividades: ['curso;modulo;actividad;nombre', 'k1;Recibir;a1;Leer'],
  avances: ['curso;alumno;actividad;completada', 'k1;u1;a1;sí'],
  clics: ['curso;alumno;modulo;instante', 'k1;u1;Recibir;1791291600', 'k1;u1;Recibir;1791291700'],
};

let ruta = '';
beforeEach(async () => {
  ruta = await mkdtemp(join(tmpdir(), 'puente-oneroster-'));
  return () => rm(ruta, { recursive: true });
});

async function read(changes: Record<string, string[]> = {}): Promise<Reading> {
  for (const [name, lines] of Object.entries({ ...EXPORT, ...changes }))
    await writeFile(join(ruta, `${name}.csv`), lines.join('\n'));
  const source = entidadesSource({ name: 'aula', ruta });
  try {
    return await source.read({ at: AT });
  } finally {
    await source.close();
  }
}

it('gives courses, students and grades; modules and clicks stand beside it', async () => {
  const { courses, notGiven, findings } = await read();
  expect({ notGiven, findings }).toEqual({ notGiven: [], findings: [] });
  expect(courses).toMatchObject([
    {
      ...{ id: 'k1', title: 'Bodega, mañana', codigoOferta: 'CAP-26-07', codigoGrupo: 'CAP-26-07-A' },
      ...{ fechaInicio: '2026-10-05', fechaFin: '2026-12-18' },
    },
  ]);
  const [ana, bruno, ...others] = courses[0]?.students ?? [];
  expect(others).toEqual([]);
  expect(ana).toMatchObject({
    ...{ name: 'Ana Ñancupil', held: [] },
    alumno: {
      ...{ rutAlumno: 11111111, porcentajeAvance: 100, tiempoConectividad: 100, evaluacionFinal: 90 },
      listaModulos: [{ codigoModulo: 'PRES028008000558', notaModulo: 75 }],
    },
  });
  expect(bruno).toMatchObject({
    held: [],
    alumno: { rutAlumno: 12345678, fechaInicio: '2026-10-12', fechaFin: '2026-11-30' },
  });
  const told = (courses[0]?.findings ?? []).map(({ message }) => message).join('\n');
  expect(told).toContain('notas de módulos que no están en «modulos» («Control 1»)');
  expect(told).toContain('Carla Fuera');
});

it('a grade from 1 to 7 has no percentage, and holds back its student with the row', async () => {
  const lineItems = EXPORT.lineItems?.map((line) =>
    line.replace('Nota final,,,,k1,,,0,20', 'Final,,,,k1,,,1,7'),
  );
  const results = EXPORT.results?.map((line) => line.replace('fully graded,18', 'fully graded,6.5'));
  const { courses } = await read({ lineItems: lineItems ?? [], results: results ?? [] });
  expect(courses[0]?.students[0]?.held).toMatchObject([{ place: 'results.csv, fila 2, columna nota' }]);
  expect(courses[0]?.students[1]?.held).toEqual([]);
});
