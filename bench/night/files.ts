import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COURSE_IDS, modulesOf, ofertaOf, peopleOf, rutOf } from './size.ts';

const HEADER =
  'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;estado;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin;moduloEstado';

/** A folder of one CSV a course, as an LMS exports them. */
export function writeFiles(folder: string): string {
  const ruta = join(folder, 'avances');
  mkdirSync(ruta);
  for (const course of COURSE_IDS) {
    const oferta = ofertaOf(course);
    const rows = peopleOf(course).flatMap((person) =>
      modulesOf(course).map((modulo, at) =>
        [
          ...[
            oferta,
            oferta,
            rutOf(person),
            3600 + person,
            20 + (person % 60),
            '2026-08-01',
            '2026-12-29',
            1,
          ],
          ...[modulo, 700 + person, (person + at * 7) % 100, '2026-08-01', '2026-12-29', 1],
        ].join(';'),
      ),
    );
    writeFileSync(join(ruta, `${oferta}.csv`), `${[HEADER, ...rows].join('\n')}\n`);
  }
  return ruta;
}
