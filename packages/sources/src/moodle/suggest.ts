import { codeInName, codeOfSection } from './rules/codes.ts';
import { senceGroups } from './rules/groups.ts';
import { MoodleLinks } from './rules/links.ts';
import { SectionTree } from './rules/sections.ts';
import { oneLanguage } from './rules/text.ts';
import type { MoodleRules } from './settings.ts';
import type { CourseSnapshot } from './site.ts';

/** A code and where in Moodle it was found; null where nothing looks like one, to be typed by hand. */
export interface SuggestedCode {
  code: string | null;
  /** In Spanish: `nombre corto del curso`. */
  from: string;
}

/** What puente.yaml would say of a course. */
export interface SuggestedCourse {
  /** For `cursos[].curso`. */
  curso: string;
  id: number;
  title: string;
  /** Has module codes: likely one of SENCE's. */
  likely: boolean;
  codigoOferta: SuggestedCode;
  /** SENCE groups, then the others; `grupo` is the LMS group's name, null = everybody. */
  grupos: (SuggestedCode & { grupo: string | null; students: number })[];
  modulos: (SuggestedCode & { section: { id: number; name: string } })[];
}

const OFERTA = /[A-Z]{2,6}-\d{2,}(?:-\d+)+/i;

/**
 * Suggests the mapping of a site's courses for `puente init` and the panel: what the rules find by themselves, and
 * codes that stand in other places. Nothing of it has to be written down that is right already.
 */
export function suggestMapping(
  snapshots: CourseSnapshot[],
  rules: Pick<MoodleRules, 'patronModulo'> = {},
): SuggestedCourse[] {
  return snapshots.map((snapshot) => {
    const modulos = suggestModules(snapshot, rules);
    const codigoOferta = suggestOferta(snapshot);
    return {
      curso: snapshot.course.shortname,
      id: snapshot.course.id,
      title: oneLanguage(snapshot.course.fullname),
      likely: modulos.some(({ code }) => code !== null),
      codigoOferta,
      grupos: suggestGroups(snapshot, codigoOferta.code),
      modulos,
    };
  });
}

function suggestOferta({ course }: CourseSnapshot): SuggestedCode {
  const places: [string, string][] = [
    ['nombre corto del curso', course.shortname],
    ['número de ID del curso', course.idnumber],
    ['nombre completo del curso', oneLanguage(course.fullname)],
  ];
  for (const [from, text] of places) {
    const code = OFERTA.exec(text)?.[0];
    if (code) return { code: code.toUpperCase(), from };
  }
  return { code: null, from: 'no se ve ningún código de oferta' };
}

function suggestGroups(snapshot: CourseSnapshot, codigoOferta: string | null): SuggestedCourse['grupos'] {
  const { course, participants } = snapshot;
  const selection = { curso: course.shortname, ...(codigoOferta !== null && { codigoOferta }) };
  const { groups } = senceGroups(snapshot, [selection], new MoodleLinks(undefined));
  const others = snapshot.groups.filter(({ id }) => !groups.some(({ group }) => group?.id === id));
  return [
    ...groups.map(({ codigoGrupo, group }) => ({
      code: codigoGrupo,
      grupo: group?.name ?? null,
      from: group ? `grupo «${group.name}»` : 'el curso no tiene grupos: va el código del curso',
      students: group?.members.size ?? participants.length,
    })),
    ...others.map(({ name, members }) => ({
      code: null,
      grupo: name,
      from: 'no se reconoce como sección SENCE',
      students: members.size,
    })),
  ];
}

/** Sections on the course's own level that hold something; the general part on top only where it has a code. */
function suggestModules(
  { sections, modules }: CourseSnapshot,
  rules: Pick<MoodleRules, 'patronModulo'>,
): SuggestedCourse['modulos'] {
  const tree = new SectionTree(sections, modules);
  return sections
    .filter(({ id }) => tree.parentOf(id) === null && tree.isVisible(id))
    .sort((a, b) => a.position - b.position)
    .flatMap((section): SuggestedCourse['modulos'] => {
      const name = section.name === null ? `Sección ${section.position}` : oneLanguage(section.name);
      const place = { section: { id: section.id, name } };
      const found = codeOfSection(section, rules);
      if (found !== null && found !== 'none')
        return [{ ...place, code: found.code, from: `nombre de la sección «${name}»` }];
      const inside = modules.filter(
        ({ sectionId, type }) => sectionId === section.id && type !== 'subsection',
      );
      if (inside.length === 0 || section.position === 0) return [];
      const label = inside
        .map(({ name: text }) => codeInName(oneLanguage(text), rules.patronModulo))
        .find((code) => code !== null);
      if (label) return [{ ...place, code: label, from: 'nombre de una actividad de la sección' }];
      return [{ ...place, code: null, from: 'no se ve ningún código de módulo' }];
    });
}
