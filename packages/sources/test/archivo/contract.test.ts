import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivoSource } from '../../src/index.ts';
import { sourceContract } from '../contract.ts';

const HEADER =
  'codigoOferta;codigoGrupo;nombreCurso;rutAlumno;nombre;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;' +
  'codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin;actividades';

const row = (curso: string, rut: string, modulo: string): string =>
  `${curso};${curso}-A;Curso ${curso};${rut};Ayelén Ñancucheo;3600;50;2026-10-05;2026-12-18;${modulo};1800;50;05-10-2026;2026-12-18;Foro|Tarea`;

sourceContract('archivo', async () => {
  const ruta = await mkdtemp(join(tmpdir(), 'puente-archivo-'));
  await writeFile(
    join(ruta, 'avance.csv'),
    [
      HEADER,
      row('C1', '11.111.111-1', 'M1'),
      row('C1', '11.111.111-1', 'M2'),
      row('C1', '12345678-5', 'M1'),
      row('C1', '12345678-5', 'M1'),
      row('C2', '1234', 'M1'),
    ].join('\r\n'),
  );
  const body = {
    rutOtec: '77124930-2',
    codigoOferta: 'C3',
    codigoGrupo: 'C3-A',
    listaAlumnos: [
      {
        rutAlumno: 11111111,
        dvAlumno: '1',
        tiempoConectividad: 3600,
        porcentajeAvance: 50,
        fechaInicio: '2026-10-05',
        fechaFin: '2026-12-18',
        listaModulos: [{ codigoModulo: 'M1', porcentajeAvance: '50,5' }, 5],
      },
      null,
    ],
  };
  await writeFile(join(ruta, 'envio.json'), JSON.stringify(body));
  await writeFile(join(ruta, 'leame.txt'), 'Exportado desde el LMS');
  return {
    open: () => archivoSource({ name: 'planillas', ruta }),
    dead: () => archivoSource({ name: 'planillas', ruta: join(ruta, 'no-existe') }),
    at: new Date('2026-11-23T22:30:00-03:00'),
    dispose: () => rm(ruta, { recursive: true }),
  };
});
