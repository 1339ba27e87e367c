import { SourceError } from '../../source.ts';

/** What all parts of a workbook may come to when unpacked: a zip of a few kB can claim gigabytes. */
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

export function corrupt(file: string, cause?: unknown): SourceError {
  return new SourceError(
    'wrong',
    `No se pudo leer ${file}: el archivo de Excel está dañado o incompleto.`,
    'Ábralo en Excel, guárdelo de nuevo como «Libro de Excel (.xlsx)» y vuelva a intentarlo.',
    { cause },
  );
}

export function tooBig(file: string): SourceError {
  return new SourceError(
    'wrong',
    `No se leyó ${file}: descomprimido ocupa más de ${MAX_UNPACKED_BYTES / 1024 / 1024} MB.`,
    'Deje en el libro solo las hojas de datos, o repártalo en un archivo por curso.',
  );
}
