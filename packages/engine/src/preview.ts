import { type Envio, ID_SISTEMA } from '@puente-sic/protocol';
import { hallazgoOf, retenidoOf } from './explain.ts';
import { apartFromWaiting, withSaid } from './plan/chosen.ts';
import type { PlannedCourse } from './plan/course.ts';
import { withoutEmpty } from './plan/empty.ts';
import { gather } from './plan/gather.ts';
import { planAssigned } from './plan/plan.ts';
import type { PlanRequest } from './request.ts';
import type { CursoPrevisto, PreviewResult } from './results.ts';

/** What `send` would do now. Never calls the Gestor, writes nothing. */
export async function preview(asked: PlanRequest): Promise<PreviewResult> {
  const request = await withSaid(asked);
  const { courses: given, noEntregados, hallazgos, fallas } = await gather(request);
  const { said, waiting } = await apartFromWaiting(given, request);
  const { courses, sinAlumnos } = withoutEmpty(said);
  const cursos: CursoPrevisto[] = [];
  for (const assigned of courses) cursos.push(...previstos(await planAssigned(assigned, request)));
  return {
    cursos,
    noEntregados: [...noEntregados, ...sinAlumnos],
    hallazgos: [...hallazgos, ...waiting],
    fallas,
  };
}

function previstos(course: PlannedCourse): CursoPrevisto[] {
  const { rutOtec, codigoOferta, codigoGrupo, titulo } = course;
  const common = { rutOtec, codigoOferta, codigoGrupo, titulo };
  const yaEnviados = course.alreadyThere.length;
  const ofCourse = course.findings.map(hallazgoOf);
  if (course.parts.length === 0) {
    return [
      {
        ...common,
        cuerpo: null,
        retenidos: course.held.map(({ issue }) => retenidoOf(issue)),
        hallazgos: ofCourse,
        yaEnviados,
      },
    ];
  }
  return course.parts.map((part, at) => ({
    ...common,
    cuerpo: { rutOtec, idSistema: ID_SISTEMA, ...part.curso } satisfies Omit<Envio, 'token'>,
    retenidos: part.held.map(({ issue }) => retenidoOf(issue)),
    hallazgos: [...(at === 0 ? ofCourse : []), ...part.warnings.map(hallazgoOf)],
    yaEnviados: at === 0 ? yaEnviados : 0,
  }));
}
