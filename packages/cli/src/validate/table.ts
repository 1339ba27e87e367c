import { type Hallazgo, openEmptyLedger, type PreviewResult, preview } from '@puente-sic/engine';
import { formatRut, readRut } from '@puente-sic/protocol';
import type { Reading, Source } from '@puente-sic/sources';
import { throwSourceFailures } from '../failures.ts';
import { toldOf } from '../print/findings.ts';

/** Findings of a provider's tables: what a preview would hold back or tell, were nothing known of former sends. */
export async function validateTable(source: Source, now: Date): Promise<Hallazgo[]> {
  const reading = await source.read({ at: now });
  await source.close();
  const ledger = await openEmptyLedger();
  try {
    const result = await preview({
      sources: [alreadyRead(source, reading)],
      otecs: [{ rut: otecOf(reading), token: '' }],
      ledger,
      version: 2,
      at: now,
    });
    throwSourceFailures(result.fallas);
    return findingsOf(result);
  } finally {
    await ledger.close();
  }
}

/** Whose data it is matters only when it is sent. */
function alreadyRead({ name }: Source, { courses, ...rest }: Reading): Source {
  const anonymous = courses.map(({ rutOtec: _, ...tree }) => tree);
  return {
    name,
    listCourses: async () => courses,
    read: async () => ({ ...rest, courses: anonymous }),
    close: async () => {},
  };
}

function otecOf({ courses }: Reading): string {
  const text = courses.find(({ rutOtec }) => rutOtec !== undefined)?.rutOtec;
  const rut = text === undefined ? null : readRut(text);
  return rut ? formatRut(rut) : ANY_OTEC;
}

/** Stands in where the data does not say; nothing is judged by it. */
const ANY_OTEC = '76000000-K';

function findingsOf({ cursos, ...result }: PreviewResult): Hallazgo[] {
  const held = cursos.flatMap(({ retenidos }) =>
    retenidos.map(
      ({ codigo, mensaje, queHacer, rut, codigoModulo, lugar }): Hallazgo => ({
        codigo,
        ruta: lugar ?? '',
        mensaje,
        queHacer,
        gravedad: 'error',
        ...(rut !== null && { rut }),
        ...(codigoModulo !== null && { codigoModulo }),
        ...(lugar !== undefined && { lugar }),
      }),
    ),
  );
  const told = [...toldOf(result), ...cursos.flatMap((curso) => curso.hallazgos)];
  return [...held, ...told.map((hallazgo) => ({ ...hallazgo, ruta: hallazgo.lugar ?? hallazgo.ruta }))];
}
