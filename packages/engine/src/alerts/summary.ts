import { mask } from '@puente-sic/protocol';
import { type DichoRow, dichosOf } from '../ledger/dichos.ts';
import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nocheRows } from '../ledger/noches.ts';
import { nameOfUnit, UNKNOWN_COURSES } from '../serve/units.ts';

/** What the morning summary says of a night, in a few lines. */
export interface NightSummary {
  titulo: string;
  /** Names no student. */
  mensaje: string;
  /** Who is missing by name, without RUT, for a person's own mail; empty where nobody is. */
  personas: string;
  queHacer: string;
}

/** A night is well done where every course that was asked for was given, sent, and is accepted. */
export async function summarise(ledger: Ledger, rutOtec: string, noche: string): Promise<NightSummary> {
  const { db } = ledger;
  const envios = await db
    .selectFrom('envio')
    .select(['estado', 'codigoOferta', 'codigoGrupo', 'aceptados', 'rechazados', 'confirmado'])
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .execute();
  const rows = (await nocheRows(db, rutOtec, noche)).filter(isCourse);
  const dichos = await dichosOf(db, rutOtec, noche);
  const lost = rows.filter(({ estado }) => estado === 'perdida');
  const pending = rows.filter(({ estado }) => estado === 'pendiente');
  const open = await openErrores(db, { rutOtec });
  const students = new Set(open.map(({ rut, codigoOferta }) => JSON.stringify([codigoOferta, rut])));
  const arrived = envios.filter(({ estado }) => ['aceptado', 'parcial', 'rechazado'].includes(estado));
  const uncertain = envios.filter(({ estado }) => estado === 'incierto').length;
  const isToldByItsRow = ({ fuente, curso }: DichoRow) =>
    lost.some((row) => row.fuente === fuente && row.curso === curso);
  const unknown = dichos.filter(({ causa, gravedad }) => causa === 'sin-registro' && gravedad === 'amarillo');
  const red = dichos.filter((dicho) => dicho.gravedad === 'rojo' && !isToldByItsRow(dicho));
  const lines = [
    sentLine(noche, arrived),
    ...confirmedLines(arrived),
    ...lost.map((row) => `No se envió ${nameOfUnit(row)}: ${row.motivo ?? 'la ventana terminó antes.'}`),
    ...(uncertain > 0
      ? [
          `${count(uncertain, 'envío', 'envíos')} sin respuesta clara: se aclarará solo con el historial de SENCE.`,
        ]
      : []),
    ...(pending.length > 0 ? [`Por resolver: ${pending.map((row) => nameOfUnit(row)).join(', ')}.`] : []),
    ...(open.length > 0
      ? [`Por corregir: ${count(students.size, 'alumno', 'alumnos')} con datos rechazados o retenidos.`]
      : []),
    ...toldLines([...red, ...unknown], dichos),
  ];
  const wellDone = lost.length + uncertain + pending.length + red.length === 0;
  return {
    titulo:
      wellDone && unknown.length > 0
        ? 'No se sabe qué pasó esa noche'
        : titleOf(wellDone, rows.length > 0 || arrived.length > 0, open.length > 0),
    mensaje: mask(lines.join('\n')),
    personas: personsOf(dichos),
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

function titleOf(wellDone: boolean, hadCourses: boolean, hasErrors: boolean): string {
  if (!wellDone) return 'La noche quedó incompleta';
  if (!hadCourses) return 'No había cursos que informar';
  return hasErrors ? 'Noche enviada, con datos por corregir' : 'Noche enviada sin problemas';
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
  const absent = dichos.filter(({ causa }) => causa === 'ausente');
  if (absent.length === 0) return [];
  const courses = [...new Set(absent.map(nameOf))].map(
    (name) => `${name}: ${absent.filter((dicho) => nameOf(dicho) === name).length}`,
  );
  return [`Ya no están en la fuente: ${count(absent.length, 'alumno', 'alumnos')} (${courses.join('; ')}).`];
}

function personsOf(dichos: readonly DichoRow[]): string {
  return dichos
    .filter(({ causa, nombre }) => causa === 'ausente' && nombre !== null)
    .map((dicho) => `${dicho.nombre} (${nameOf(dicho)}): ${dicho.mensaje}`)
    .join('\n');
}

function shown(dichos: readonly DichoRow[], text: (dicho: DichoRow) => string): string[] {
  const lines = [...new Set(dichos.map(text))];
  const more = lines.length > SHOWN ? [`Y ${lines.length - SHOWN} avisos más: están en el panel.`] : [];
  return [...lines.slice(0, SHOWN), ...more];
}

function nameOf({ titulo, codigoOferta, curso, fuente }: DichoRow): string {
  return titulo ?? codigoOferta ?? (curso === UNKNOWN_COURSES ? `«${fuente}»` : curso);
}

/** Not the place that was kept for courses that their source had not told yet. */
function isCourse({ curso, estado }: NocheRow): boolean {
  return curso !== UNKNOWN_COURSES || estado !== 'hecha';
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
