import { sayDias, sayMinimos, sayPaso, sayPrograma, sessionsOf } from '@puente-sic/app';
import {
  ALL_COURSES,
  closing,
  currentNight,
  listDecisions,
  nameOfCourse,
  studentNames,
  studentStates,
  VENTANA_OFICIAL,
  writtenRut,
} from '@puente-sic/engine';
import { actorOf } from '../access/access.ts';
import { type Context, providerOf } from '../context.ts';
import { bodyOf } from '../http/body.ts';
import type { Mount } from '../http/mount.ts';

/** Courses that end, and what the provider's people write of it. */
export function porCerrar(mount: Mount, { ledger, clock, bus }: Context): void {
  mount('porCerrar', async ({ running }) => ({
    proveedores: await Promise.all(
      running.providers.map(async ({ otec: { rut: rutOtec, nombre = rutOtec }, ventana }) => {
        const { cursos, ...rest } = await closing(ledger, { rutOtec, ...(ventana && { ventana }) }, clock());
        const kept = (await listDecisions(ledger, { rutOtec })).filter(
          ({ tipo, fin }) => tipo === 'mantener' && fin === null,
        );
        const named = await studentNames(ledger, [rutOtec]);
        return {
          ...{ rutOtec, nombre },
          ...rest,
          cursos: cursos.map((curso) => ({
            ...curso,
            mantenidas: kept
              .filter(
                ({ codigoOferta, codigoGrupo }) =>
                  codigoOferta === curso.codigoOferta && codigoGrupo === curso.codigoGrupo,
              )
              .map(({ rut, codigoModulo, motivo, quien, cuando }) => ({
                ...{ rut, codigoModulo, motivo, quien, cuando },
                nombre: rut === null ? null : named(curso, rut),
              })),
          })),
        };
      }),
    ),
  }));

  mount('minimosDeOtec', async ({ params: { rutOtec }, pide, running, who, request }) => {
    providerOf(running, rutOtec);
    await sayMinimos(ledger, actorOf(request, who), { rutOtec, ...ALL_COURSES, minimos: pide }, clock());
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  mount('diasDeCierre', async ({ params: { rutOtec }, pide: { dias }, running, who, request }) => {
    providerOf(running, rutOtec);
    await sayDias(ledger, actorOf(request, who), { rutOtec, dias }, clock());
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  mount('sesionesDeCurso', async ({ params, running, request }) => {
    const { rutOtec } = params;
    const { ventana = VENTANA_OFICIAL } = providerOf(running, rutOtec);
    const { noche } = currentNight(clock(), ventana);
    const students = (await studentStates(ledger, { rutOtec, noche })).get(nameOfCourse(params)) ?? [];
    const people = students.map((student) => ({ rut: writtenRut(student), nombre: student.nombre }));
    return sessionsOf(people, bodyOf(request), params.archivo);
  });

  mount('minimosDeCurso', async ({ params, pide, running, who, request }) => {
    providerOf(running, params.rutOtec);
    await sayMinimos(ledger, actorOf(request, who), { ...params, minimos: pide }, clock());
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  mount('programaDeCurso', async ({ params, pide: { programa }, running, who, request }) => {
    providerOf(running, params.rutOtec);
    await sayPrograma(ledger, actorOf(request, who), { ...params, programa }, clock());
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  mount('marcarPaso', async ({ params, pide, running, who, request }) => {
    const { ventana } = providerOf(running, params.rutOtec);
    const asked = { ...params, ...pide, ...(ventana && { ventana }) };
    await sayPaso(ledger, actorOf(request, who), asked, clock());
    bus.tell({ tipo: 'recargar' });
    return {};
  });
}
