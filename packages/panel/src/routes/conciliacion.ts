import { Readable } from 'node:stream';
import { noteEvidence, type Running, verifyBitacora } from '@puente-sic/app';
import {
  type AlumnoConciliado,
  type Conciliacion,
  currentNight,
  differencesCsv,
  evidenceBeside,
  evidenceKept,
  nameOfCourse,
  reconcileStudents,
  studentStates,
  VENTANA_OFICIAL,
} from '@puente-sic/engine';
import { santiagoDate } from '@puente-sic/protocol';
import { actorOf } from '../access/access.ts';
import { type Context, cursosOf, providerOf } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound, Refusal } from '../http/refusal.ts';

/** The LMS, the ledger and SENCE side by side; and the proof of what was sent. */
export function conciliacion(mount: Mount, context: Context): void {
  const { ledger, clock } = context;

  mount('conciliacion', async ({ filtro, running, signal }) => {
    const { diferencias: _, ...compared } = await compare(filtro, running, signal);
    return compared;
  });

  mount('conciliacionCsv', async ({ filtro, running, signal, reply }) => {
    const csv = differencesCsv(await compare(filtro, running, signal));
    const name = `conciliacion-${santiagoDate(clock())}.csv`;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(csv);
  });

  mount('resumenDeEvidencia', async ({ running }) => {
    const cursos = await Promise.all(
      running.providers.map(async ({ otec: { rut: rutOtec }, ventana = VENTANA_OFICIAL }) => {
        const { noche } = currentNight(clock(), ventana);
        const states = await studentStates(ledger, { rutOtec, noche });
        return (await evidenceKept(ledger, rutOtec)).map((curso) => {
          const students = states.get(nameOfCourse(curso)) ?? [];
          const confirmados = students.filter(({ estado }) => estado === 'lo-tiene').length;
          return { ...curso, alumnos: students.length, confirmados };
        });
      }),
    );
    return { cursos: cursos.flat() };
  });

  mount('comprobacion', async () => {
    const { hechos, roto } = await verifyBitacora(ledger);
    return { cuando: clock(), hechos, roto };
  });

  mount('evidencia', async ({ filtro, who, running, request, reply }) => {
    const { rutOtec, codigoOferta: curso, desde = BEGINNING, hasta = santiagoDate(clock()) } = filtro;
    providerOf(running, rutOtec);
    const made = await evidenceBeside({ ledger, rutOtec, curso, desde, hasta, clock });
    if (made.envios === 0) {
      throw new Refusal(
        404,
        'sin-envios',
        'No hay envíos de ese curso en esas fechas.',
        'Elija otro curso u otras fechas.',
      );
    }
    await noteEvidence(ledger, actorOf(request, who), curso, clock());
    const name = `evidencia-${curso.replaceAll(/[^\w.-]/g, '_')}.zip`;
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(made.zip));
  });

  async function compare(
    { rutOtec, codigoOferta }: { rutOtec?: string | undefined; codigoOferta?: string | undefined },
    { providers, version, clientFor }: Running,
    signal: AbortSignal,
  ): Promise<Conciliacion & { comparado: Date; alumnos: AlumnoConciliado[] }> {
    const comparado = clock();
    const chosen = providers.filter(({ otec }) => rutOtec === undefined || otec.rut === rutOtec);
    if (chosen.length === 0) throw notFound('Este panel no envía por esa OTEC.');
    const filters = codigoOferta === undefined ? {} : { curso: codigoOferta };
    const compared = await Promise.all(
      chosen.map((provider) => {
        const { otec, sources } = provider;
        const asked = {
          sources,
          otecs: [otec],
          ledger,
          version,
          at: comparado,
          clock,
          noche: currentNight(comparado, provider.ventana ?? VENTANA_OFICIAL).noche,
          clientFor,
          filters,
          signal,
        };
        return reconcileStudents({ ...asked, ...cursosOf(provider) });
      }),
    );
    const parts = compared.map(({ conciliacion }) => conciliacion);
    return {
      comparado,
      alumnos: compared.flatMap(({ alumnos }) => alumnos),
      comparados: parts.reduce((sum, part) => sum + part.comparados, 0),
      iguales: parts.reduce((sum, part) => sum + part.iguales, 0),
      diferencias: parts.flatMap(({ diferencias }) => diferencias),
      fallas: parts.flatMap(({ fallas }) => fallas),
      sinHistorial: parts.flatMap(({ sinHistorial }) => sinHistorial),
      avisos: parts.flatMap(({ avisos }) => avisos),
      sinComparar: parts.reduce((sum, part) => sum + part.sinComparar, 0),
    };
  }
}

/** Before the service's first specification nothing was sent. */
const BEGINNING = '2021-09-01';
