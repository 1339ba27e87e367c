import { csvCell } from '@puente-sic/protocol';
import type { Conciliacion, DatoDistinto } from './reconcile.ts';

/** The differences as CSV for a spreadsheet in Spanish: semicolons, UTF-8 with BOM, decimal commas. */
export function differencesCsv({ diferencias }: Conciliacion): string {
  const columns = [
    'rutOtec',
    'codigoOferta',
    'codigoGrupo',
    'rut',
    'codigoModulo',
    'tipo',
    'lms',
    'registro',
    'sence',
  ] as const;
  const rows = diferencias.map((diferencia) =>
    [
      ...columns.map((column) => cell(diferencia[column])),
      cell(diferencia.queHacer),
      cell(diferencia.distintos.map(inWords).join('; ')),
    ].join(';'),
  );
  return `\uFEFF${[[...columns, 'queHacer', 'distintos'].join(';'), ...rows].join('\r\n')}\r\n`;
}

function cell(value: string | number | null): string {
  return typeof value === 'number' ? String(value).replace('.', ',') : csvCell(value ?? '');
}

/** `modulo.tiempoConectividad: 60 / 60 / 0`, in the order of the columns before it. */
function inWords({ campo, lms, registro, sence }: DatoDistinto): string {
  return `${campo}: ${[lms, registro, sence].map((value) => value ?? '—').join(' / ')}`;
}
