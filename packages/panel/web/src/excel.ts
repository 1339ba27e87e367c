import type { Cuenta } from '../../src/api.ts';
import { guardar } from './guardar.ts';

/** What a cell holds: a number and a day are such in Excel too, and can be reckoned with. */
export type Celda = string | number | { dia: string } | null;

export interface Columna<Fila, De extends string = string> {
  titulo: string;
  /** The column of the page that it belongs to, where that one can be hidden. */
  de?: De;
  /** In letters. */
  ancho: number;
  celda: (fila: Fila) => Celda;
}

/**
 * The rows that are shown as an .xlsx: a first sheet with the count that they belong to, then the rows, in the page's own
 * words. `de` names the page; `hoy` is a `YYYY-MM-DD`. Its writer is fetched when it is first asked for.
 */
export async function bajarExcel<Fila>({
  de,
  otec,
  hoy,
  cuenta,
  columnas,
  filas,
}: {
  de: string;
  otec: string;
  hoy: string;
  cuenta: Cuenta | null;
  columnas: readonly Columna<Fila>[];
  filas: readonly Fila[];
}): Promise<void> {
  const { default: escribir } = await import('write-excel-file/browser');
  const titulos = columnas.map(({ titulo }) => ({ value: titulo, fontWeight: 'bold' as const }));
  const resumen: [string, Celda][] = [
    ['OTEC', otec],
    ['Página', de],
    ['Fecha', { dia: hoy }],
    ['Filas', filas.length],
    ...(cuenta === null ? [] : partesDe(cuenta)),
  ];
  const libro = escribir([
    {
      sheet: 'Resumen',
      columns: [{ width: 34 }, { width: 30 }],
      data: resumen.map(([texto, valor]) => [{ value: texto }, enExcel(valor)]),
    },
    {
      sheet: de.slice(0, 31),
      columns: columnas.map(({ ancho }) => ({ width: ancho })),
      stickyRowsCount: 1,
      data: [titulos, ...filas.map((fila) => columnas.map(({ celda }) => enExcel(celda(fila))))],
    },
  ]);
  guardar(await libro.toBlob(), `${de} ${hoy} ${otec}.xlsx`.replaceAll(/[\\/:*?"<>|]/g, ' '));
}

/** The one count: its parts make up the whole here too. */
function partesDe(cuenta: Cuenta): [string, number][] {
  return [
    ['Alumnos', cuenta.alumnos],
    ['Los tiene, con los aceptados sin confirmar', cuenta.loTiene],
    ['De ellos, aceptados sin confirmar', cuenta.sinConfirmar],
    ['Rechazados', cuenta.rechazados],
    ['Sin enviar', cuenta.sinEnviar],
    ['Retenidos', cuenta.retenidos],
    ['No se sabe', cuenta.noSeSabe],
    ['Conocidos', cuenta.conocidos],
  ];
}

function enExcel(celda: Celda) {
  if (celda === null) return null;
  if (typeof celda === 'string') return { value: celda, type: String };
  if (typeof celda === 'number') return { value: celda, type: Number };
  return { value: new Date(`${celda.dia}T00:00:00Z`), type: Date, format: 'dd-mm-yyyy' };
}
