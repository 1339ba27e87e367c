import { MAX_CODIGO_ACTIVIDAD } from '../envio.ts';
import { readFigure } from '../figures.ts';
import { isJsonObject, own, ownList, readCode } from '../json.ts';
import { joinPath } from '../path.ts';
import { type Position, positionPath } from '../position.ts';
import { checkDate, checkEstado, checkFigure, checkOrder, type Part, pathOf } from './field.ts';
import { checkNames } from './near-miss.ts';
import type { Report } from './report.ts';
import { de, shorten, show } from './show.ts';

/** A module that was read: what later ones of the same student are compared with. */
export interface ModuloRead {
  codigoModulo: string | null;
  /** Null when it is no percentage. */
  porcentaje: number | null;
  /** Nothing that the service would reject was found. */
  clean: boolean;
}

/** Everything that can be said of one module of `alumno`, the name of the student in a sentence. */
export function checkModulo(
  value: unknown,
  position: Position,
  alumno: string,
  ofAlumno: Report,
  before: (codigoModulo: string) => number | undefined,
): ModuloRead {
  const codigoModulo = readCode(own(value, 'codigoModulo'));
  const path = positionPath(position);
  const report = ofAlumno.about({
    scope: 'modulo',
    position,
    ...(codigoModulo !== null && { codigoModulo }),
  });
  const start = report.issues.length;
  if (!isJsonObject(value)) {
    report.error(
      '010',
      path,
      `En listaModulos ${de(alumno)} hay ${show(value)} en vez de un módulo; el servicio no sabe a qué módulo corresponde (código 010).`,
      'Cada módulo es un objeto con codigoModulo y su avance.',
    );
    return { codigoModulo: null, porcentaje: null, clean: false };
  }
  const shown = codigoModulo === null ? 'un módulo sin código' : `el módulo ${shorten(codigoModulo)}`;
  const part: Part = { value, path, name: `${shown} ${de(alumno)}`, report };
  checkCodigoModulo(part, codigoModulo, alumno);
  checkFigure(part, 'tiempoConectividad', '023', { kind: 'segundos' });
  checkFigure(part, 'porcentajeAvance', '024', { kind: 'porcentaje' });
  checkDate(part, 'fechaInicio', '026');
  checkDate(part, 'fechaFin', '027');
  checkOrder(part);
  checkFigure(part, 'notaModulo', '028', { kind: 'nota', required: false });
  checkFigure(part, 'cantActividadSincronica', '029', { kind: 'cantidad', required: false });
  checkFigure(part, 'cantActividadAsincronica', '030', { kind: 'cantidad', required: false });
  checkEstado(part);
  checkListaActividades(part);
  checkNames(part, 'modulo');

  const porcentaje = readPercentage(own(value, 'porcentajeAvance'));
  const anterior = codigoModulo === null ? undefined : before(codigoModulo);
  if (porcentaje !== null && anterior !== undefined && porcentaje < anterior) {
    report.error(
      '025',
      pathOf(part, 'porcentajeAvance'),
      `En ${part.name}, porcentajeAvance (${porcentaje}) es menor que el que este mismo envío informa antes (${anterior}); el servicio lo rechaza con el código 025.`,
      'Deje una sola vez cada alumno y módulo, con el avance más reciente.',
    );
  }
  return { codigoModulo, porcentaje, clean: !report.foundErrors(start) };
}

function checkCodigoModulo(part: Part, codigoModulo: string | null, alumno: string): void {
  const value = own(part.value, 'codigoModulo');
  const fix = 'Copie el código del módulo tal como lo entrega SIC.';
  if (codigoModulo === null) {
    const problem = value === undefined ? 'no trae codigoModulo' : `tiene como codigoModulo ${show(value)}`;
    part.report.error(
      '010',
      pathOf(part, 'codigoModulo'),
      `Un módulo ${de(alumno)} ${problem}; el servicio no sabe a qué módulo corresponde (código 010).`,
      fix,
    );
  } else if (codigoModulo !== codigoModulo.trim()) {
    part.report.warn(
      '010',
      pathOf(part, 'codigoModulo'),
      `En ${part.name}, codigoModulo tiene espacios al comienzo o al final (${show(value)}); el servicio lo compara tal cual y podría no encontrarlo.`,
      'Quite los espacios sobrantes.',
    );
  }
}

function checkListaActividades(part: Part): void {
  const lista = ownList(part.value, 'listaActividades');
  const path = pathOf(part, 'listaActividades');
  if (!lista || lista.length === 0) {
    const value = own(part.value, 'listaActividades');
    const problem = lista
      ? 'viene vacía'
      : value === undefined
        ? 'no viene'
        : `no es una lista (${show(value)})`;
    part.report.warn(
      null,
      path,
      `En ${part.name}, listaActividades ${problem}; el servicio lo acepta, pero el instructivo pide al menos una actividad.`,
      'Incluya las actividades del módulo, por ejemplo el nombre de cada tarea o clase.',
    );
    return;
  }
  let told = 0;
  for (const [index, actividad] of lista.entries()) {
    const here: Part = {
      ...part,
      value: isJsonObject(actividad) ? actividad : {},
      path: joinPath(path, index),
    };
    const problem = activityProblem(own(actividad, 'codigoActividad'));
    if (isJsonObject(actividad)) checkNames(here, 'actividad');
    if (problem === null) continue;
    told += 1;
    if (told <= MAX_TOLD) part.report.warn(null, pathOf(here, 'codigoActividad'), ...problem(part.name));
  }
  if (told <= MAX_TOLD) return;
  part.report.warn(
    null,
    path,
    `En ${part.name} hay ${told - MAX_TOLD === 1 ? 'otra actividad' : `otras ${told - MAX_TOLD} actividades`} con observaciones parecidas.`,
    'Revise la lista completa de actividades del módulo.',
  );
}

/** Findings about activities of one module before the rest are only counted: none of them is ever rejected. */
const MAX_TOLD = 20;

function activityProblem(codigo: unknown): ((name: string) => [message: string, fix: string]) | null {
  if (typeof codigo !== 'string' || codigo.trim() === '') {
    return (name) => [
      `En ${name}, una actividad no trae codigoActividad como texto.`,
      'Escriba en codigoActividad el nombre o código de la actividad.',
    ];
  }
  if (codigo.length <= MAX_CODIGO_ACTIVIDAD) return null;
  const length = Array.from(codigo).length;
  if (length <= MAX_CODIGO_ACTIVIDAD) return null;
  return (name) => [
    `En ${name}, la actividad ${show(codigo)} tiene ${length} caracteres; el servicio guarda los primeros ${MAX_CODIGO_ACTIVIDAD}.`,
    'No es necesario hacer nada, salvo que al cortarse se confunda con otra: en ese caso, use un nombre más corto.',
  ];
}

function readPercentage(value: unknown): number | null {
  const figure = readFigure(value);
  return figure !== null && figure >= 0 && figure <= 100 ? figure : null;
}
