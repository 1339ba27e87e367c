import { tidyCode } from '../../../rules/code-text.ts';
import { listed } from '../../../rules/listed.ts';
import type { Activity } from '../activities.ts';
import type { Oddity } from '../judged.ts';
import type { ReportedModule } from '../modules.ts';
import { progressOf } from '../progress.ts';
import { accountName } from '../student-findings.ts';
import { oneLanguage, sameText } from '../text.ts';
import { at, type Figured, type Look } from './oddity.ts';

/** What Moodle and people put into the name of a copy. */
const MARK =
  /\s*\((?:copia|copy|duplicad[oa]|duplicate)\s*\d*\)|\s+(?:copia|copy)(?:\s+\d+)?\s*$|^copia de\s+|^copy of\s+/i;

/** Sections and activities that were duplicated: everything in them is asked for a second time. */
export const copies: Look = (judged, links) => {
  const { course } = judged.snapshot;
  const outside = copiesOutside(judged);
  const ofModules = judged.modules.flatMap((module) => {
    const twice = [...copiedSections(module), ...copiedActivities(module)];
    if (twice.length === 0) return [];
    const touched = whoBegan(judged, module);
    return {
      costs: 'figures',
      words: {
        message: `En el módulo ${module.codigoModulo} del curso «${course.shortname}» hay cosas dos veces: ${listed(twice)}. Sus actividades obligatorias se piden otra vez${touched.length > 0 ? `, y baja el avance de ${touched.length === 1 ? 'una persona' : `${touched.length} personas`}: ${listed(touched, MOST)}` : ''}. SIC no acepta un porcentaje menor que el ya enviado (025).`,
        fix: 'En Moodle borre u oculte lo que sobra. Si una sección es otra cosa, quítele el código del nombre; si de verdad son dos partes del módulo, deles nombres distintos, sin «copia».',
        scope: 'modulo',
        codigoModulo: module.codigoModulo,
        ...at(links.course(course.id)),
      },
    } satisfies Oddity;
  });
  if (outside.length === 0) return ofModules;
  return [
    ...ofModules,
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» hay copias de secciones fuera de los módulos: ${listed(outside)}. Sus actividades obligatorias cuentan en el avance del curso, y lo bajan a todos. SIC no acepta un porcentaje menor que el ya enviado (025).`,
        fix: 'En Moodle borre u oculte lo que sobra. Si una no es una copia, quite «copia» de su nombre.',
        ...at(links.course(course.id)),
      },
    },
  ];
};

/** Copies without a code of sections that have one or not: what they ask for counts for the course. */
function copiesOutside({ snapshot, sections, modules, activities }: Figured): string[] {
  const names = snapshot.sections.map(({ name }) => oneLanguage(name ?? ''));
  return snapshot.sections
    .filter(({ id }) => {
      if (!sections.isVisible(id) || modules.some(({ sectionIds }) => sectionIds.has(id))) return false;
      return activities.some(({ required, module }) => required && module.sectionId === id);
    })
    .map(({ name }) => oneLanguage(name ?? ''))
    .filter((name) => {
      const original = name.replace(MARK, '').trim();
      return original !== name && names.some((other) => other !== name && isOriginal(other, original));
    });
}

/** Whoever copies a section may take its code away. */
function isOriginal(name: string, original: string): boolean {
  return sameText(name, original) || sameText(name.slice(0, name.lastIndexOf('/')), original);
}

/** People that a message names. */
const MOST = 20;

function copiedSections({ sections }: ReportedModule): string[] {
  const names = sections.map(({ name }) => oneLanguage(name ?? ''));
  return names.filter((name, index) => {
    if (sections.length < 2 || name === '') return false;
    return MARK.test(name) || names.slice(0, index).some((before) => sameText(before, name));
  });
}

function copiedActivities({ activities, sections }: ReportedModule): string[] {
  const required = activities.filter((activity) => activity.required);
  const inCopies = new Set(
    sections.filter(({ name }) => MARK.test(oneLanguage(name ?? ''))).map(({ id }) => id),
  );
  return required
    .filter(({ module }) => {
      const name = oneLanguage(module.name);
      const original = name.replace(MARK, '');
      return (
        original !== name && !inCopies.has(module.sectionId) && required.some(isNamed(original, module.type))
      );
    })
    .map(({ module }) => oneLanguage(module.name));
}

function isNamed(name: string, type: string): (activity: Activity) => boolean {
  return ({ module }) => module.type === type && sameText(oneLanguage(module.name), name);
}

function whoBegan({ students, snapshot }: Figured, { activities }: ReportedModule): string[] {
  return students
    .map(({ person }) => person.leading.account)
    .filter(({ id }) => progressOf(activities, snapshot.completions.get(id), snapshot.at).done > 0)
    .map(accountName);
}

/** Short names that Moodle makes up while it restores a course whose name is taken (`…_1`), or that a copy has. */
const RESTORED = /_\d+$|^rest(?:oring|ored|aurado|aurando)\b|\bcopia\b|\bcopy\b/i;

/** A course whose code is that of a copy: SIC does not know it. */
export const restored: Look = ({ snapshot: { course }, groups, selections }, links) => {
  const shortname = tidyCode(course.shortname);
  const byHand = selections.some(({ codigoOferta }) => codigoOferta !== undefined);
  if (byHand || !RESTORED.test(shortname) || groups.every(({ codigoOferta }) => codigoOferta !== shortname))
    return [];
  return [
    {
      costs: 'figures',
      words: {
        message: `El nombre corto del curso «${shortname}» es de los que Moodle pone a un curso copiado o restaurado, y va como código de oferta: SIC no lo conoce (003).`,
        fix: 'Si este es el curso que se dicta, corrija su nombre corto: (el curso) > Configuración > General, o escriba `codigoOferta` en puente.yaml. Si es una copia de trabajo, quite los códigos de módulo de sus secciones.',
        ...at(links.courseSettings(course.id)),
      },
    },
  ];
};

/** People with so much time, Unix seconds, in a course begun so long ago have usually completed something. */
const HOUR = 3_600;
const WEEK = 7 * 86_400_000;

/** Nobody has completed anything although people have been at work for a week: reset, or conditions taken away. */
export const reset: Look = ({ snapshot, students, activities }, links) => {
  const { course, time, at: now, completions } = snapshot;
  if (!time || !activities.some(({ required }) => required)) return [];
  if (students.some(({ progress }) => progress.done > 0)) return [];
  if ([...completions.values()].some((own) => [...own.values()].some(({ state }) => state > 0))) return [];
  const busy = students.filter(({ person }) => {
    const own = time.students.get(person.leading.account.id);
    return own && own.total >= HOUR && own.first && now.getTime() - own.first.getTime() >= WEEK;
  });
  if (busy.length < 3) return [];
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» nadie tiene ninguna actividad completada, aunque ${busy.length} personas llevan más de una hora y más de una semana en él: ¿se reinició el curso, o se borraron las finalizaciones?`,
        fix: 'Revise en Moodle (el curso) > Informes > Finalización de la actividad. Si el curso se reinició y eso fue un error, pida a quien administra el sitio que lo recupere de un respaldo antes de enviar.',
        ...at(links.course(course.id)),
      },
    },
  ];
};
