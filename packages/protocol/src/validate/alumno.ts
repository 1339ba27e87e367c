import { dayOf, isFecha } from '../dates.ts';
import { isJsonObject, type JsonObject, own, ownList } from '../json.ts';
import { positionPath } from '../position.ts';
import { rutKey } from '../records.ts';
import { checkDigit, formatRut, isValidRut, type Rut, readRutAlumno } from '../rut.ts';
import { checkDate, checkEstado, checkFigure, checkOrder, type Part, pathOf } from './field.ts';
import { checkModulo } from './modulo.ts';
import { checkNames } from './near-miss.ts';
import type { Report } from './report.ts';
import { shorten, show } from './show.ts';

/** What the students read so far leave for the next ones: same student, same module, last percentage. [A 9] */
export class Seen {
  readonly #alumnos = new Map<number, { path: string; modulos: Map<string, number> }>();

  /** Notes a student; the path of the first time when he was there already. */
  meet({ numero }: Rut, path: string): string | null {
    const before = this.#alumnos.get(numero);
    if (!before) this.#alumnos.set(numero, { path, modulos: new Map() });
    return before?.path ?? null;
  }

  porcentaje({ numero }: Rut, codigoModulo: string): number | undefined {
    return this.#alumnos.get(numero)?.modulos.get(codigoModulo);
  }

  accept({ numero }: Rut, codigoModulo: string, porcentaje: number): void {
    this.#alumnos.get(numero)?.modulos.set(codigoModulo, porcentaje);
  }
}

/** Everything that can be said of one student and of the modules. */
export function checkAlumno(value: unknown, index: number, ofCall: Report, seen: Seen): void {
  const written = rutKey(value);
  const position = [index] as const;
  const path = positionPath(position);
  const report = ofCall.about({ scope: 'alumno', position, ...(written !== '' && { rut: written }) });
  if (!isJsonObject(value)) {
    report.error(
      '012',
      path,
      `En listaAlumnos hay ${show(value)} en vez de un alumno; el servicio no lo reconoce (código 012).`,
      'Cada alumno es un objeto con rutAlumno, dvAlumno y su avance.',
    );
    return;
  }
  const start = report.issues.length;
  const rut = checkRut(value, path, report);
  if (!rut) return;

  const name = `el alumno ${formatRut(rut)}`;
  const part: Part = {
    value,
    path,
    name,
    report: report.about({ scope: 'alumno', position, rut: formatRut(rut) }),
  };
  const first = seen.meet(rut, path);
  if (first !== null) {
    part.report.warn(
      null,
      path,
      `${capital(name)} viene más de una vez en este envío (la primera en ${first}); el servicio procesa cada aparición en orden.`,
      'Deje al alumno una sola vez, con todos sus módulos.',
    );
  }
  checkFields(part);
  const modulos = checkListaModulos(part);
  const clean = !report.foundErrors(start);
  checkModulos({ ...part, index }, rut, modulos, seen, clean);
}

/** The RUT, or null once it is told why the service will not know the student. */
function checkRut(value: JsonObject, path: string, report: Report): Rut | null {
  const { rutAlumno, dvAlumno } = { rutAlumno: own(value, 'rutAlumno'), dvAlumno: own(value, 'dvAlumno') };
  const rut = readRutAlumno(rutAlumno, dvAlumno);
  if (rut && isValidRut(rut)) return rut;
  const consequence = 'el servicio no lo reconoce (código 012) y rechaza todos sus registros';
  if (rut) {
    report.error(
      '012',
      pathOf({ value, path }, 'dvAlumno'),
      `El dígito verificador del alumno ${formatRut(rut)} no calza: para ${rut.numero} corresponde ${checkDigit(rut.numero)}; ${consequence}.`,
      'Revise en la cédula del alumno tanto el número como el dígito verificador: el error puede estar en cualquiera de los dos.',
    );
    return null;
  }
  const numberIsWrong = readRutAlumno(rutAlumno, '0') === null;
  const field = numberIsWrong ? 'rutAlumno' : 'dvAlumno';
  const given = numberIsWrong ? rutAlumno : dvAlumno;
  const problem = given === undefined ? `no trae ${field}` : `trae ${field} mal escrito (${show(given)})`;
  report.error(
    '012',
    pathOf({ value, path }, field),
    `Un alumno ${problem}; ${consequence}.`,
    numberIsWrong
      ? 'Escriba en rutAlumno solo el número del RUT, sin puntos, guion ni dígito verificador: 11222333.'
      : 'Escriba en dvAlumno un solo carácter: un número del 0 al 9 o la letra K.',
  );
  return null;
}

function checkFields(part: Part): void {
  checkFigure(part, 'tiempoConectividad', '021', { kind: 'segundos' });
  checkFigure(part, 'porcentajeAvance', '022', { kind: 'porcentaje' });
  checkDate(part, 'fechaInicio', '026');
  checkDate(part, 'fechaFin', '027');
  checkOrder(part);
  checkFechaEjecucion(part);
  checkFigure(part, 'evaluacionFinal', '031', { kind: 'nota', required: false });
  checkEstado(part);
  checkNames(part, 'alumno');
}

/** Outside the course's dates: seen to be accepted. Unreadable: today's date is taken. [O, A 5] */
function checkFechaEjecucion(part: Part): void {
  const value = own(part.value, 'fechaEjecucion');
  if (value === undefined) return;
  const path = pathOf(part, 'fechaEjecucion');
  if (!isFecha(value)) {
    part.report.warn(
      null,
      path,
      `En ${part.name}, fechaEjecucion no es una fecha válida (${show(value)}); el servicio usará la fecha de hoy.`,
      'Escriba una fecha que exista, con año, mes y día (2026-08-31), o no incluya fechaEjecucion.',
    );
    return;
  }
  const [inicio, fin] = [own(part.value, 'fechaInicio'), own(part.value, 'fechaFin')];
  const early = isFecha(inicio) && dayOf(value) < dayOf(inicio);
  const late = isFecha(fin) && dayOf(value) > dayOf(fin);
  if (!early && !late) return;
  part.report.warn(
    null,
    path,
    `En ${part.name}, fechaEjecucion (${value}) está fuera de las fechas informadas para el alumno; el servicio lo acepta, pero el instructivo pide que quede entre fechaInicio y fechaFin.`,
    'Revise las fechas del alumno. Si informa un curso ya terminado, no es necesario hacer nada.',
  );
}

function checkListaModulos(part: Part): readonly unknown[] {
  const lista = ownList(part.value, 'listaModulos');
  if (lista && lista.length > 0) return lista;
  const value = own(part.value, 'listaModulos');
  const problem = lista
    ? 'viene vacía'
    : value === undefined
      ? 'no viene'
      : `no es una lista (${show(value)})`;
  part.report.error(
    null,
    pathOf(part, 'listaModulos'),
    `En ${part.name}, listaModulos ${problem}; el servicio no tiene ningún avance que registrar para él.`,
    'Incluya al menos un módulo con su avance.',
  );
  return [];
}

function checkModulos(
  part: Part & { index: number },
  rut: Rut,
  modulos: readonly unknown[],
  seen: Seen,
  clean: boolean,
): void {
  const codes = new Set<string>();
  for (const [at, modulo] of modulos.entries()) {
    const position = [part.index, at] as const;
    const path = positionPath(position);
    const read = checkModulo(modulo, position, part.name, part.report, (code) => seen.porcentaje(rut, code));
    const { codigoModulo, porcentaje } = read;
    if (codigoModulo === null) continue;
    if (codes.has(codigoModulo)) {
      part.report
        .about({ scope: 'modulo', position, codigoModulo })
        .warn(
          null,
          path,
          `El módulo ${shorten(codigoModulo)} viene más de una vez para ${part.name}; el servicio procesa cada aparición en orden.`,
          'Deje el módulo una sola vez, con el avance más reciente.',
        );
    }
    codes.add(codigoModulo);
    if (clean && read.clean && porcentaje !== null) seen.accept(rut, codigoModulo, porcentaje);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
