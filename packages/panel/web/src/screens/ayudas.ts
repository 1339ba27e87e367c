/** What a person needs to know of one of SENCE's answers. */
export interface AyudaDeCodigo {
  codigo: string;
  titulo: string;
  quiereDecir: string;
  /** In order. */
  queHacer: readonly string[];
  noHaceFalta: string;
}

export const AYUDAS: readonly AyudaDeCodigo[] = [
  {
    codigo: '012',
    titulo: 'SENCE no conoce su RUT',
    quiereDecir:
      'SENCE no tiene a nadie con ese RUT, o el RUT está mal escrito. No llegó ningún módulo de esa persona; los demás alumnos del curso llegaron igual.',
    queHacer: [
      'Compare el RUT con la cédula, número y dígito.',
      'Si está mal escrito, corríjalo en la planilla y súbala.',
      'Si está bien, pida la inscripción en SIC y elija «Ya se inscribieron: reintentar».',
    ],
    noHaceFalta:
      'No hace falta enviar todo el curso otra vez: la noche intenta de nuevo lo que quedó pendiente.',
  },
  {
    codigo: '011',
    titulo: 'No figura en el curso, según SENCE',
    quiereDecir:
      'SENCE conoce a la persona, pero no la tiene en este curso y grupo. Suele ser una inscripción en trámite, u otro grupo.',
    queHacer: [
      'Mire en SIC en qué curso y grupo figura.',
      'Si está en otro grupo, corrija el grupo en la planilla y súbala.',
      'Si ya figura, elija «Ya se inscribió: reintentar». Si figura y el aviso sigue, escriba a administradorelearning@sence.cl.',
      'Si se retiró o no es parte del curso, elija «Marcar como conocido».',
    ],
    noHaceFalta: 'No hace falta sacar a la persona de la plataforma.',
  },
  {
    codigo: '010',
    titulo: 'Trae un módulo que SENCE no conoce',
    quiereDecir:
      'La persona está en el curso, pero SENCE no la tiene en ese módulo. Suele ser un código mal escrito. Los demás módulos de la persona llegaron.',
    queHacer: [
      'Si Puente ofrece «Usar …» con el código de los demás, compárelo con el de SIC y elíjalo: vale para todo el curso y se puede deshacer.',
      'Si no, corrija el código en la planilla y súbala.',
      'Si el código está bien, pida en SIC que inscriban a la persona en el módulo.',
    ],
    noHaceFalta: 'No hace falta cambiar los demás módulos.',
  },
  {
    codigo: '025',
    titulo: 'Su avance bajó',
    quiereDecir:
      'SENCE no acepta un avance menor que el último que aceptó. Suele pasar cuando se agregan actividades al módulo después de informar.',
    queHacer: [
      'Vea por qué bajó: actividades nuevas, algo que se reinició, o una cifra mal copiada.',
      'Si el avance anterior era correcto, elija «Seguir informando» y escriba el motivo: se le informa a SENCE una cifra que la planilla no dice, y queda con su nombre.',
      'Si la cifra nueva está mal, corríjala en la planilla y súbala.',
      'Si la anterior estaba mal, Puente no puede bajarla: copie la consulta para SENCE.',
    ],
    noHaceFalta:
      'No hace falta hacer nada si el alumno va a completar lo nuevo: al alcanzar la cifra vuelve solo.',
  },
  {
    codigo: '003',
    titulo: 'SENCE no conoce el curso',
    quiereDecir: 'El código del curso o el del grupo no es el que tiene SENCE. Nada del curso llega.',
    queHacer: ['Compare los dos códigos con los de SIC.', 'Corríjalos en la planilla y súbala.'],
    noHaceFalta: 'No hace falta corregir alumno por alumno.',
  },
  {
    codigo: '001',
    titulo: 'SENCE no acepta el token',
    quiereDecir:
      'Vale para todos los cursos de la OTEC. Hay tres causas: el token no es el de esta OTEC o cambió, el RUT de la OTEC está mal escrito, o la OTEC ya no está vigente en SENCE.',
    queHacer: [
      'Copie el token de sistemas.sence.cl/rts y péguelo en Ajustes.',
      'Compare el RUT de la OTEC.',
      'Si los dos están bien, pregunte a SENCE por la vigencia de la OTEC.',
    ],
    noHaceFalta: 'No hace falta subir las planillas otra vez: la noche envía lo que falte.',
  },
];
