import { SourceError } from '../../source.ts';
import { down, GUIDE, RETRY, SERVICES, type Telling, TOKENS, WsError, wrong } from './errors.ts';

/**
 * The error that Moodle gave in its answer. `message` only narrows the cause down: it is in the service user's
 * language and may hold data of people, so none of it is told, but for the permission that `nopermissions` names.
 */
export function exceptionError(wsfunction: string, errorcode: string, message: string): WsError {
  return new WsError(wsfunction, errorcode, tellException(wsfunction, errorcode, message));
}

function tellException(wsfunction: string, errorcode: string, message: string): Telling {
  const known = BY_ERRORCODE[errorcode];
  if (known) return typeof known === 'function' ? known(wsfunction, message) : known;
  return wrong(
    `Moodle rechazó la consulta ${wsfunction} con el código «${shown(errorcode)}».`,
    `Revise en Moodle el usuario, el rol y el token del servicio. ${GUIDE}`,
  );
}

const EXPIRED = wrong(
  'El token venció.',
  `En Moodle, ${TOKENS}: cree uno nuevo, sin «Válido hasta» o con una fecha posterior al término de los cursos.`,
);

const BY_ERRORCODE: Record<string, Telling | ((wsfunction: string, message: string) => Telling)> = {
  invalidtoken: wrong(
    'Moodle no reconoce el token: está mal copiado, se borró, o venció (al vencer, Moodle lo borra).',
    `En Moodle, ${TOKENS}: cree un token para el usuario del servicio, sin «Válido hasta» o con una fecha posterior al término de los cursos, y póngalo en la configuración. ${GUIDE}`,
  ),
  invalidtimedtoken: EXPIRED,
  accessexception: (wsfunction, message) => accessDenied(wsfunction, message),
  wsaccessusersuspended: account('está suspendida', 'quite la suspensión de la cuenta'),
  wsaccessuserdeleted: account('fue eliminada', 'cree otra cuenta y un token para ella'),
  wsaccessuserunconfirmed: account('no está confirmada', 'confirme la cuenta'),
  wsaccessuserexpired: account('tiene la contraseña vencida', 'póngale una contraseña nueva'),
  wsaccessusernologin: account(
    'tiene el método de identificación «Sin inicio de sesión»',
    'cambie el método de identificación a «Cuentas manuales»',
  ),
  forcepasswordchangenotice: account('debe cambiar su contraseña', 'quite «Forzar cambio de contraseña»'),
  usernotfullysetup: account(
    'tiene datos obligatorios sin llenar',
    'llene su perfil (nombre, apellido, correo y campos obligatorios)',
  ),
  sitepolicynotagreed: account(
    'no ha aceptado las políticas del sitio',
    'acéptelas en su nombre en Administración del sitio > Usuarios > Privacidad y políticas > Acuerdos de usuario',
  ),
  dbconnectionfailed: down('El Moodle no puede conectarse a su propia base de datos.', RETRY),
  dmlreadexception: down('La base de datos del Moodle falló al leer.', RETRY),
  ddlexecuteerror: down('La base de datos del Moodle falló.', RETRY),
  upgraderunning: down('El Moodle se está actualizando.', RETRY),
  sitemaintenance: down('El Moodle está en modo de mantenimiento.', RETRY),
  cannotcallscript: down('El Moodle está a medio actualizar.', RETRY),
  invaliduser: down('Alguien salió del Moodle mientras se leía el curso.', RETRY),
  userdeleted: down('Alguien fue eliminado del Moodle mientras se leía el curso.', RETRY),
  usernotenroled: down('Alguien salió del curso mientras se leía.', RETRY),
  errorcoursecontextnotvalid: (wsfunction) => noCourseAccess(wsfunction),
  requireloginerror: (wsfunction) => noCourseAccess(wsfunction),
  nopermissions: (wsfunction, message) => noPermission(wsfunction, message),
  nopermissiontoviewgrades: (wsfunction) =>
    missing(wsfunction, ['gradereport/user:view', 'moodle/grade:viewall']),
  cannotviewreport: (wsfunction) => missing(wsfunction, ['report/completion:view']),
  notingroup: (wsfunction) => missing(wsfunction, ['moodle/site:accessallgroups']),
  invalidrecord: (wsfunction, message) =>
    message.includes('external_functions')
      ? unknownFunction(wsfunction)
      : wrong(
          `Moodle no encontró lo que se le pidió (${wsfunction}): el curso, el informe o el usuario ya no existe.`,
          'Revise que el curso siga en Moodle y que el nombre corto o el id de la configuración sea el suyo. `puente moodle revisar` muestra los cursos que se ven.',
        ),
  invalidparameter: (wsfunction) => unexpectedParameter(wsfunction),
  errorinvalidparam: (wsfunction) => unexpectedParameter(wsfunction),
};

/** Functions that the token's service lacks. */
export function missingFunctions(names: readonly string[]): SourceError {
  return new SourceError(
    'wrong',
    `Al servicio del token le ${names.length === 1 ? 'falta una función' : 'faltan funciones'}: ${names.join(', ')}.`,
    `En Moodle, ${SERVICES} > Servicios externos > Funciones (del servicio del puente) > Añadir funciones. ${GUIDE}`,
  );
}

function accessDenied(wsfunction: string, message: string): Telling {
  if (/expired|vencid|caducad|expirad/i.test(message)) return EXPIRED;
  if (/\bIP\b/.test(message)) return restrictedIp();
  if (wsfunction !== 'core_webservice_get_site_info') {
    return wrong(
      `El token no da permiso para usar la función ${wsfunction}.`,
      `En Moodle, ${SERVICES} > Servicios externos > Funciones (del servicio del puente): añada ${wsfunction}. ${GUIDE}`,
    );
  }
  return wrong(
    'Moodle no dejó entrar al usuario del servicio, sin decir por qué.',
    `Revise en Moodle, en este orden: 1) ${TOKENS}: que el token no haya vencido ni tenga «Restricción IP» que excluya a esta máquina; 2) ${SERVICES} > Servicios externos: que el servicio esté habilitado y, si es solo para usuarios autorizados, que el usuario esté en la lista; 3) que su rol tenga el permiso webservice/rest:use. ${GUIDE}`,
  );
}

function restrictedIp(): Telling {
  return wrong(
    'El token solo se puede usar desde otras direcciones IP.',
    `En Moodle, ${TOKENS}: edite «Restricción IP» y agregue la dirección de esta máquina.`,
  );
}

function account(state: string, remedy: string): Telling {
  return wrong(
    `La cuenta del usuario del servicio ${state}.`,
    `En Moodle, Administración del sitio > Usuarios > Cuentas > Hojear lista de usuarios: ${remedy}.`,
  );
}

function noCourseAccess(wsfunction: string): Telling {
  return wrong(
    `El usuario del servicio no puede entrar al curso (${wsfunction}), o el curso ya no existe.`,
    `Dé a su rol, asignado en todo el sitio, el permiso «Ver cursos sin participar» (moodle/course:view) y «Ver cursos ocultos» (moodle/course:viewhiddencourses). ${GUIDE}`,
  );
}

/** What each function needs, told when Moodle's own words do not name it. */
const NEEDED: Record<string, string[]> = {
  core_completion_get_activities_completion_status: ['report/progress:view'],
  core_completion_get_course_completion_status: ['report/completion:view'],
  core_group_get_course_groups: ['moodle/course:managegroups'],
  core_group_get_group_members: ['moodle/course:managegroups'],
  core_group_get_course_groupings: ['moodle/course:managegroups'],
  core_group_get_groupings: ['moodle/course:managegroups'],
  core_enrol_get_enrolled_users: ['moodle/course:viewparticipants', 'moodle/course:enrolreview'],
  gradereport_user_get_grade_items: ['gradereport/user:view', 'moodle/grade:viewall'],
  core_grades_get_gradeitems: ['moodle/grade:viewall'],
  core_grades_get_grade_tree: ['moodle/grade:viewall'],
};

function noPermission(wsfunction: string, message: string): Telling {
  const words = /\(([^()<>]{3,120})\)/.exec(message)?.[1];
  const needed = NEEDED[wsfunction];
  if (needed) return missing(wsfunction, needed, words);
  return wrong(
    `Al rol del usuario del servicio le falta un permiso para ${wsfunction}${words ? ` (Moodle lo llama «${words}»)` : ''}.`,
    `En Moodle, Administración del sitio > Usuarios > Permisos > Definir roles. ${GUIDE}`,
  );
}

function missing(wsfunction: string, permissions: readonly string[], words?: string): Telling {
  return wrong(
    `Al rol del usuario del servicio le falta un permiso para ${wsfunction}${words ? ` (Moodle lo llama «${words}»)` : ''}.`,
    `En Moodle, Administración del sitio > Usuarios > Permisos > Definir roles: dé al rol del puente ${permissions.join(' y ')}. ${GUIDE}`,
  );
}

function unknownFunction(wsfunction: string): Telling {
  return wrong(
    `Este Moodle no tiene la función ${wsfunction}.`,
    'Puede ser una versión muy antigua (el puente lee desde Moodle 3.9) o faltar un complemento. Actualice el Moodle o lea desde la base de datos (tipo: moodle-bd).',
  );
}

function unexpectedParameter(wsfunction: string): Telling {
  return wrong(
    `Este Moodle no entiende un parámetro de ${wsfunction}.`,
    'Puede ser una versión muy antigua (el puente lee desde Moodle 3.9). Avísenos en el proyecto con la versión de su Moodle, o lea desde la base de datos (tipo: moodle-bd).',
  );
}

function shown(errorcode: string): string {
  return errorcode.replace(/[^\w-]/g, '').slice(0, 60) || 'desconocido';
}
