import type { CatalogueEntry } from './entry.ts';

/** 021–033: figures and dates. Texts as in S (021–025) and in I (026–033). */
export const DATOS = {
  '021': {
    text: 'alumno.tiempoConectividad invalido',
    scope: 'alumno',
    meaning:
      'El tiempo de conexión del alumno en el curso falta, no es un número o es negativo. Se rechazaron todos sus módulos.',
    causes: [
      'La celda está vacía o tiene texto, como «2 horas» o «01:30:00».',
      'El número lleva coma decimal o separador de miles.',
      'Una fórmula de la planilla dio un error o un resultado negativo.',
    ],
    fix: 'Escriba el tiempo en segundos, como número y de 0 en adelante (una hora y media son 5400). Si el alumno no se ha conectado, escriba 0.',
    english: "The student's tiempoConectividad (seconds) is missing, not numeric or negative.",
  },
  '022': {
    text: 'alumno.porcentajeAvance invalido',
    scope: 'alumno',
    meaning:
      'El porcentaje de avance del alumno en el curso falta, no es un número o no está entre 0 y 100. Se rechazaron todos sus módulos.',
    causes: [
      'El porcentaje lleva el signo %, coma decimal o texto.',
      'Hay más actividades completadas que obligatorias y el cálculo pasa de 100.',
      'La celda está vacía.',
    ],
    fix: 'Escriba un número entero de 0 a 100, sin el signo %. Si no ha avanzado, escriba 0.',
    english: "The student's porcentajeAvance is missing, not numeric or outside 0–100.",
  },
  '023': {
    text: 'modulo.tiempoConectividad invalido',
    scope: 'modulo',
    meaning:
      'El tiempo de conexión del alumno en ese módulo falta, no es un número o es negativo. Solo se rechazó ese módulo.',
    causes: [
      'La celda está vacía o tiene texto, como «2 horas» o «01:30:00».',
      'El número lleva coma decimal o separador de miles.',
      'Una fórmula de la planilla dio un error o un resultado negativo.',
    ],
    fix: 'Escriba el tiempo del módulo en segundos, como número y de 0 en adelante (una hora y media son 5400). Sin conexión es 0.',
    english: "The module's tiempoConectividad (seconds) is missing, not numeric or negative.",
  },
  '024': {
    text: 'modulo.porcentajeAvance invalido',
    scope: 'modulo',
    meaning:
      'El porcentaje de avance del alumno en ese módulo falta, no es un número o no está entre 0 y 100. Solo se rechazó ese módulo.',
    causes: [
      'El porcentaje lleva el signo %, coma decimal o texto.',
      'Hay más actividades completadas que obligatorias y el cálculo pasa de 100.',
      'La celda está vacía.',
    ],
    fix: 'Escriba un número entero de 0 a 100, sin el signo %. Si no ha avanzado en el módulo, escriba 0.',
    english: "The module's porcentajeAvance is missing, not numeric or outside 0–100.",
  },
  '025': {
    text: 'modulo.porcentajeAvance debe ser mayor al anterior ({porcentajeAnterior})',
    scope: 'modulo',
    meaning:
      'El avance informado en ese módulo es menor que el último que SENCE ya aceptó, y el avance no puede bajar (repetir el mismo sí se acepta). Solo se rechazó ese módulo; en SENCE queda el avance anterior.',
    causes: [
      'Se agregaron actividades obligatorias al módulo después de informar, y el porcentaje bajó.',
      'Se reinició el intento o se borró el avance del alumno en el aula virtual.',
      'Antes se informó por error un avance mayor que el real.',
      'Se está enviando una planilla más antigua que la última enviada.',
    ],
    fix: 'Si el avance anterior era correcto, no es necesario hacer nada: se aceptará de nuevo cuando el alumno lo iguale o lo supere. Si se agregaron actividades, evalúe dejarlas como no obligatorias. Si el avance anterior se informó por error, pida a SENCE que lo corrija.',
    english: "The module's porcentajeAvance is lower than the last one accepted; equal is accepted.",
  },
  '026': {
    text: 'modulo.fechaInicio inválido',
    scope: 'modulo',
    meaning:
      'La fecha de inicio falta o no es una fecha válida. Si el mensaje dice «modulo», se rechazó ese módulo; si dice «alumno», se rechazaron todos los módulos del alumno.',
    causes: [
      'La fecha está escrita como 31-08-2026 o 31/08/2026.',
      'El día no existe, como el 31 de junio.',
      'La celda está vacía, o la planilla la guardó como un número.',
    ],
    fix: 'Escriba año, mes y día, con guiones: 2026-08-31. Si no hay una fecha propia, use la del inicio del curso.',
    english:
      'fechaInicio (of the module, or of the student if the message says so) is not a real yyyy-mm-dd date.',
  },
  '027': {
    text: 'modulo.fechaFin inválido',
    scope: 'modulo',
    meaning:
      'La fecha de término falta o no es una fecha válida. Si el mensaje dice «modulo», se rechazó ese módulo; si dice «alumno», se rechazaron todos los módulos del alumno.',
    causes: [
      'La fecha está escrita como 31-08-2026 o 31/08/2026.',
      'El día no existe, como el 31 de junio.',
      'La celda está vacía, o la matrícula del aula no tiene fecha de término.',
    ],
    fix: 'Escriba año, mes y día, con guiones: 2026-08-31. Si no hay una fecha propia, use la del término del curso.',
    english:
      'fechaFin (of the module, or of the student if the message says so) is not a real yyyy-mm-dd date.',
  },
  '028': {
    text: 'modulo.notaModulo inválido',
    scope: 'modulo',
    meaning: 'La nota del módulo no es un número o no está entre 0 y 100. Solo se rechazó ese módulo.',
    causes: [
      'La nota viene vacía o nula: si el alumno aún no tiene nota, el campo no se debe incluir.',
      'La nota lleva coma decimal o texto, como «Aprobado».',
    ],
    fix: 'Escriba la nota de 0 a 100 (no de 1,0 a 7,0), con punto si lleva decimales. Si aún no hay nota, no incluya el campo.',
    english:
      "The module's notaModulo is present but not numeric or outside 0–100; leave an unknown grade out.",
  },
  '029': {
    text: 'modulo.cantActividadSincronica inválido',
    scope: 'modulo',
    meaning:
      'La cantidad de actividades sincrónicas (clases en vivo) del módulo no es un número o es negativa. Solo se rechazó ese módulo.',
    causes: ['La celda viene vacía, nula o con texto.', 'El número lleva coma o un signo menos.'],
    fix: 'Escriba cuántas clases en vivo tiene el módulo, como número de 0 en adelante, o no incluya el campo.',
    english: "The module's cantActividadSincronica is present but not numeric or negative.",
  },
  '030': {
    text: 'modulo.cantActividadAsincronica inválido',
    scope: 'modulo',
    meaning:
      'La cantidad de actividades asincrónicas (tareas, lecturas, cuestionarios) del módulo no es un número o es negativa. Solo se rechazó ese módulo.',
    causes: ['La celda viene vacía, nula o con texto.', 'El número lleva coma o un signo menos.'],
    fix: 'Escriba cuántas actividades asincrónicas tiene el módulo, como número de 0 en adelante, o no incluya el campo.',
    english: "The module's cantActividadAsincronica is present but not numeric or negative.",
  },
  '031': {
    text: 'alumno.evaluacionFinal inválido',
    scope: 'alumno',
    meaning:
      'La evaluación final del alumno no es un número o no está entre 0 y 100. Se rechazaron todos sus módulos.',
    causes: [
      'La evaluación viene vacía o nula: si el alumno aún no la tiene, el campo no se debe incluir.',
      'La evaluación lleva coma decimal o texto, como «Aprobado».',
    ],
    fix: 'Escriba la evaluación de 0 a 100 (no de 1,0 a 7,0), con punto si lleva decimales. Si aún no la hay, no incluya el campo.',
    english:
      "The student's evaluacionFinal is present but not numeric or outside 0–100; leave an unknown one out.",
  },
  '032': {
    text: 'curso.cantActividadSincronica inválido',
    scope: 'call',
    meaning:
      'La cantidad de actividades sincrónicas (clases en vivo) del curso no es un número o es negativa. No se guardó el avance de ningún alumno del curso.',
    causes: ['El dato del curso viene vacío, nulo o con texto.', 'El número lleva coma o un signo menos.'],
    fix: 'Escriba cuántas clases en vivo tiene el curso, como número de 0 en adelante, o no incluya el campo. Después envíe de nuevo el curso completo.',
    english: "The course's cantActividadSincronica is present but not numeric or negative; all was rejected.",
  },
  '033': {
    text: 'curso.cantActividadAsincronica inválido',
    scope: 'call',
    meaning:
      'La cantidad de actividades asincrónicas (tareas, lecturas, cuestionarios) del curso no es un número o es negativa. No se guardó el avance de ningún alumno del curso.',
    causes: ['El dato del curso viene vacío, nulo o con texto.', 'El número lleva coma o un signo menos.'],
    fix: 'Escriba cuántas actividades asincrónicas tiene el curso, como número de 0 en adelante, o no incluya el campo. Después envíe de nuevo el curso completo.',
    english:
      "The course's cantActividadAsincronica is present but not numeric or negative; all was rejected.",
  },
} satisfies Record<string, CatalogueEntry>;
