import type { listSicCursos, readSicCurso } from '../store/sic.ts';
import { formatEstado, formatNumber, formatPercentage, formatPersonRut, formatSeconds } from './format.ts';
import { type Html, html } from './html.ts';
import { link, table } from './parts.ts';

type Cursos = Awaited<ReturnType<typeof listSicCursos>>;
type Filas = Awaited<ReturnType<typeof readSicCurso>>;

/** The courses of which SIC shows something. */
export function sicMain(cursos: Cursos): Html {
  if (cursos.length === 0) {
    return html`<p>SIC todavía no muestra nada: lo que se recibe un día se publica de noche y se ve al día siguiente.</p>`;
  }
  return table(
    'Cursos que muestra SIC',
    ['Oferta', 'Grupo', 'Curso', 'OTEC', '#Alumnos', 'Último día publicado'],
    cursos.map(({ codigoOferta, codigoGrupo, nombre, rutOtec, alumnos, noche }) => [
      html`<a class="junto" href="${link('/sic', { codigoOferta, codigoGrupo })}">${codigoOferta}</a>`,
      codigoGrupo,
      nombre,
      html`<span class="junto">${formatPersonRut(Number(rutOtec))}</span>`,
      formatNumber(Number(alumnos)),
      noche,
    ]),
  );
}

/** What SIC shows of one course: student by student, module by module, with the day that it comes from. */
export function sicCursoMain(filas: Filas): Html {
  return html`${table(
    'Avance por alumno y módulo',
    [
      'RUT',
      'Alumno',
      '#Avance',
      'Estado',
      'Módulo',
      '#Avance módulo',
      '#Tiempo módulo',
      'Estado módulo',
      'Día',
    ],
    filas.map((fila) => [
      html`<span class="junto">${formatPersonRut(fila.rutAlumno, fila.dvAlumno)}</span>`,
      fila.nombreAlumno ?? '—',
      formatPercentage(String(fila.porcentajeAvance)),
      formatEstado(fila.estado),
      html`<span class="junto">${fila.codigoModulo}</span>`,
      formatPercentage(String(fila.modPorcentajeAvance)),
      formatSeconds(String(fila.modTiempoConectividad)),
      formatEstado(fila.modEstado),
      fila.noche,
    ]),
  )}
<nav class="paginas" aria-label="Páginas"><a href="/sic">Todos los cursos</a></nav>`;
}
