import type { Running } from '@puente-sic/app';
import {
  type CursoComparado,
  type CursoPrevisto,
  compareCourse,
  countStudents,
  courseCalendar,
  currentNight,
  explainStudent,
  nameOfCourse,
  type PlanRequest,
  type Provider,
  preview,
  studentHistory,
  studentNames,
  studentStates,
  VENTANA_OFICIAL,
} from '@puente-sic/engine';
import { dayOf, isFecha, santiagoDate } from '@puente-sic/protocol';
import type { CursoClave } from '../api.ts';
import { type Context, cursosOf, providerOf } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { explicacionOf } from './explicacion.ts';
import { erroresAbiertos } from './hoy.ts';

/** One course and its students, beside what SENCE has. Reads the source, sends nothing. */
export function curso(mount: Mount, context: Context): void {
  const { ledger, clock } = context;

  mount('curso', async ({ params, running, signal }) => {
    const { curso: compared, fallas } = await compareCourse(planOf(running, params, signal), params);
    if (compared !== null) return withStates(compared, running);
    const [falla] = fallas;
    throw falla === undefined
      ? notFound('Ese curso ya no está en la fuente.')
      : new Refusal(falla.tipo === 'mal' ? 404 : 503, 'fuente', falla.mensaje, falla.queHacer);
  });

  /** Each student with the state in which the count has the student. */
  async function withStates(compared: CursoComparado, running: Running) {
    const { rutOtec } = compared;
    const { noche } = currentNight(clock(), providerOf(running, rutOtec).ventana ?? VENTANA_OFICIAL);
    const students = (await studentStates(ledger, { rutOtec, noche })).get(nameOfCourse(compared));
    // Several may have no RUT, or the same word in its place.
    const nameOf = (rut: string, lugar: string | null) => JSON.stringify([rut, lugar]);
    const states = new Map(
      (students ?? []).map(({ rut, sinRut, estado }) => [
        rut ?? nameOf(sinRut?.escrito ?? '', sinRut?.lugar ?? null),
        estado,
      ]),
    );
    return {
      ...compared,
      hoy: santiagoDate(clock()),
      alumnos: compared.alumnos.map((alumno) => ({
        ...alumno,
        estado: states.get(alumno.rut) ?? states.get(nameOf(alumno.rut, alumno.lugar)) ?? null,
      })),
      cuenta:
        students === undefined || students.length === 0
          ? null
          : countStudents(students.map(({ estado }) => estado)),
    };
  }

  mount('calendario', async ({ params: { rutOtec, codigoOferta, codigoGrupo }, running }) => {
    const { ventana } = providerOf(running, rutOtec);
    return {
      noches: await courseCalendar(ledger, { rutOtec, codigoOferta, codigoGrupo }, clock(), ventana),
    };
  });

  mount('prevision', async ({ params, running, signal }) => {
    const filters = { curso: params.codigoOferta, grupo: params.codigoGrupo };
    const { cursos, noEntregados, hallazgos, fallas } = await preview({
      ...planOf(running, params, signal),
      filters,
    });
    return {
      cuerpos: cursos.flatMap(({ cuerpo }) => (cuerpo === null ? [] : [{ ...cuerpo }])),
      resumen: resumenOf(cursos.flatMap(({ cuerpo }) => cuerpo ?? [])),
      retenidos: cursos.flatMap(({ retenidos }) => retenidos),
      hallazgos: [
        ...noEntregados.flatMap((one) => one.hallazgos),
        ...hallazgos,
        ...cursos.flatMap((one) => one.hallazgos),
      ],
      fallas,
    };
  });

  mount('alumno', async ({ params, filtro: { antes } }) => {
    const { rutOtec, codigoOferta, codigoGrupo, rut } = params;
    const key = { rutOtec, codigoOferta, codigoGrupo };
    const history = await studentHistory(ledger, { ...key, rut }, antes === undefined ? {} : { antes });
    const errores = await erroresAbiertos(ledger, { ...key, alumno: rut });
    const nombre = (await studentNames(ledger, [rutOtec]))(key, rut);
    return { ...key, rut, nombre, ...history, errores };
  });

  mount('explicacion', async ({ params, running, signal }) => {
    const { explicacion, fallas } = await explainStudent(planOf(running, params, signal), params);
    return { explicacion: explicacion === null ? null : explicacionOf(explicacion), fallas };
  });

  function planOf(
    running: Running,
    { rutOtec }: Pick<CursoClave, 'rutOtec'>,
    signal: AbortSignal,
  ): PlanRequest {
    const provider = providerOf(running, rutOtec);
    return planOfProvider(provider, running, { ledger, at: clock(), signal });
  }
}

/** The bodies as a whole, with the days that they say. */
function resumenOf(cuerpos: readonly NonNullable<CursoPrevisto['cuerpo']>[]) {
  const alumnos = cuerpos.flatMap(({ listaAlumnos }) => listaAlumnos);
  const days = (field: 'fechaInicio' | 'fechaFin' | 'fechaEjecucion') =>
    alumnos
      .map((alumno) => alumno[field])
      .filter(isFecha)
      .map(dayOf)
      .sort();
  const informada = days('fechaEjecucion').at(-1);
  if (informada === undefined) return null;
  return {
    alumnos: alumnos.length,
    registros: alumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0),
    ...{ informada, desde: days('fechaInicio')[0] ?? null, hasta: days('fechaFin').at(-1) ?? null },
  };
}

/** What is asked of the engine about all that a provider reports. */
export function planOfProvider(
  provider: Provider,
  { version }: Running,
  asked: Pick<PlanRequest, 'ledger' | 'at'> & { signal: AbortSignal },
): PlanRequest {
  const { otec, sources, modo } = provider;
  return { ...asked, sources, otecs: [otec], version, ...cursosOf(provider), ...(modo && { modo }) };
}
