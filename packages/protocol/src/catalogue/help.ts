import type { Codigo } from '../catalogue.ts';
import { SOPORTE_SENCE } from '../envio.ts';

/** What a person of an OTEC who uses Puente needs beside the {@link CATALOGUE}'s meaning and causes of a code. */
export interface CodeHelp {
  /** How the problem is called: on pages, in mails and in the documents alike. */
  title: string;
  /** What to do, in order. */
  steps: readonly string[];
  /** What people do in vain. */
  notNeeded: string;
}

const SHEET = 'Corríjalo donde se origina, la planilla o el aula, y súbala o espere a la noche.';
const NOT_ALL =
  'No hace falta enviar todo el curso otra vez: la noche intenta de nuevo lo que quedó pendiente.';
const NOT_OTHERS = 'No hace falta tocar los demás módulos del alumno: llegaron igual.';
const LEAVE_OUT =
  'Si todavía no se sabe, deje la celda vacía: en una planilla, Puente no envía lo que está vacío.';

/** One for each code of the catalogue: pages of the panel (`/ayuda/errores/012`) and of the documents (`errores/012`). */
export const HELP: Readonly<Record<Codigo, CodeHelp>> = {
  '001': {
    title: 'SENCE no acepta el token',
    steps: [
      'Copie el token de sistemas.sence.cl/rts, completo y en mayúsculas, y péguelo en Ajustes.',
      'Compare el RUT de la OTEC.',
      'Si los dos están bien, pregunte a SENCE por la vigencia de la OTEC.',
    ],
    notNeeded: 'No hace falta subir las planillas otra vez: la noche envía lo que falte.',
  },
  '002': {
    title: 'SENCE no pudo comprobar la clave: una falla de SENCE',
    steps: [
      'Espere: la noche lo intenta otra vez por sí sola.',
      `Si sigue al día siguiente, escriba a ${SOPORTE_SENCE} con la fecha, la hora y lo que respondió SENCE.`,
    ],
    notNeeded: 'No hace falta renovar el token ni corregir nada en sus datos.',
  },
  '003': {
    title: 'SENCE no conoce el curso',
    steps: [
      'Compare el código del curso y el del grupo con los de SIC (Mantenedores → Cursos).',
      'Corríjalos en la planilla y súbala.',
      `Si en SIC están iguales, escriba a ${SOPORTE_SENCE} con los dos códigos.`,
    ],
    notNeeded: 'No hace falta corregir alumno por alumno.',
  },
  '010': {
    title: 'Trae un módulo que SENCE no conoce',
    steps: [
      'Si Puente ofrece «Usar …» con el código de los demás, compárelo con el de SIC y elíjalo: vale para todo el curso y se puede deshacer.',
      'Si no, corrija el código en la planilla y súbala.',
      'Si el código está bien, pida en SIC que inscriban a la persona en el módulo.',
    ],
    notNeeded: 'No hace falta cambiar los demás módulos.',
  },
  '011': {
    title: 'No figura en el curso, según SENCE',
    steps: [
      'Mire en SIC en qué curso y grupo figura.',
      'Si está en otro grupo, corrija el grupo en la planilla y súbala.',
      `Si ya figura, elija «Ya se inscribió: reintentar». Si figura y el aviso sigue, escriba a ${SOPORTE_SENCE}.`,
      'Si se retiró o no es parte del curso, elija «Marcar como conocido».',
    ],
    notNeeded: 'No hace falta sacar a la persona de la plataforma.',
  },
  '012': {
    title: 'SENCE no conoce su RUT',
    steps: [
      'Compare el RUT con la cédula, número y dígito.',
      'Si está mal escrito, corríjalo en la planilla y súbala.',
      'Si está bien, pida la inscripción en SIC y elija «Ya se inscribieron: reintentar».',
    ],
    notNeeded: NOT_ALL,
  },
  '021': {
    title: 'El tiempo del alumno en el curso no se puede leer',
    steps: [
      'Mire la celda que se indica: debe tener el tiempo como número. Sin conexión es 0.',
      SHEET,
      'Si la planilla trae horas o minutos, dígalo en el encabezado de la columna.',
    ],
    notNeeded: NOT_ALL,
  },
  '022': {
    title: 'El avance del alumno en el curso no se puede leer, o no está entre 0 y 100',
    steps: [
      'Mire la celda que se indica: debe tener un número de 0 a 100. Quien no ha avanzado tiene 0.',
      SHEET,
      'Si pasa de 100, revise qué actividades son obligatorias.',
    ],
    notNeeded: NOT_ALL,
  },
  '023': {
    title: 'El tiempo del alumno en un módulo no se puede leer',
    steps: [
      'Mire la celda que se indica: debe tener el tiempo como número. Sin conexión es 0.',
      SHEET,
      'Si la planilla trae horas o minutos, dígalo en el encabezado de la columna.',
    ],
    notNeeded: NOT_OTHERS,
  },
  '024': {
    title: 'El avance de un módulo no se puede leer, o no está entre 0 y 100',
    steps: [
      'Mire la celda que se indica: debe tener un número de 0 a 100. Quien no ha avanzado tiene 0.',
      SHEET,
      'Si pasa de 100, revise qué actividades del módulo son obligatorias.',
    ],
    notNeeded: NOT_OTHERS,
  },
  '025': {
    title: 'Su avance bajó',
    steps: [
      'Vea por qué bajó: actividades nuevas, algo que se reinició, o una cifra mal copiada.',
      'Si el avance anterior era correcto, elija «Seguir informando» y escriba el motivo: se le informa a SENCE una cifra que la planilla no dice, y queda con su nombre.',
      'Si la cifra nueva está mal, corríjala en la planilla y súbala.',
      'Si la anterior estaba mal, Puente no puede bajarla: copie la consulta para SENCE.',
    ],
    notNeeded:
      'No hace falta hacer nada si el alumno va a completar lo nuevo: al alcanzar la cifra vuelve solo.',
  },
  '026': {
    title: 'La fecha de inicio no es una fecha',
    steps: [
      'Mire la celda que se indica: debe tener día, mes y año de un día que exista.',
      'Si el alumno o el módulo no tienen una fecha propia, use la de inicio del curso.',
      SHEET,
    ],
    notNeeded: NOT_ALL,
  },
  '027': {
    title: 'La fecha de término no es una fecha',
    steps: [
      'Mire la celda que se indica: debe tener día, mes y año de un día que exista.',
      'Si el alumno o el módulo no tienen una fecha propia, use la de término del curso. En Moodle, puede faltar el término de la matrícula.',
      SHEET,
    ],
    notNeeded: NOT_ALL,
  },
  '028': {
    title: 'La nota de un módulo no se puede leer, o no está entre 0 y 100',
    steps: ['Mire la celda que se indica: la nota va de 0 a 100, no de 1,0 a 7,0.', LEAVE_OUT, SHEET],
    notNeeded: NOT_OTHERS,
  },
  '029': {
    title: 'Las clases en vivo de un módulo no son un número',
    steps: ['Escriba cuántas clases en vivo tiene el módulo, de 0 en adelante.', LEAVE_OUT, SHEET],
    notNeeded: NOT_OTHERS,
  },
  '030': {
    title: 'Las actividades de un módulo no son un número',
    steps: [
      'Escriba cuántas tareas, lecturas y cuestionarios tiene el módulo, de 0 en adelante.',
      LEAVE_OUT,
      SHEET,
    ],
    notNeeded: NOT_OTHERS,
  },
  '031': {
    title: 'La evaluación final no se puede leer, o no está entre 0 y 100',
    steps: ['Mire la celda que se indica: la evaluación va de 0 a 100, no de 1,0 a 7,0.', LEAVE_OUT, SHEET],
    notNeeded: NOT_ALL,
  },
  '032': {
    title: 'Las clases en vivo del curso no son un número',
    steps: ['Escriba cuántas clases en vivo tiene el curso, de 0 en adelante.', LEAVE_OUT, SHEET],
    notNeeded: 'No hace falta corregir alumno por alumno: el dato es del curso.',
  },
  '033': {
    title: 'Las actividades del curso no son un número',
    steps: [
      'Escriba cuántas tareas, lecturas y cuestionarios tiene el curso, de 0 en adelante.',
      LEAVE_OUT,
      SHEET,
    ],
    notNeeded: 'No hace falta corregir alumno por alumno: el dato es del curso.',
  },
};
