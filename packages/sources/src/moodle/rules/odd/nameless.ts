import { listed } from '../../../rules/listed.ts';
import { at, type Look } from './oddity.ts';

/** Activities whose names may not be read, or that have none: they go by their kind and number. */
export const nameless: Look = ({ snapshot: { course }, activities }, links) => {
  const unread = [...new Set(activities.flatMap(({ module }) => (module.nameless ? module.type : [])))];
  const blank = activities.filter(({ module }) => !module.nameless && module.name.trim() === '');
  return [
    ...(unread.length > 0
      ? [
          {
            costs: 'figures' as const,
            words: {
              message: `En el curso «${course.shortname}» no se pueden leer los nombres de las actividades de tipo ${listed(unread)}: se informan con su tipo y número («${unread[0]} 12»).`,
              fix: 'Falta un permiso de la cuenta, o ese tipo de actividad se quitó del sitio: «puente moodle permisos» lo comprueba y escribe la orden que lo da.',
              ...at(links.course(course.id)),
            },
          },
        ]
      : []),
    ...(blank.length > 0
      ? [
          {
            costs: 'figures' as const,
            words: {
              message: `En el curso «${course.shortname}» hay actividades sin nombre: se informan como ${listed(blank.map(({ codigoActividad }) => codigoActividad))}.`,
              fix: 'Escriba su nombre en Moodle: (la actividad) > Configuración > General > Nombre.',
              ...at(links.activity(blank[0]?.module.id ?? 0)),
            },
          },
        ]
      : []),
  ];
};
