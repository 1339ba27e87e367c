import { ID_SISTEMA, MAX_ALUMNOS_POR_ENVIO, MAX_CODIGO_ENVIO, SOPORTE_SENCE } from '../envio.ts';
import { readFigure } from '../figures.ts';
import { own, ownList, readCode } from '../json.ts';
import { checkDigit, isValidRut, readRut } from '../rut.ts';
import { readToken } from '../token.ts';
import { checkFigure, type Part, pathOf } from './field.ts';
import { show } from './show.ts';

/** Who sends. Nothing is said of what is left out: the sender fills it in. [S] */
export function checkCredenciales(part: Part): void {
  checkRutOtec(part);
  checkIdSistema(part);
  checkToken(part);
}

function checkRutOtec(part: Part): void {
  const value = own(part.value, 'rutOtec');
  if (value === undefined) return;
  const path = pathOf(part, 'rutOtec');
  const fix = 'Escriba el RUT de la OTEC sin puntos, con guion y dígito verificador: 11222333-4.';
  const rut = typeof value === 'string' ? readRut(value) : null;
  if (typeof value !== 'string' || !rut || !/^0*[1-9]\d{0,8}-[\dkK]$/.test(value)) {
    part.report.error(
      '001',
      path,
      `rutOtec (${show(value)}) no está escrito como lo pide el servicio; responderá «Token invalido» y no guardará nada.`,
      fix,
    );
  } else if (!isValidRut(rut)) {
    part.report.warn(
      '001',
      path,
      `El dígito verificador de rutOtec (${value}) no calza: para ${rut.numero} corresponde ${checkDigit(rut.numero)}. El servicio busca el RUT tal como viene y, si no lo encuentra, responderá «Token invalido».`,
      'Compare el RUT con el que la OTEC tiene registrado en SENCE.',
    );
  }
}

function checkIdSistema(part: Part): void {
  const value = own(part.value, 'idSistema');
  if (value === undefined || readFigure(value) === ID_SISTEMA) return;
  part.report.error(
    '001',
    pathOf(part, 'idSistema'),
    `idSistema es ${show(value)} y debe ser siempre ${ID_SISTEMA}; el servicio responderá «Token invalido» y no guardará nada.`,
    `Escriba ${ID_SISTEMA} en idSistema.`,
  );
}

/** The token itself is never shown. */
function checkToken(part: Part): void {
  const value = own(part.value, 'token');
  if (value === undefined) return;
  const reading = typeof value === 'string' ? readToken(value) : null;
  if (!reading) {
    part.report.error(
      '001',
      pathOf(part, 'token'),
      'El token no tiene la forma de un token de SENCE (32 letras y números en cinco grupos, con guiones); el servicio responderá «Token invalido» y no guardará nada.',
      'Copie el token completo desde sistemas.sence.cl/rts: es el mismo del inicio de sesión SENCE (RCE).',
    );
  } else if (reading.changed) {
    part.report.warn(
      '001',
      pathOf(part, 'token'),
      'El token trae letras minúsculas o espacios; SENCE lo pide completo en mayúsculas y el servicio lo compara tal cual. «puente» lo corrige al enviar; otro programa recibiría «Token invalido».',
      'Escriba el token en mayúsculas y sin espacios.',
    );
  }
}

/** Course and group: without them the service cannot find the course. [S] */
export function checkCurso(part: Part): void {
  for (const field of ['codigoOferta', 'codigoGrupo']) checkCodigo(part, field);
  checkFigure(part, 'cantActividadSincronica', '032', { kind: 'cantidad', required: false });
  checkFigure(part, 'cantActividadAsincronica', '033', { kind: 'cantidad', required: false });
  checkCodigoEnvio(part);
}

function checkCodigo(part: Part, field: string): void {
  const value = own(part.value, field);
  const code = readCode(value);
  const fix = `Copie ${field} tal como aparece en SIC (Mantenedores → Cursos). Si en SIC no está, consulte a ${SOPORTE_SENCE}.`;
  if (code === null) {
    const problem =
      value === undefined ? 'no viene' : `es ${show(value)} y debe ser el código que entrega SIC`;
    part.report.error(
      '003',
      pathOf(part, field),
      `${field} ${problem}; sin él, el servicio no encuentra el curso (código 003) y no guarda ningún avance.`,
      fix,
    );
  } else if (code !== code.trim()) {
    part.report.warn(
      '003',
      pathOf(part, field),
      `${field} tiene espacios al comienzo o al final (${show(value)}); el servicio lo compara tal cual y podría no encontrar el curso.`,
      'Quite los espacios sobrantes.',
    );
  }
}

function checkCodigoEnvio(part: Part): void {
  const value = own(part.value, 'codigoEnvio');
  if (value === undefined) return;
  const code = readCode(value);
  const odd = code === null || code.length > MAX_CODIGO_ENVIO || !/^[\x21-\x7E]+$/.test(code);
  if (!odd) return;
  part.report.warn(
    null,
    pathOf(part, 'codigoEnvio'),
    `codigoEnvio (${show(value)}) podría no volver igual en el historial, y entonces no se podría encontrar este envío.`,
    `Use hasta ${MAX_CODIGO_ENVIO} caracteres: letras sin acento, números y guiones, sin espacios.`,
  );
}

/** The students of a body, or an empty list once it is told why there are none. [I] */
export function checkListaAlumnos(part: Part): readonly unknown[] {
  const lista = ownList(part.value, 'listaAlumnos');
  const path = pathOf(part, 'listaAlumnos');
  if (!lista || lista.length === 0) {
    const value = own(part.value, 'listaAlumnos');
    const problem = lista
      ? 'viene vacía'
      : value === undefined
        ? 'no viene'
        : `no es una lista (${show(value)})`;
    part.report.error(
      null,
      path,
      `listaAlumnos ${problem}; el servicio no tiene a quién registrar y no guarda ningún avance.`,
      'Incluya al menos un alumno con su avance.',
    );
    return [];
  }
  if (lista.length > MAX_ALUMNOS_POR_ENVIO) {
    part.report.warn(
      null,
      path,
      `El envío lleva ${lista.length} alumnos; con más de ${MAX_ALUMNOS_POR_ENVIO} la respuesta puede tardar varios minutos o perderse.`,
      `Divida el curso en envíos de hasta ${MAX_ALUMNOS_POR_ENVIO} alumnos («puente enviar» lo hace por usted).`,
    );
  }
  return lista;
}
