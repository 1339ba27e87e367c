import { describe, expect, it } from 'vitest';
import { csv, flatRow, read } from './reading.ts';
import { rawRow, rawWorkbook } from './workbooks.ts';

const CAMILA = '"Camila Soto Vera",12.345.678-5';
const REPORTS = {
  'Registros in Spanish': [
    'Registros',
    'Hora,"Nombre completo del usuario","Usuario afectado","Contexto del evento",Componente,"Nombre evento",Descripción,Origen,"Dirección IP"',
    '"22/11/26, 23:09:52","Camila Soto",-,"Curso: X",Sistema,"Curso visto","The user with id \'12\' viewed the course with id \'3\'.",web,10.0.0.1',
  ],
  'Registros of a site in English, under Excel’s line': [
    'Registros',
    'sep=,\r\nCourse,Time,"User full name","Affected user","Event context",Component,"Event name",Description,Origin,"IP address"',
    'X,"22/11/26, 23:09:52","Camila Soto",-,"Course: X",System,"Course viewed","The user with id \'12\' viewed",web,10.0.0.1',
  ],
  'Registros as JSON, which has no names of columns': [
    'Registros',
    '[[["22/11/26, 23:09:52","Camila Soto","-","Curso: X","Sistema","Curso visto",',
    '"The user with id \'12\' viewed the course with id \'3\'.","web","10.0.0.1"]]]',
  ],
  'Registros as JSON with names': [
    'Registros',
    '[{"Hora":"22/11/26, 23:09:52","Nombre completo del usuario":"Camila Soto","Contexto del evento":"Curso: X",',
    '"Componente":"Sistema","Nombre evento":"Curso visto","Origen":"web"}]',
  ],
  'Actividad del curso, copied from the page': [
    'Actividad del curso',
    'Actividad,Vistas,"Entradas de blog relacionadas","Último acceso"',
    'Foro,"25 por 3 usuarios",-,"lunes, 5 de octubre de 2026, 10:12"',
  ],
  'Participación en el curso': [
    'Participación en el curso',
    '"Nombre / Apellido(s)","Todas las acciones",Seleccionar',
    '"Camila Soto","Sí (3)",',
  ],
  'Resultados del cuestionario in Spanish': [
    'Resultados del cuestionario',
    'Apellido(s),Nombre,"Número de ID",Estado,"Comenzado el",Finalizado,"Tiempo requerido","Calificación/10,00"',
    'Soto,Camila,12.345.678-5,Finalizado,"5 de octubre de 2026  10:00","5 de octubre de 2026  10:20","20 minutos","8,50"',
  ],
  'Resultados del cuestionario in English': [
    'Resultados del cuestionario',
    'Surname,"First name","Email address",State,"Started on",Completed,"Time taken",Grade/10.00',
    'Soto,Camila,camila@ejemplo.cl,Finished,"5 October 2026","5 October 2026","20 mins",8.50',
  ],
  'Historial de calificaciones': [
    'Historial de calificaciones',
    '"Fecha y hora",Nombre,"Ítem de calificación","Calificación original","Calificación revisada",Calificador',
    '"5/10/26, 10:12","Camila Soto",Foro,,6.0,"Profesora"',
  ],
  'Finalización de actividad in Spanish': [
    'Finalización de actividad',
    ',"Número de ID","Foro","2026-10-05 10:00:00","Prueba 1",""',
    `${CAMILA},"Finalizado","2026-10-06 10:12:13","Finalizado (no obtuvo calificación de aprobado)","2026-10-07 10:00:00"`,
  ],
  'Finalización de actividad in English, for Excel': [
    'Finalización de actividad',
    '\t"Email address"\t"Quiz 1"\t""',
    '"Camila Soto"\t"camila@ejemplo.cl"\t"Not completed"\t""',
  ],
  'Finalización del curso in Spanish': [
    'Finalización del curso',
    'ID,Nombre,"Número de ID","Prueba 1","Prueba 1 - Fecha de finalización","Curso finalizado"',
    `12,${CAMILA},Finalizado,"6/10/26, 10:12",`,
  ],
  'Finalización del curso in English': [
    'Finalización del curso',
    'ID,Name,"Email address","Quiz 1","Quiz 1 - Completion date","Course complete"',
    '12,"Camila Soto",camila@ejemplo.cl,Completed,"6/10/26, 10:12",',
  ],
  'Calificaciones in Spanish': [
    'Calificaciones (exportar)',
    'Nombre,Apellido(s),"Número de ID","Dirección de correo","Cuestionario:Prueba 1 (Real)","Total del curso (Real)","Última descarga de este curso"',
    'Camila,"Soto Vera",12.345.678-5,camila@ejemplo.cl,85.00,77.50,1795000000',
  ],
  'Calificaciones in English': [
    'Calificaciones (exportar)',
    '"First name",Surname,"ID number","Quiz: Prueba 1 (Percentage)","Course total (Percentage)"',
    'Camila,"Soto Vera",12345678-5,"85.00 %","77.50 %"',
  ],
  'Participantes in Spanish': [
    'Participantes',
    'Nombre,Apellido(s),"Dirección de correo",Grupos',
    'Camila,"Soto Vera",camila@ejemplo.cl,G1',
  ],
  'Participantes in English': [
    'Participantes',
    '"First name / Last name","ID number","Email address",Roles,Groups,"Last access to course",Status',
    `${CAMILA},camila@ejemplo.cl,Student,G1,"2 days",Active`,
  ],
  'Dedicación al curso': [
    'Dedicación al curso',
    '"Nombre / Apellido(s)","Número de ID",Grupos,"Dedicación al curso","Conexiones por día"',
    `${CAMILA},G1,"3 horas 25 minutos",2`,
  ],
} satisfies Record<string, [name: string, header: string, row: string]>;

describe.each(Object.entries(REPORTS))('%s', (_, [name, header, row]) => {
  const content = `${header}\n${row}\n`;

  it('is refused by its name, once, with what to do', async () => {
    const { courses, findings } = await read(content, 'informe.csv');
    expect(courses).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(`informe.csv es el informe «${name}» de Moodle: `),
      fix: expect.stringMatching(/moodle-ws/),
    });
  });
});

it('names the people that it has, by name and RUT', async () => {
  const [, header, row] = REPORTS['Finalización de actividad in Spanish'];
  const { findings } = await read(`${header}\n${row}\n`);
  expect(findings[0]?.message).toMatch(/En él están: Camila Soto Vera \(12345678-5\)\.$/);
});

it.each([
  ['a word where all of its people are in the table', '12.345.678-5', 'warning'],
  ['an error where somebody is in no other table', '11.111.111-1', 'error'],
])('beside a table that is read: %s', async (_, rutAlumno, severity) => {
  const sheet = (rows: string[][]) =>
    `<sheetData>${rows.map((row, index) => rawRow(index + 1, row)).join('')}</sheetData>`;
  const row = flatRow({ rutAlumno });
  const book = rawWorkbook({
    sheets: [
      { name: 'Avance', xml: sheet([Object.keys(row), Object.values(row)]) },
      {
        name: 'Notas',
        xml: sheet([
          [
            'Nombre',
            'Apellido(s)',
            'Número de ID',
            'Total del curso (Real)',
            'Última descarga de este curso',
          ],
          ['Camila', 'Soto', '12345678-5', '77,5', '1795000000'],
        ]),
      },
    ],
  });
  const { courses, findings } = await read(book, 'avance.xlsx');
  expect(courses[0]?.students).toHaveLength(1);
  const told = findings.filter(({ message }) => /Calificaciones/.test(message));
  expect(told).toMatchObject([{ severity }]);
});

it('rows as lists in a JSON are a table, the first of them its names', async () => {
  const row = flatRow();
  const { courses, findings } = await read(JSON.stringify([Object.keys(row), Object.values(row)]), 'a.json');
  expect(findings).toEqual([]);
  expect(courses[0]?.students).toHaveLength(1);
});

it('a download to which somebody has added all that is needed is a sheet like others', async () => {
  const row = { ...flatRow(), 'Total del curso (Real)': '85', 'Última descarga de este curso': '1795000000' };
  const { courses } = await read(csv([row], Object.keys(row)));
  expect(courses[0]?.students).toHaveLength(1);
});

it('who stands in rows without names of columns is not called by an address of mail', async () => {
  const { findings } = await read('Hola,a todos\nCamila Soto,12345678-5,camila.soto@ejemplo.cl,3\n');
  expect(findings.map(({ message }) => message).join()).toMatch(/Camila Soto \(12345678-5\)/);
});
