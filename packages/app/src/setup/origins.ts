import type { Alumno } from '@puente-sic/protocol';
import type { EntityReview, StandIn, StudentExplanation, Trial } from '@puente-sic/sources';

/** One figure of a student and what it was made of, for people. */
export interface DeDonde {
  que: string;
  valor: string;
  de: string;
}

const CHOSEN_LATER = 'Se elige en el paso «Cursos».';

/** Where each figure that SENCE would get came from. */
export function originsOf(
  alumno: Alumno,
  explained: StudentExplanation | null,
  { entities }: EntityReview,
  { standIns, reading }: Pick<Trial, 'standIns' | 'reading'>,
): DeDonde[] {
  const columnOf = (entity: string, field: string): string => {
    const column = entities
      .find((one) => one.entity === entity)
      ?.columns.find((one) => one.field === field)?.column;
    return column ? `La columna «${column}» de «${entity}».` : `«${entity}».`;
  };
  const given = (entity: string): boolean =>
    (entities.find((one) => one.entity === entity)?.place ?? null) !== null;
  const rut = {
    que: 'RUT',
    valor: `${alumno.rutAlumno}-${alumno.dvAlumno}`,
    de: columnOf('alumnos', explained?.rutField ?? 'rut'),
  };
  if (explained === null) return [rut];
  const { progress, seconds, days, mark, estado, dates } = explained;
  const pause = reading.courses[0]?.judging?.minutosEntreClics ?? 45;
  const visits =
    days?.reduce((sum, day) => sum + day.sessions.reduce((all, { clicks }) => all + clicks, 0), 0) ?? 0;
  return [
    rut,
    {
      que: 'Avance',
      valor: `${alumno.porcentajeAvance} %`,
      de: given('avances')
        ? `${progress.done} de ${progress.required} actividades obligatorias completadas, según «actividades» y «avances».`
        : `La cifra de la plataforma: ${columnOf('porcentajes', 'porcentaje').replace('La', 'la')}`,
    },
    {
      que: 'Tiempo conectado',
      valor: secondsText(alumno.tiempoConectividad),
      de:
        seconds === null
          ? 'No se conoce.'
          : days === null
            ? columnOf('tiempos', 'segundos')
            : visits === 0
              ? 'No hay ninguna visita en «clics».'
              : `${count(visits, 'visita', 'visitas')} en ${count(days.length, 'día', 'días')}, según «clics»: se suman las pausas de hasta ${pause} minutos.`,
    },
    ...(mark === null
      ? []
      : [{ que: 'Nota final', valor: String(alumno.evaluacionFinal ?? ''), de: columnOf('notas', 'nota') }]),
    { que: 'Estado', valor: ESTADOS[estado.value], de: estado.why },
    ...dates.map(({ field, value, from }) => {
      const day = field === 'fechaInicio' ? ('inicio' as const) : ('fin' as const);
      return {
        que: day === 'inicio' ? 'Primer día' : 'Último día',
        valor: standIns.includes(day) && from === 'curso' ? 'Por elegir' : (value ?? ''),
        de: whenceOf(day, from, standIns, columnOf),
      };
    }),
  ];
}

function whenceOf(
  day: 'inicio' | 'fin',
  from: 'inscripción' | 'curso' | null,
  standIns: readonly StandIn[],
  columnOf: (entity: string, field: string) => string,
): string {
  if (from === 'inscripción') return columnOf('alumnos', day);
  if (standIns.includes(day)) return CHOSEN_LATER;
  return from === null ? 'No se conoce.' : columnOf('cursos', day);
}

const ESTADOS = { 1: 'Cursando', 2: 'Aprobado', 3: 'Reprobado' } as const;

function secondsText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const words = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return seconds < 60 ? `${seconds} s` : `${seconds} s (${words})`;
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
