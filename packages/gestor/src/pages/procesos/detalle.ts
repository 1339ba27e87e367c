import type { ProcesoRow, RegistroRow } from '../../store/pantalla.ts';
import {
  formatEstado,
  formatInstant,
  formatNumber,
  formatPercentage,
  formatPersonRut,
  formatSeconds,
} from '../format.ts';
import { type Html, html } from '../html.ts';
import { definitions, link, table } from '../parts.ts';

export interface Detalle {
  proceso: ProcesoRow;
  registros: readonly RegistroRow[];
  nombres: ReadonlyMap<string, string>;
  soloRechazados: boolean;
  /** There are more records after these. */
  more: boolean;
}

/** A process with its counts and each record's fate. */
export function detalleMain({ proceso, registros, nombres, soloRechazados, more }: Detalle): Html {
  const path = `/procesos/${proceso.id}`;
  const ver = soloRechazados ? 'rechazados' : undefined;
  return html`
${definitions([
  ['Recibido', `${formatInstant(proceso.recibidoEn)} en Santiago`],
  ['OTEC', `${proceso.nombreOtec ?? ''} ${formatPersonRut(proceso.rutOtec, proceso.dvOtec ?? '?')}`],
  [
    'Curso',
    `${proceso.nombreCurso ?? 'No registrado'} · oferta ${proceso.codigoOferta ?? '—'} · grupo ${proceso.codigoGrupo ?? '—'}`,
  ],
  ['codigoEnvio', proceso.codigoEnvio ?? 'No venía'],
  ['Alumnos', formatNumber(proceso.alumnos)],
  ['Registros aceptados', formatNumber(proceso.aceptados)],
  ['Registros rechazados', formatNumber(proceso.rechazados)],
  [
    'En SIC',
    proceso.noche
      ? `Publicado con el día ${proceso.noche}; visible desde el día siguiente`
      : 'Todavía no publicado',
  ],
])}
${proceso.rechazo ? html`<p class="aviso mal">Se rechazó la llamada entera: ${proceso.rechazo}</p>` : null}
${
  registros.length === 0
    ? html`<p>${soloRechazados ? 'No hay registros rechazados.' : 'Este proceso no tiene registros.'}</p>`
    : html`<p>${
        soloRechazados
          ? html`Se muestran sólo los rechazados. <a href="${path}">Ver todos</a>`
          : html`<a href="${link(path, { ver: 'rechazados' })}">Ver sólo los rechazados</a>`
      }</p>
${table(
  'Un registro por alumno y módulo, en el orden en que se enviaron',
  ['#N.º', 'RUT', 'Alumno', 'Módulo', '#Avance', '#Tiempo', 'Estado', 'Resultado'],
  registros.map((registro) => recordRow(registro, nombres, proceso)),
)}`
}
<nav class="paginas" aria-label="Páginas">
${more ? html`<a href="${link(path, { ver, desde: registros.at(-1)?.n })}">Siguientes →</a>` : null}
<a href="/procesos">Volver a los procesos</a>
</nav>`;
}

function recordRow(registro: RegistroRow, nombres: ReadonlyMap<string, string>, { cursoId }: ProcesoRow) {
  const { n, rut_alumno, dv_alumno, mod_cod, estado_registro, obs_registro } = registro;
  const known = nombres.get(rut_alumno ?? '');
  const rut = `${rut_alumno ?? '—'}-${dv_alumno ?? ''}`;
  return [
    n,
    known !== undefined && cursoId !== null
      ? html`<a class="junto" href="${link('/procesos/alumno', { curso: cursoId, rut: rut_alumno ?? '' })}">${rut}</a>`
      : html`<span class="junto">${rut}</span>`,
    known ?? 'No registrado',
    html`<span class="junto">${mod_cod ?? '—'}</span>`,
    formatPercentage(registro.mod_porcentaje_avance),
    formatSeconds(registro.mod_tiempo_conectividad),
    formatEstado(registro.mod_estado),
    estado_registro === 1
      ? html`<span class="bien">Aceptado</span>`
      : html`<span class="mal">Rechazado</span>: ${obs_registro}`,
  ];
}
