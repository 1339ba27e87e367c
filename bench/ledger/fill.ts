import { gzipSync } from 'node:zlib';
import type { Ledger } from '@puente-sic/engine';
import { santiagoDate } from '@puente-sic/protocol';

export const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F' };
export const RUT = '15000000-8';
export const NOW = new Date('2026-11-29T23:00:00-03:00');
export const COURSE = courseOf(0);

const STUDENTS = 20;
const MODULES = 2;

/** A ledger with so many nights of so many courses behind it, everything accepted. */
export async function fill({ db }: Ledger, { courses, nights }: { courses: number; nights: number }) {
  await db.transaction().execute(async (tx) => {
    for (let at = 0; at < courses; at++) {
      const course = courseOf(at);
      const said = { fuente: 'aula', curso: `${at}`, titulo: `Curso ${at}`, url: null, alumnos: STUDENTS };
      await tx
        .insertInto('curso')
        .values({ ...course, ...said, actualizado: NOW.toISOString(), visto: dayOf(0) })
        .execute();
      await tx
        .insertInto('alumno')
        .values(
          Array.from({ length: STUDENTS }, (_, who) => ({
            ...{ ...course, rut: rutOf(at, who), nombre: `Persona ${who}` },
            ...{ visto: dayOf(0), fin: null, ausente: null },
          })),
        )
        .execute();
      for (let back = 0; back < nights; back++) await night(tx, at, back);
    }
  });
}

async function night(tx: Ledger['db'], at: number, back: number): Promise<void> {
  const sent = new Date(NOW.getTime() - back * DAY_MS);
  const noche = dayOf(back);
  const course = courseOf(at);
  const codigoEnvio = `P-${noche.replaceAll('-', '')}-${String(at).padStart(12, '0')}`;
  const instant = sent.toISOString();
  const registros = STUDENTS * MODULES;
  await tx
    .insertInto('envio')
    .values({
      ...{ ...course, codigoEnvio, noche, version: 2, estado: 'aceptado', registros, aceptados: registros },
      ...{
        cuerpo: BODY,
        respuesta: BODY,
        huella: '',
        creado: instant,
        enviado: instant,
        respondido: instant,
      },
      ...{ httpStatus: 200, via: 'respuesta', idProceso: back * 1000 + at, desglose: 'hecho' },
    })
    .execute();
  const rows = Array.from({ length: registros }, (_, index) => ({
    ...{ codigoEnvio, noche, alumno: Math.floor(index / MODULES), modulo: index % MODULES },
    ...{
      rut: rutOf(at, Math.floor(index / MODULES)),
      codigoModulo: `M${index % MODULES}`,
    },
    ...{ porcentajeAvance: 50, tiempoConectividad: 60, estado: 1, avanceAlumno: 50, estadoAlumno: 1 },
    ...{ huella: 'f'.repeat(64), resultado: 'aceptado' as const },
  }));
  await tx.insertInto('registro').values(rows).execute();
  await tx
    .insertInto('noche')
    .values({
      ...{ rutOtec: OTEC.rut, fuente: 'aula', curso: `${at}`, noche, estado: 'hecha', motivo: null },
      ...{ desde: instant, actualizado: instant },
    })
    .execute();
  if (back > 0) return;
  const last = rows.map(({ rut, codigoModulo, porcentajeAvance, tiempoConectividad, estado, huella }) => ({
    ...{ ...course, rut, codigoModulo, porcentajeAvance, tiempoConectividad, estado, huella },
    ...{ cuando: instant, codigoEnvio, idProceso: at, noche },
  }));
  await tx.insertInto('aceptado').values(last).execute();
}

/** The first student of each course is the same person. */
function rutOf(course: number, who: number): string {
  return who === 0 ? RUT : `${16_000_000 + course * 100 + who}-0`;
}

/** The night of {@link NOW}, or so many before it. */
function dayOf(back: number): string {
  return santiagoDate(new Date(NOW.getTime() - back * DAY_MS));
}

const DAY_MS = 86_400_000;

function courseOf(at: number) {
  const codigo = `CAP-26-01-13-${String(at).padStart(4, '0')}-1`;
  return { rutOtec: OTEC.rut, codigoOferta: codigo, codigoGrupo: codigo };
}

/** As large as a packed body of a course is. */
const BODY = gzipSync(Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251)));
