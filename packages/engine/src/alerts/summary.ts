import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nocheRows } from '../ledger/noches.ts';
import { nameOfUnit } from '../serve/units.ts';

/** What the morning summary says of a night, in a few lines. */
export interface NightSummary {
  titulo: string;
  mensaje: string;
  queHacer: string;
}

export async function summarise({ db }: Ledger, rutOtec: string, noche: string): Promise<NightSummary> {
  const envios = await db
    .selectFrom('envio')
    .select(['estado', 'codigoOferta', 'codigoGrupo', 'registros', 'aceptados', 'rechazados'])
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .execute();
  const rows = await nocheRows(db, rutOtec, noche);
  const lost = rows.filter(({ estado }) => estado === 'perdida');
  const pending = rows.filter(({ estado }) => estado === 'pendiente');
  const open = await openErrores(db, { rutOtec });
  const students = new Set(open.map(({ rut, codigoOferta }) => JSON.stringify([codigoOferta, rut])));

  const arrived = envios.filter(({ estado }) => ['aceptado', 'parcial', 'rechazado'].includes(estado));
  const courses = new Set(arrived.map((row) => JSON.stringify([row.codigoOferta, row.codigoGrupo])));
  const sum = (field: 'aceptados' | 'rechazados') => arrived.reduce((total, row) => total + row[field], 0);
  const uncertain = envios.filter(({ estado }) => estado === 'incierto').length;
  const lines = [
    `Noche del ${chilean(noche)}: ${count(courses.size, 'curso enviado', 'cursos enviados')}, ${count(sum('aceptados'), 'registro aceptado', 'registros aceptados')}, ${count(sum('rechazados'), 'rechazado', 'rechazados')}.`,
    ...(lost.length > 0 ? [`No se enviaron: ${lost.map((row) => nameOfUnit(row)).join(', ')}.`] : []),
    ...(uncertain > 0
      ? [
          `${count(uncertain, 'envío', 'envíos')} sin respuesta clara: se aclarará solo con el historial de SENCE.`,
        ]
      : []),
    ...(pending.length > 0 ? [`Por resolver: ${pending.map((row) => nameOfUnit(row)).join(', ')}.`] : []),
    ...(open.length > 0
      ? [`Por corregir: ${count(students.size, 'alumno', 'alumnos')} con datos rechazados o retenidos.`]
      : []),
  ];
  const wellDone = lost.length === 0 && uncertain === 0 && pending.length === 0;
  return {
    titulo: !wellDone
      ? 'La noche quedó incompleta'
      : open.length > 0
        ? 'Noche enviada, con datos por corregir'
        : 'Noche enviada sin problemas',
    mensaje: lines.join('\n'),
    queHacer: [
      ...(lost.length > 0
        ? ['Corrija lo que dice el aviso de la noche perdida y envíe ahora con «puente enviar».']
        : []),
      ...(open.length > 0
        ? ['Vea «puente errores»; después de corregir, «puente enviar --solo-errores».']
        : []),
    ].join(' '),
  };
}

function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString('es-CL')} ${value === 1 ? one : many}`;
}

/** `2026-11-22` → `22-11-2026`. */
export function chilean(day: string): string {
  return day.split('-').reverse().join('-');
}
