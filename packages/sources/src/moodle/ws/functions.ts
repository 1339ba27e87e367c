/** Functions of the service without which no course can be read, and what each gives. */
export const REQUIRED_FUNCTIONS = {
  core_webservice_get_site_info: 'probar la conexión y saber qué funciones tiene el servicio',
  core_course_get_courses_by_field: 'los cursos y sus fechas',
  core_course_get_contents: 'las secciones (módulos) y actividades de cada curso',
  core_enrol_get_enrolled_users: 'las personas inscritas, su RUT y si su inscripción está activa',
  core_group_get_course_groups: 'los grupos (secciones SENCE) del curso',
  core_group_get_group_members: 'quién está en cada grupo',
  core_completion_get_activities_completion_status: 'las actividades completadas por cada estudiante',
  gradereport_user_get_grade_items: 'las notas del curso y de los módulos',
} as const;

/** Functions that the puente goes on without, and what is then lost. */
export const OPTIONAL_FUNCTIONS = {
  core_user_get_users_by_field: 'saber qué cuentas están suspendidas',
  core_grades_get_grade_tree: 'conocer los nombres de las categorías de notas (Moodle 4.4 en adelante)',
  core_grades_get_gradeitems: 'comprobar que no queden notas ni actividades sin ver (Moodle 4.0 en adelante)',
  gradereport_user_get_grades_table:
    'conocer los nombres de las categorías de notas en un Moodle anterior a 4.4',
  core_group_get_course_groupings: 'conocer las agrupaciones del curso',
  core_group_get_groupings:
    'saber qué grupos forman la agrupación «Secciones SENCE»; sin ella los grupos SENCE se reconocen solo por su nombre, y quien esté en otro queda retenido',
  core_completion_get_course_completion_status:
    'comprobar que se ven todas las actividades que pide la finalización del curso',
  mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses: 'comprobar que se ven todas las clases en vivo',
  core_reportbuilder_retrieve_report: 'leer fechas de inscripción o tiempos de un informe personalizado',
} as const;

export type WsFunction = keyof typeof REQUIRED_FUNCTIONS | keyof typeof OPTIONAL_FUNCTIONS;
