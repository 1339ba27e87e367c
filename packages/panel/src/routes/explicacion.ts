import type { StudentExplanation } from '@puente-sic/engine';
import type { Explicacion } from '../api.ts';

/** The source's explanation in the API's words. */
export function explicacionOf(told: StudentExplanation): Explicacion {
  return {
    cuentas: told.accounts,
    grupos: told.groups,
    noSeInforma: told.notReported,
    porcentajeAvance: told.progress.porcentajeAvance,
    exigidas: told.progress.required,
    hechas: told.progress.done,
    tiempoConectividad: told.seconds,
    estado: estadoOf(told.estado),
    fechas: told.dates.map(({ field, value, from }) => ({ campo: field, valor: value, de: from })),
    modulos: told.modules.map(({ codigoModulo, sections, progress, seconds, estado, activities }) => ({
      codigoModulo,
      secciones: sections,
      porcentajeAvance: progress.porcentajeAvance,
      tiempoConectividad: seconds,
      estado: estadoOf(estado),
      actividades: activities.map(actividadOf),
    })),
    fueraDeModulos: told.outside.map(actividadOf),
    dias:
      told.days?.map(({ day, seconds, sessions }) => ({
        dia: day,
        segundos: seconds,
        sesiones: sessions.map(({ start, end, clicks, seconds: segundos }) => ({
          desde: start.toISOString(),
          hasta: end.toISOString(),
          clics: clicks,
          segundos,
        })),
      })) ?? null,
  };
}

function estadoOf({ value, why }: StudentExplanation['estado']): Explicacion['estado'] {
  return { valor: value, porque: why };
}

function actividadOf({
  name,
  type,
  required,
  synchronous,
  done,
  time,
  state,
}: StudentExplanation['outside'][number]): Explicacion['fueraDeModulos'][number] {
  return {
    nombre: name,
    tipo: type,
    exigida: required,
    sincronica: synchronous,
    hecha: done,
    cuando: time?.toISOString() ?? null,
    estado: state,
  };
}
