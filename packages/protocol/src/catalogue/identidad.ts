import { SOPORTE_SENCE } from '../envio.ts';
import type { CatalogueEntry } from './entry.ts';

/** 001–012: who sends, which course, which student, which module. Texts as in S. */
export const IDENTIDAD = {
  '001': {
    text: 'Token invalido',
    scope: 'call',
    meaning:
      'SENCE no reconoció las credenciales de la OTEC (RUT, idSistema y token). Según esa respuesta no se guardó ningún avance de este envío; solo el historial lo confirma.',
    causes: [
      'El token se copió incompleto, con espacios o en minúsculas: debe ir completo en mayúsculas.',
      'El token se renovó en SENCE y aquí sigue configurado el anterior.',
      'El token corresponde a otra OTEC, o el RUT de la OTEC tiene un dígito equivocado.',
      'La OTEC ya no figura como vigente en SENCE.',
    ],
    fix: 'Entre a sistemas.sence.cl/rts, copie de nuevo el token (es el mismo del inicio de sesión SENCE) y revise el RUT de la OTEC. Compruebe con «puente probar» y repita el envío completo.',
    english:
      'The provider RUT, idSistema or token was not accepted; so nothing of the call should be recorded, which only the history confirms.',
  },
  '002': {
    text: '{descripcion}',
    scope: 'call',
    meaning:
      'SENCE no pudo comprobar las credenciales por un problema suyo o de la conexión; sus datos no tienen la culpa. Según esa respuesta no se guardó ningún avance de este envío; solo el historial lo confirma.',
    causes: [
      'El servicio de autenticación de SENCE está caído o en mantención.',
      'Hubo un corte en la conexión entre el Gestor Intermedio y SENCE.',
    ],
    fix: `Espere unos minutos y repita el envío completo, sin cambiar nada. Si el problema sigue al día siguiente, escriba a ${SOPORTE_SENCE} con la fecha, la hora y el texto que respondió el servicio.`,
    english:
      "Authentication failed for another reason (connection, SENCE's own service); so nothing should be recorded, which only the history confirms.",
  },
  '003': {
    text: 'El curso {codigoCurso} no se encuentra registrado',
    scope: 'call',
    meaning:
      'El Gestor Intermedio no tiene un curso de esta OTEC con ese código de oferta y ese código de grupo. No se guardó el avance de ningún alumno del curso.',
    causes: [
      'El código de oferta o de grupo tiene un error de escritura, o un espacio de más.',
      'El código de oferta es correcto, pero el del grupo (sección) es de otro curso.',
      'El curso se creó hace poco en SIC y todavía no llega al Gestor Intermedio.',
      'El curso pertenece a otra OTEC.',
    ],
    fix: `Compare ambos códigos con los de SIC (Mantenedores → Cursos, que también se exporta a Excel), corríjalos y envíe de nuevo el curso. Si en SIC están iguales, escriba a ${SOPORTE_SENCE} con los dos códigos.`,
    english: 'No course of this provider has this codigoOferta and codigoGrupo; the whole call was rejected.',
  },
  '010': {
    text: 'El alumno {rutAlumno} no se encuentra registrado en el modulo {codigoModulo}',
    scope: 'modulo',
    meaning:
      'El alumno está en el curso, pero SENCE no lo tiene en ese módulo. Solo se rechazó ese módulo; los demás módulos del alumno se procesan aparte.',
    causes: [
      'El código del módulo tiene un error de escritura o falta.',
      'El código es de un módulo de otro curso o de otra versión del mismo curso.',
      'El alumno se incorporó tarde y en SIC aún no figura en ese módulo.',
    ],
    fix: 'Compare el código del módulo con el de SIC y corríjalo en la planilla o en el nombre de la sección del aula. Si el código está bien, pida en SIC que inscriban al alumno en el módulo. Después envíe solo lo que falló.',
    english: 'The student is known but not enrolled in this module; only this record was rejected.',
  },
  '011': {
    text: 'El alumno {rutAlumno} no se encuentra registrado en este curso.',
    scope: 'alumno',
    meaning:
      'SENCE conoce al alumno, pero no lo tiene inscrito en este curso. Se rechazaron todos sus módulos; los demás alumnos se procesan igual.',
    causes: [
      'La inscripción del alumno en SIC aún está en trámite o llega al Gestor al día siguiente.',
      'El alumno está inscrito en otro grupo (sección) del mismo curso.',
      'El alumno se retiró o fue reemplazado, y sigue con acceso en el aula virtual.',
      'En el aula hay una persona que no es alumno del curso: un relator o una cuenta de prueba.',
    ],
    fix: `Revise en SIC en qué curso y grupo está inscrito. Si no es alumno del curso, quítelo del envío; si lo es, corrija el grupo o espere a que la inscripción quede lista. Si en SIC figura y el error sigue, escriba a ${SOPORTE_SENCE}.`,
    english: 'The student is known but not enrolled in this course; all of the student was rejected.',
  },
  '012': {
    text: 'El alumno {rutAlumno} no se encuentra registrado.',
    scope: 'alumno',
    meaning:
      'La plataforma de SENCE no conoce a nadie con ese RUT, o el RUT está mal escrito. Se rechazaron todos los módulos de ese alumno; los demás alumnos se procesan igual.',
    causes: [
      'El RUT o su dígito verificador tiene un error de escritura.',
      'El RUT trae puntos, guion o el dígito verificador en el lugar del número.',
      'El alumno usa un RUT provisorio o un pasaporte en el aula virtual.',
      'El alumno aún no ha sido registrado en SENCE.',
    ],
    fix: 'Compare el RUT con la cédula del alumno y con SIC, y corríjalo donde se origina (la planilla o su ficha en el aula). Si está bien, pida su inscripción en SIC. Después envíe solo lo que falló.',
    english:
      'The student is unknown or the RUT is malformed; all of the student was rejected, others were not.',
  },
} satisfies Record<string, CatalogueEntry>;
