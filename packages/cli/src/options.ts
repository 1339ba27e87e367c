import {
  type ConnectionOptions as Connecting,
  DEFAULT_CONFIG,
  Failure,
  type SelectionOptions as Selecting,
  siteProblem,
} from '@puente-sic/app';
import { formatRut, isFecha, isValidRut, readRut } from '@puente-sic/protocol';
import { type Command, Option } from 'commander';

/** What every command takes. */
export interface CommonOptions {
  config?: string;
  json?: boolean;
}

export function commonOptions(command: Command): Command {
  return command
    .option('--config <RUTA>', `archivo de configuración (si falta: ${DEFAULT_CONFIG})`)
    .option('--json', 'escribe solo JSON, para otros programas');
}

export type ConnectionOptions = CommonOptions & Connecting;

export function connectionOptions(command: Command): Command {
  return commonOptions(command)
    .option('--gestor <URL>', 'dirección del Gestor Intermedio (gana sobre puente.yaml)')
    .option('--rut-otec <RUT>', 'RUT de la OTEC; el token va en la variable SENCE_TOKEN')
    .addOption(permitirHttp());
}

/** On the command line alone: no file and no page may have a token sent in the clear. */
export function permitirHttp(): Option {
  return new Option(
    '--permitir-http <SERVIDOR>',
    'manda el token sin cifrar a este Gestor de ensayo (se puede repetir)',
  ).argParser((host: string, former: string[] = []) => [...former, host]);
}

export type SelectionOptions = CommonOptions & Selecting;

export function selectionOptions(command: Command, { soloErrores = true } = {}): Command {
  const common = datosOption(connectionOptions(command))
    .option(
      '--archivo <RUTA>',
      'este archivo o carpeta (- es la entrada estándar) en lugar de las fuentes de puente.yaml',
    )
    .option('--curso <OFERTA>', 'solo el curso de este codigoOferta');
  const withAlumno = alumnoOption(common).option(
    '--al <INSTANTE>',
    'avance hasta este momento, por ejemplo 2026-11-22T23:30:00-03:00',
    readInstant,
  );
  return soloErrores
    ? withAlumno.option('--solo-errores', 'solo lo que fue rechazado o retenido la vez anterior')
    : withAlumno;
}

export function alumnoOption(command: Command): Command {
  return command.option('--alumno <RUT>', 'solo este alumno', readPersona('--alumno'));
}

export function datosOption(command: Command): Command {
  return command.option(
    '--datos <DIR>',
    'carpeta donde se anota lo enviado (si falta: la variable PUENTE_DATOS, si no ./.puente)',
  );
}

/** Reads a person's RUT with its right check digit, in canonical form; `where` is where it was written. */
export function readPersona(where: string): (text: string) => string {
  return (text) => {
    const rut = readRut(text);
    if (!rut) {
      throw new Failure(
        `«${text}» no tiene la forma de un RUT.`,
        'Escríbalo con su dígito verificador: 17118181-K',
      );
    }
    if (isValidRut(rut)) return formatRut(rut);
    throw new Failure(
      `El dígito verificador de ${text} no corresponde a ese RUT.`,
      `Revise el RUT que escribió en ${where}.`,
    );
  };
}

/** ISO 8601 with its offset: without one, whether it is Santiago's clock would be a guess. */
export function readInstant(text: string): Date {
  const instant = new Date(text);
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ||
    Number.isNaN(instant.getTime())
  ) {
    throw new Failure(
      `«${text}» no es un momento completo.`,
      'Escriba fecha, hora y diferencia con UTC: 2026-11-22T23:30:00-03:00 (en Santiago, -03:00 en verano y -04:00 en invierno).',
    );
  }
  return instant;
}

/** An address that a browser opens; `where` is where it was written. */
export function readSite(where: string): (text: string) => string {
  return (text) => {
    const problem = siteProblem(text);
    if (problem === null) return text;
    throw new Failure(`La dirección de ${where} no se puede usar: ${problem}.`, 'Corríjala y repita.');
  };
}

/** `YYYY-MM-DD` */
export function readDay(text: string): string {
  if (isFecha(text) && text.length === 10) return text;
  throw new Failure(`«${text}» no es una fecha.`, 'Escríbala como año-mes-día: 2026-11-22');
}

export function readMonth(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new Failure(`«${text}» no es un mes.`, 'Escríbalo como año-mes: 2025-01');
}

export function readWhole(min: number, max: number): (text: string) => number {
  return (text) => {
    const figure = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (figure >= min && figure <= max) return figure;
    throw new Failure(`«${text}» no sirve aquí.`, `Escriba un número entero entre ${min} y ${max}.`);
  };
}
