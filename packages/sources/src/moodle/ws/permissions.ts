import { OPTIONAL_FUNCTIONS, REQUIRED_FUNCTIONS } from './functions.ts';

/** A permission of the service user's role. */
export interface Permission {
  /** As Moodle's filter of a role's permissions finds it. */
  capability: string;
  why: string;
  /** Moodle gives no error without it: things are simply not there. */
  silent: boolean;
}

/**
 * Types of activity with a right of their own to be seen, those that Moodle brings and the usual ones of live
 * classes. Forums, wikis and some others have none: everybody in the course sees them.
 */
const ACTIVITY_TYPES = [
  ...[
    'assign',
    'bigbluebuttonbn',
    'choice',
    'data',
    'feedback',
    'folder',
    'glossary',
    'h5pactivity',
    'imscp',
  ],
  ...['label', 'lesson', 'lti', 'page', 'quiz', 'resource', 'url', 'workshop'],
  ...['zoom', 'googlemeet', 'msteams'],
];

/** What the role needs, each found by taking it away from a real site's role. */
export const PERMISSIONS: Permission[] = [
  needed('webservice/rest:use', 'usar el protocolo REST'),
  needed('moodle/course:view', 'entrar a los cursos sin estar inscrito'),
  needed('moodle/course:viewhiddencourses', 'leer cursos que los estudiantes todavía no ven'),
  needed('moodle/course:viewparticipants', 'ver quiénes están en el curso'),
  needed('moodle/course:enrolreview', 'saber qué inscripciones están activas'),
  needed('moodle/course:managegroups', 'leer los grupos (Moodle no ofrece un permiso solo para mirarlos)'),
  needed('report/progress:view', 'leer qué completó cada estudiante'),
  needed('report/completion:view', 'comprobar que se ven todas las actividades'),
  needed('gradereport/user:view', 'leer las notas'),
  needed('moodle/grade:viewall', 'leer las notas de todos'),
  silent('moodle/grade:viewhidden', 'sin él, los totales con alguna nota oculta llegan vacíos'),
  silent('moodle/site:accessallgroups', 'sin él, faltan las notas de los otros grupos'),
  silent('moodle/course:viewhiddenactivities', 'sin él, desaparecen las actividades ocultas y sus notas'),
  silent('moodle/course:viewhiddensections', 'sin él, desaparecen las secciones ocultas'),
  silent(
    'moodle/course:ignoreavailabilityrestrictions',
    'sin él, desaparecen las actividades restringidas por grupo o fecha',
  ),
  silent('moodle/user:viewdetails', 'sin él, faltan datos de las personas'),
  silent('moodle/user:viewalldetails', 'sin él, no se ven el nombre de usuario ni los campos de perfil'),
  silent('moodle/site:viewuseridentity', 'sin él, no se ve el Número de ID, donde está el RUT'),
  ...ACTIVITY_TYPES.map((type) =>
    silent(
      `mod/${type}:view`,
      `sin él, las actividades de tipo ${type} desaparecen y el avance sale equivocado`,
    ),
  ),
];

function needed(capability: string, why: string): Permission {
  return { capability, why, silent: false };
}

function silent(capability: string, why: string): Permission {
  return { capability, why, silent: true };
}

/**
 * How to make, in Moodle, the user, role, service and token that `moodle-ws` reads with: in Spanish, step by step,
 * for who administers the site.
 */
export function permissionsGuide(): string {
  return [
    'Permisos para leer Moodle por servicios web (tipo: moodle-ws)',
    '',
    'El puente solo lee: no cambia nada en Moodle. Los pasos se hacen una vez, como administrador del sitio.',
    '',
    '1. Encienda los servicios web',
    '   Administración del sitio > General > Funciones avanzadas > Habilitar servicios web: Sí.',
    '   Administración del sitio > Servidor > Servicios web > Administrar protocolos: habilite REST.',
    '',
    '2. Cree el usuario del servicio',
    '   Administración del sitio > Usuarios > Cuentas > Agregar un usuario. Por ejemplo «puente», con el método',
    '   «Cuentas manuales», nombre, apellido y correo. No lo inscriba en los cursos. Idioma preferido: español.',
    '',
    '3. Cree el rol',
    '   Administración del sitio > Usuarios > Permisos > Definir roles > Agregar un nuevo rol > sin rol ni arquetipo.',
    '   Nombre corto «puente»; tipos de contexto: Sistema. En «Permisos», busque cada uno de estos por su nombre y',
    '   márquelo «Permitir»:',
    ...listOf(PERMISSIONS.filter((one) => !one.silent)),
    '',
    '   Sin los siguientes Moodle no avisa: simplemente esconde datos. Márquelos todos. Los que su Moodle no',
    '   tenga, no hacen falta; y si usa otros tipos de actividad, agregue también su permiso «Ver» (mod/…:view):',
    ...listOf(PERMISSIONS.filter((one) => one.silent)),
    '',
    '4. Dé el rol al usuario en todo el sitio',
    '   Administración del sitio > Usuarios > Permisos > Asignar roles globales > (el rol) > agregue al usuario.',
    '',
    '5. Deje a la vista el Número de ID',
    '   Administración del sitio > Usuarios > Permisos > Políticas de usuario > Mostrar identidad de usuario: marque',
    '   «Número de ID».',
    '',
    '6. Cree el servicio',
    '   Administración del sitio > Servidor > Servicios web > Servicios externos > Agregar. Nombre «Puente»,',
    '   habilitado, «Solo usuarios autorizados». Después, «Usuarios autorizados»: agregue al usuario; y «Funciones»:',
    '   agregue estas:',
    ...functionsOf(REQUIRED_FUNCTIONS),
    '   y estas, que su Moodle puede no tener:',
    ...functionsOf(OPTIONAL_FUNCTIONS),
    '',
    '7. Cree el token',
    '   Administración del sitio > Servidor > Servicios web > Administrar tokens > Crear token, para ese usuario y ese',
    '   servicio. Déjelo sin «Válido hasta», o con una fecha posterior al término de los cursos: un token vencido se',
    '   borra solo. Si conoce la dirección IP de esta máquina, póngala en «Restricción IP».',
    '   Guarde el token en una variable de entorno y escriba su nombre en puente.yaml: nunca el token mismo.',
    '',
    '8. Opcional: fechas de inscripción',
    '   Los servicios web no las entregan. Administración del sitio > Informes > Constructor de informes > Informes',
    '   personalizados > Nuevo informe, origen «Participantes del curso», sin configuración por omisión. Columnas:',
    '   Nombre corto del curso, Nombre de usuario y, de la inscripción, Estado, Fecha de creación, Fecha de inicio y',
    '   Fecha de término. En «Audiencia», agregue al usuario del servicio. El número de la dirección del informe',
    '   (…/view.php?id=N) va en `informeInscripciones: N`.',
    '',
    '9. De dónde sale el tiempo de conexión',
    '   Los servicios web no lo entregan, y el puente no lo inventa. Elija una en `tiempo`:',
    '   - `baseDeDatos`: del registro en la base de datos, exacto y por módulo (recomendado; `puente moodle permisos`',
    '     muestra la cuenta de solo lectura que necesita).',
    '   - `csv`: de los registros descargados: (el curso) > Informes > Registros > Conseguir estos registros >',
    '     Descargar como CSV. Exacto y por módulo, pero hay que descargarlos cada día.',
    '   - `informe`: de un informe personalizado con el origen «Dedicación de usuarios» (bloque Dedicación) y las',
    '     columnas Nombre de usuario, Nombre corto del curso y Duración de la sesión. Solo el total del curso,',
    '     redondeado a minutos y hasta la madrugada anterior.',
    '',
    '10. Compruébelo con `puente moodle revisar`.',
    '',
  ].join('\n');
}

function listOf(permissions: Permission[]): string[] {
  return permissions.map(({ capability, why }) => `     - ${capability}: ${why}.`);
}

function functionsOf(functions: Record<string, string>): string[] {
  return Object.entries(functions).map(([name, why]) => `     - ${name}: ${why}.`);
}
