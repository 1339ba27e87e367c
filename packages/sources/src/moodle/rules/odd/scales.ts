import { listed } from '../../../rules/listed.ts';
import { at, type Look } from './oddity.ts';

/** Marks that are left out because nobody can say of which scale they are. */
export const scales: Look = ({ snapshot: { course }, oddScales }, links) => {
  if (oddScales.length === 0) return [];
  const names = oddScales.map(
    ({ item, least, most, max }) =>
      `${item.type === 'course' ? 'total del curso' : (item.name ?? 'categoría')}: de ${figure(least)} a ${figure(most)} en una escala hasta ${figure(max)}`,
  );
  return [
    {
      costs: 'figures',
      words: {
        message: `En el curso «${course.shortname}» hay notas que parecen de 1,0 a 7,0 en una escala de porcentaje (${listed(names)}), también de quienes completaron todo. No se informan esas notas, para no mandar un 6,5 como 6,5 %.`,
        fix: 'En Moodle: (el curso) > Calificaciones > Configuración del libro de calificaciones > (el total) > Editar: ponga la nota mínima 1 y la máxima 7, y revise las notas. Si de verdad son porcentajes, corrija las notas.',
        ...at(links.gradebook(course.id)),
      },
    },
  ];
};

function figure(value: number): string {
  return (Math.round(value * 10) / 10).toString().replace('.', ',');
}
