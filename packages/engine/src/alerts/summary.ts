import { mask } from '@puente-sic/protocol';
import type { DichoRow } from '../ledger/dichos.ts';
import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { judgeNight, type Standing } from '../serve/judge-night.ts';
import { nameOfUnit, UNKNOWN_COURSES } from '../serve/units.ts';
import type { Ventana } from '../window.ts';

/** A night in a few lines, for who asks on the computer that reports it. */
export interface NightSummary {
  titulo: string;
  /** Names no student. */
  mensaje: string;
  queHacer: string;
}

/** A night is well done where every course that was asked for was given, sent, and is accepted, or has been since. */
export async function summarise(
  ledger: Ledger,
  which: { rutOtec: string; noche: string; ventana: Ventana },
  now: Date,
): Promise<NightSummary> {
  const { rutOtec, noche } = which;
  const { db } = ledger;
  const envios = await db
    .selectFrom('envio')
    .select(['estado', 'codigoOferta', 'codigoGrupo', 'aceptados', 'rechazados', 'confirmado'])
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .execute();
  const night = await judgeNight(ledger, which, now);
  const { dichos } = night;
  const rowsOf = (...wanted: Standing[]) =>
    night.cursos.flatMap(({ row, standing }) => (wanted.includes(standing) ? row : []));
  const lost = rowsOf('perdida');
  const recovered = rowsOf('recuperada');
  const pending = rowsOf('pendiente', 'esperando');
  const open = await openErrores(db, { rutOtec });
  const students = new Set(open.map(({ rut, codigoOferta }) => JSON.stringify([codigoOferta, rut])));
  const arrived = envios.filter(({ estado }) => ['aceptado', 'parcial', 'rechazado'].includes(estado));
  const uncertain = envios.filter(({ estado }) => estado === 'incierto').length;
  const isToldByItsRow = ({ fuente, curso }: DichoRow) =>
    [...lost, ...recovered].some((row) => row.fuente === fuente && row.curso === curso);
  const unknown = dichos.filter(({ causa, gravedad }) => causa === 'sin-registro' && gravedad === 'amarillo');
  const red = dichos.filter((dicho) => dicho.gravedad === 'rojo' && !isToldByItsRow(dicho));
  const lines = [
    sentLine(noche, arrived),
    ...confirmedLines(arrived),
    ...lost.map((row) => `No se envió ${nameOfUnit(row)}: ${row.motivo ?? 'la ventana terminó antes.'}`),
    ...recovered.map(
      (row) => `No se envió esa noche ${nameOfUnit(row)}; se envió después y SENCE lo aceptó.`,
    ),
    ...(uncertain > 0
      ? [
          `${count(uncertain, 'envío', 'envíos')} sin respuesta clara: se aclarará solo con el historial de SENCE.`,
        ]
      : []),
    ...(pending.length > 0 ? [`Por resolver: ${pending.map((row) => nameOfUnit(row)).join(', ')}.`] : []),
    ...(open.length > 0
      ? [`Por corregir: ${count(students.size, 'alumno', 'alumnos')} con datos rechazados o retenidos.`]
      : []),
    ...toldLines(
      [...red, ...unknown],
      dichos.filter((dicho) => !isToldByItsRow(dicho) || dicho.gravedad !== 'gris'),
    ),
  ];
  return {
    titulo: titleOf({
      isLost: lost.length + red.length > 0,
      isOpen: uncertain + pending.length > 0,
      isUnknown: unknown.length > 0,
      isRecovered: recovered.length > 0,
      hadCourses: night.cursos.length > 0 || arrived.length > 0,
      hasErrors: open.length > 0,
    }),
    mensaje: mask(lines.join('\n')),
    queHacer: [
      ...(lost.length > 0
        ? ['Corrija lo que dice el aviso de la noche perdida y envíe ahora con «puente enviar».']
        : []),
      ...new Set([...red, ...unknown].map(({ queHacer }) => queHacer).slice(0, SHOWN)),
      ...(open.length > 0
        ? ['Vea «puente errores»; después de corregir, «puente enviar --solo-errores».']
        : []),
    ].join(' '),
  };
}

function titleOf(
  night: Record<'isLost' | 'isOpen' | 'isUnknown' | 'isRecovered' | 'hadCourses' | 'hasErrors', boolean>,
) {
  if (night.isLost) return 'La noche quedó incompleta';
  if (night.isOpen) return 'Noche enviada; SENCE todavía no responde de una parte';
  if (night.isUnknown) return 'No se sabe qué pasó esa noche';
  if (night.isRecovered) return 'Noche recuperada: lo que faltó se envió después';
  if (!night.hadCourses) return 'No había cursos que informar';
  return night.hasErrors ? 'Noche enviada, con datos por corregir' : 'Noche enviada sin problemas';
}

type Arrived = Pick<
  {
    codigoOferta: string;
    codigoGrupo: string;
    aceptados: number;
    rechazados: number;
    confirmado: string | null;
  },
  'codigoOferta' | 'codigoGrupo' | 'aceptados' | 'rechazados' | 'confirmado'
>;

function sentLine(noche: string, arrived: readonly Arrived[]): string {
  const courses = new Set(arrived.map((row) => JSON.stringify([row.codigoOferta, row.codigoGrupo])));
  const aceptados = arrived.reduce((sum, row) => sum + row.aceptados, 0);
  const rechazados = arrived.reduce((sum, row) => sum + row.rechazados, 0);
  return `Noche del ${chilean(noche)}: ${count(courses.size, 'curso enviado', 'cursos enviados')}, ${count(aceptados, 'registro aceptado', 'registros aceptados')}, ${count(rechazados, 'rechazado', 'rechazados')}.`;
}

/** "SENCE lo tiene" is said of what its history has confirmed. */
function confirmedLines(arrived: readonly Arrived[]): string[] {
  const sum = (rows: readonly Arrived[]) => rows.reduce((total, { aceptados }) => total + aceptados, 0);
  const has = sum(arrived.filter(({ confirmado }) => confirmado !== null));
  const hasNot = sum(arrived.filter(({ confirmado }) => confirmado === null));
  return [
    ...(has > 0
      ? [`SENCE lo tiene: ${count(has, 'registro confirmado', 'registros confirmados')} en su historial.`]
      : []),
    ...(hasNot > 0 ? [`Aceptado, sin confirmar: ${count(hasNot, 'registro', 'registros')}.`] : []),
  ];
}

function toldLines(first: readonly DichoRow[], dichos: readonly DichoRow[]): string[] {
  const found = dichos.filter(({ causa, gravedad }) => causa === 'hallazgo' && gravedad === 'amarillo');
  const ended = dichos.filter(({ gravedad }) => gravedad === 'gris');
  return [
    ...shown(first, (dicho) => `${nameOf(dicho)}: ${dicho.mensaje}`),
    ...absentLine(dichos),
    ...shown(found, (dicho) => `Aviso de ${nameOf(dicho)}: ${dicho.mensaje}`),
    ...shown(ended, (dicho) => `${nameOf(dicho)}: ${dicho.mensaje}`),
  ];
}

function absentLine(dichos: readonly DichoRow[]): string[] {
  return [
    ...byCourse(dichos, 'ausente', 'Ya no están en la fuente'),
    ...byCourse(dichos, 'modulo-ausente', 'Ya no viene un módulo que se informó'),
  ];
}

/** How many people a cause is about, course by course; what is about no one person is told by itself. */
function byCourse(dichos: readonly DichoRow[], causa: DichoRow['causa'], what: string): string[] {
  const own = dichos.filter((dicho) => dicho.causa === causa && dicho.rut !== null);
  if (own.length === 0) return [];
  const people = (rows: readonly DichoRow[]) => new Set(rows.map(({ rut }) => rut)).size;
  const courses = [...new Set(own.map(nameOf))].map(
    (name) => `${name}: ${people(own.filter((dicho) => nameOf(dicho) === name))}`,
  );
  return [`${what}: ${count(people(own), 'alumno', 'alumnos')} (${courses.join('; ')}).`];
}

function shown(dichos: readonly DichoRow[], text: (dicho: DichoRow) => string): string[] {
  const lines = [...new Set(dichos.map(text))];
  const rest = lines.length - SHOWN;
  const more = rest > 0 ? [`Y ${count(rest, 'aviso más: está', 'avisos más: están')} en el panel.`] : [];
  return [...lines.slice(0, SHOWN), ...more];
}

function nameOf({ titulo, codigoOferta, curso, fuente }: DichoRow): string {
  return titulo ?? codigoOferta ?? (curso === UNKNOWN_COURSES ? `«${fuente}»` : curso);
}

function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString('es-CL')} ${value === 1 ? one : many}`;
}

/** `2026-11-22` → `22-11-2026`. */
export function chilean(day: string): string {
  return day.split('-').reverse().join('-');
}

/** Lines of one kind in a summary. */
const SHOWN = 8;
