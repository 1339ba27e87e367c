import { formatRut, isValidRut } from '@puente-sic/protocol';
import type { Db, Store } from '../store/store.ts';
import { withLock } from '../store/wait.ts';
import { applyAlumnos } from './apply-alumnos.ts';
import { applyCursos, closeOtherCursos } from './apply-cursos.ts';
import { applyOtecs, closeOtherOtecs } from './apply-otecs.ts';
import type { Registry } from './registry.ts';
import { emptyReport, type ImportReport } from './report.ts';

export interface ImportOptions {
  now: Date;
  /** The file is the whole country: providers that it leaves out stop being in force and their courses close. */
  complete?: boolean;
}

/**
 * Brings the registry in the store to what a file says; the same file again changes nothing. The file is the truth
 * about every provider, course and student that it names: a module or a student that a named course no longer has is
 * closed. What it does not name is left alone, unless it is `complete`. Nothing is ever deleted.
 *
 * It works in short transactions, so that a serving process is not held up; an import that dies is run again. Several
 * at once, as when three nodes start together, go one after the other.
 */
export function importRegistry(
  store: Store,
  registry: Registry,
  options: ImportOptions,
): Promise<ImportReport> {
  return withLock(store, 'registro', () => apply(store.db, registry, options));
}

async function apply(db: Db, registry: Registry, options: ImportOptions): Promise<ImportReport> {
  const report = emptyReport();
  report.avisos.push(...warnings(registry));
  await applyOtecs(db, registry.otecs, options.now, report);
  await applyAlumnos(db, registry.alumnos, report);
  await applyCursos(db, registry.cursos, options.now, report);
  if (options.complete) {
    await closeOtherCursos(db, registry.cursos, options.now, report);
    await closeOtherOtecs(db, registry.otecs, report);
  }
  return report;
}

function warnings({ alumnos, cursos }: Registry): string[] {
  const invalid = [...alumnos].filter(([numero, { dv }]) => !isValidRut({ numero, dv }));
  const unknown = cursos.flatMap((curso) => {
    const codes = new Set(curso.modulos.map(({ codigoModulo }) => codigoModulo));
    const missing = new Set(
      curso.alumnos.flatMap(({ modulos }) => modulos ?? []).filter((code) => !codes.has(code)),
    );
    return [...missing].map(
      (code) => `El curso ${curso.codigoOferta} no tiene el módulo ${code} en que inscribe a un alumno.`,
    );
  });
  return [
    ...invalid.map(
      ([numero, { dv }]) =>
        `El RUT ${formatRut({ numero, dv })} tiene mal su dígito verificador: sus envíos se rechazarán con 012.`,
    ),
    ...unknown,
  ];
}
