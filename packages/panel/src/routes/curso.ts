import { compareCourse, explainStudent, type PlanRequest, preview, studentHistory } from '@puente-sic/engine';
import type { CursoClave } from '../api.ts';
import { type Context, providerOf } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { explicacionOf } from './explicacion.ts';
import { erroresAbiertos } from './hoy.ts';

/** One course and its students, beside what SENCE has. Reads the source, sends nothing. */
export function curso(mount: Mount, context: Context): void {
  const { ledger } = context;

  mount('curso', async ({ params, signal }) => {
    const { curso: compared, fallas } = await compareCourse(planOf(context, params, signal), params);
    if (compared !== null) return compared;
    const [falla] = fallas;
    throw falla === undefined
      ? notFound('Ese curso ya no está en la fuente.')
      : new Refusal(falla.tipo === 'mal' ? 404 : 503, 'fuente', falla.mensaje, falla.queHacer);
  });

  mount('prevision', async ({ params, signal }) => {
    const filters = { curso: params.codigoOferta, grupo: params.codigoGrupo };
    const { cursos, hallazgos, fallas } = await preview({ ...planOf(context, params, signal), filters });
    return {
      cuerpos: cursos.flatMap(({ cuerpo }) => (cuerpo === null ? [] : [{ ...cuerpo }])),
      retenidos: cursos.flatMap(({ retenidos }) => retenidos),
      hallazgos: [...hallazgos, ...cursos.flatMap((one) => one.hallazgos)],
      fallas,
    };
  });

  mount('alumno', async ({ params }) => {
    const { rutOtec, codigoOferta, codigoGrupo, rut } = params;
    const key = { rutOtec, codigoOferta, codigoGrupo };
    const history = await studentHistory(ledger, { ...key, rut });
    const errores = await erroresAbiertos(ledger, { ...key, alumno: rut });
    return { ...key, rut, ...history, errores };
  });

  mount('explicacion', async ({ params, signal }) => {
    const { explicacion, fallas } = await explainStudent(planOf(context, params, signal), params);
    return { explicacion: explicacion === null ? null : explicacionOf(explicacion), fallas };
  });
}

function planOf(
  context: Context,
  { rutOtec }: Pick<CursoClave, 'rutOtec'>,
  signal: AbortSignal,
): PlanRequest {
  const provider = providerOf(context, rutOtec);
  if (provider === undefined) throw notFound('Este panel no envía por esa OTEC.');
  const { otec, sources, cursos, modo } = provider;
  const { ledger, version, clock } = context;
  return {
    ...{ sources, otecs: [otec], ledger, version, at: clock(), signal },
    ...(cursos && { cursos: cursos.filter((one) => one.otec === otec.rut) }),
    ...(modo && { modo }),
  };
}
