import { type ReactNode, useId } from 'react';
import type { NocheDeCurso } from '../../../src/api.ts';
import { noche } from '../format.ts';
import { ESTADO_NOCHE } from './noches.tsx';

type Estado = NocheDeCurso['estado'];

/** Units of the drawing, which takes the width that it is given: a step is a cell of 8 and the gap after it. */
const PASO = 10;
const SEMANAS = 26;
const DIAS = ['L', 'M', 'M', 'J', 'V', 'S', 'D'];
const IZQUIERDA = 14;
const ARRIBA = 13;
const ANCHO = IZQUIERDA + SEMANAS * PASO;
const ALTO = ARRIBA + DIAS.length * PASO;

/** Weeks as columns, Monday on top. It is as high with no night as with half a year of them. */
export function CalendarioSvg({ noches, titulo }: { noches: NocheDeCurso[]; titulo: string }) {
  const fondo = useId();
  const [primera] = noches;
  const lunes = primera === undefined ? 0 : numeroDeDia(primera.noche) - diaDeSemana(primera.noche);
  const celdas = noches.map((one) => ({
    ...one,
    columna: Math.floor((numeroDeDia(one.noche) - lunes) / 7),
    fila: diaDeSemana(one.noche),
  }));
  return (
    <svg className="calendario-noches" viewBox={`0 0 ${ANCHO} ${ALTO}`} role="img" aria-label={titulo}>
      <pattern id={fondo} patternUnits="userSpaceOnUse" x={IZQUIERDA} y={ARRIBA} width={PASO} height={PASO}>
        <rect className="calendario-fondo" width="8" height="8" rx="1.5" />
      </pattern>
      <rect
        x={IZQUIERDA}
        y={ARRIBA}
        width={SEMANAS * PASO}
        height={DIAS.length * PASO}
        fill={`url(#${fondo})`}
      />
      {DIAS.map((letra, fila) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: Tuesday and Wednesday share their letter, never their row.
        <text key={fila} x="0" y={ARRIBA + fila * PASO + 6.8} className={fila % 2 === 0 ? '' : 'apretado'}>
          {letra}
        </text>
      ))}
      {meses(celdas).map(({ columna, texto }) => (
        <text key={columna} x={IZQUIERDA + columna * PASO} y="8">
          {texto}
        </text>
      ))}
      {celdas.map(({ noche: fecha, estado, columna, fila }) => (
        <g key={fecha} transform={`translate(${IZQUIERDA + columna * PASO} ${ARRIBA + fila * PASO})`}>
          <title>{`${noche(fecha)}: ${ESTADO_NOCHE[estado].texto}`}</title>
          <Marca estado={estado} />
        </g>
      ))}
    </svg>
  );
}

/** What each mark says, drawn as in the calendar. */
export function Leyenda() {
  return (
    <ul className="lista chico calendario-leyenda">
      {(Object.keys(DIBUJOS) as Estado[]).map((estado) => (
        <li key={estado}>
          <svg className="calendario-noches" viewBox="-1 -1 10 10" aria-hidden="true">
            <Marca estado={estado} />
          </svg>
          {ESTADO_NOCHE[estado].texto}
        </li>
      ))}
    </ul>
  );
}

/** In a cell of 8 × 8: each state has a shape of its own, for those who see no colours. In the legend's order. */
const DIBUJOS: Record<Estado, ReactNode> = {
  aceptado: <rect width="8" height="8" rx="1.5" />,
  parcial: (
    <>
      <rect className="borde" x="0.6" y="0.6" width="6.8" height="6.8" rx="1" />
      <path d="M0.6 7.4V0.6L7.4 7.4z" />
    </>
  ),
  rechazado: (
    <>
      <rect className="borde" x="0.6" y="0.6" width="6.8" height="6.8" rx="1" />
      <rect x="2" y="3.2" width="4" height="1.6" />
    </>
  ),
  incierto: <circle className="borde" cx="4" cy="4" r="3" />,
  enviando: <path d="M1.5 1l5.5 3-5.5 3z" />,
  pendiente: <rect className="borde" x="1" y="1" width="6" height="6" rx="1" />,
  perdida: (
    <>
      <rect x="-0.7" y="-0.7" width="9.4" height="9.4" rx="1.5" />
      <path className="cruz" d="M2 2l4 4m0-4l-4 4" />
    </>
  ),
  'sin-envio': <circle cx="4" cy="4" r="1.1" />,
};

function Marca({ estado }: { estado: Estado }) {
  return (
    <g className={`marca ${ESTADO_NOCHE[estado].tono}`}>
      <rect className="lugar" width="8" height="8" />
      {DIBUJOS[estado]}
    </g>
  );
}

/** The column where each month begins; the first one only where the next leaves it room. */
function meses(celdas: { noche: string; columna: number }[]): { columna: number; texto: string }[] {
  const inicios = celdas.filter(
    ({ noche: fecha }, index) => index === 0 || fecha.slice(5, 7) !== celdas[index - 1]?.noche.slice(5, 7),
  );
  return inicios
    .filter(({ columna }, index) => index > 0 || (inicios[1]?.columna ?? SEMANAS) - columna >= 3)
    .map(({ noche: fecha, columna }) => ({ columna, texto: mes.format(new Date(`${fecha}T12:00:00Z`)) }));
}

const mes = new Intl.DateTimeFormat('es-CL', { timeZone: 'UTC', month: 'short' });

/** Days since 1970, a Thursday, of a `YYYY-MM-DD`. */
function numeroDeDia(fecha: string): number {
  return Date.parse(`${fecha}T00:00:00Z`) / 86_400_000;
}

/** 0 is Monday. */
function diaDeSemana(fecha: string): number {
  return (numeroDeDia(fecha) + 3) % 7;
}
