import { dayOf, isFecha } from '@puente-sic/protocol';
import type { JudgedEntities } from '@puente-sic/sources';
import { count } from '../print/words.ts';
import type { Asker, Question } from './asker.ts';
import type { CursoAnswer } from './write.ts';

/** Which courses are reported, and whatever of them the LMS does not know. */
export async function askEntityCourses(
  ask: Asker,
  judged: readonly JudgedEntities[],
): Promise<CursoAnswer[]> {
  const chosen = await ask.chooseMany(
    '¿Qué cursos se informan a SENCE?',
    judged.map(({ course: { id, nombre }, codigoOferta, students }) => ({
      value: id,
      label: `${nombre ?? id} (${id})`,
      hint: [count(students.length, 'persona', 'personas'), codigoOferta].filter(Boolean).join(', '),
    })),
    judged.filter(({ modules }) => modules.length > 0).map(({ course }) => course.id),
  );
  const answers: CursoAnswer[] = [];
  for (const course of judged.filter(({ course: { id } }) => chosen.includes(id)))
    answers.push(await askCourse(ask, course));
  return answers;
}

async function askCourse(
  ask: Asker,
  { course, codigoOferta, students, dates, uncoded }: JudgedEntities,
): Promise<CursoAnswer> {
  const title = course.nombre ?? course.id;
  const oferta = await ask.text({
    message: `Código de oferta de ${title}`,
    check: (text) => (text.trim() === '' ? 'Está en SIC: Mantenedores → Cursos' : undefined),
    ...(codigoOferta !== null && { suggestion: codigoOferta }),
  });
  const isGrouped = students.some(({ person }) => person.leading.grupos.length > 0);
  const grupo = isGrouped
    ? null
    : await ask.text({
        message: `Código de grupo de ${title}`,
        suggestion: course.codigoGrupo ?? oferta,
      });
  const lacks = (field: 'fechaInicio' | 'fechaFin') =>
    dates[field] === undefined && students.some((student) => student.dates[field] === undefined);
  const inicio = lacks('fechaInicio') ? await ask.text(dayOfCourse(`Primer día de ${title}`)) : null;
  const fin = lacks('fechaFin') ? await ask.text(dayOfCourse(`Último día de ${title}`)) : null;
  const modulos: Record<string, string> = {};
  for (const { id, nombre } of uncoded) {
    const code = await ask.text({
      message: `Código del módulo «${nombre ?? id}» (en blanco: no es un módulo)`,
    });
    if (code !== '') modulos[id] = code;
  }
  return {
    curso: course.id,
    title,
    ...(oferta !== course.codigoOferta && { codigoOferta: oferta }),
    ...(grupo !== null && grupo !== course.codigoGrupo && { codigoGrupo: grupo }),
    ...(inicio !== null && { inicio }),
    ...(fin !== null && { fin }),
    ...(Object.keys(modulos).length > 0 && { modulos }),
  };
}

function dayOfCourse(message: string): Question {
  return {
    message,
    check: (text) =>
      isFecha(text.trim()) && dayOf(text.trim()) === text.trim()
        ? undefined
        : 'Escríbalo como año-mes-día: 2026-03-09',
  };
}
