import { readFigure } from '@puente-sic/protocol';
import { alumnosOf, type Llamada, moduloOf, recordsOf } from '../call.ts';
import { courseOf, invented, stateOf } from '../course.ts';
import {
  type CursoHoja,
  cumplido,
  type Dictamen,
  type Escenario,
  fallado,
  pendiente,
  SIN_INTENTO,
} from '../scenario.ts';

export const parcial: Escenario = {
  id: 'parcial',
  nombre: 'Aceptación parcial y reenvío de lo rechazado',
  instruccion:
    'Envíe el curso CERT-PARCIAL. Uno de sus tres alumnos será rechazado; SENCE lo inscribe enseguida, así que reenvíe lo que falló.',
  espera: 'Que el segundo envío lleve sólo al alumno rechazado (capacitación, pregunta 4).',
  curso: lateCourse('Aceptación parcial', 'CERT-PARCIAL', 2),
  juzgar: ({ envios }) => judgeResend(envios),
};

export const htmlDelante: Escenario = {
  id: 'html-delante',
  nombre: 'JSON detrás de HTML',
  instruccion:
    'Envíe el curso CERT-HTML. La respuesta trae avisos de PHP delante del JSON y un alumno rechazado; SENCE lo inscribe enseguida: reenvíe lo que falló.',
  espera: 'Que lea la respuesta de todos modos: el segundo envío lleva sólo al alumno rechazado.',
  curso: lateCourse('HTML delante del JSON', 'CERT-HTML', 11),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'html-delante', segundos: 0 } : null),
  juzgar: ({ envios }) => judgeResend(envios),
};

const BAJA = invented(3, 2);
const BAJA_MODULO = 'CERT-BAJA-M1';
export const baja: Escenario = {
  id: 'baja',
  nombre: 'Un porcentaje que bajaría',
  instruccion:
    'Envíe el curso CERT-BAJA en su primer estado y después en el segundo (el avance de una alumna bajó de 50 a 40). Deje correr otra noche.',
  espera:
    'Que no insista: que no mande el valor menor, o que tras un 025 deje de mandarlo (hasta que alcance el anterior).',
  curso: courseOf('Porcentaje que baja', 'CERT-BAJA', [
    stateOf('CERT-BAJA', { [at(BAJA, 0)]: 50, [at(BAJA, 1)]: 30 }),
    stateOf('CERT-BAJA', { [at(BAJA, 0)]: 40, [at(BAJA, 1)]: 45 }),
    stateOf('CERT-BAJA', { [at(BAJA, 0)]: 40, [at(BAJA, 1)]: 60 }),
  ]),
  juzgar({ envios }) {
    const values = envios.map((envio) =>
      readFigure(moduloOf(envio, at(BAJA, 0), BAJA_MODULO)?.porcentajeAvance),
    );
    const first = values.findIndex((value) => value !== null && value >= 50);
    if (first < 0) return envios.length === 0 ? SIN_INTENTO : pendiente('Falta el envío con 50.');
    const later = values.slice(first + 1);
    const lower = later.filter((value) => value !== null && value < 50).length;
    if (lower > 1) return fallado(`Mandó ${lower} veces un porcentaje menor que el aceptado.`);
    const last = later.at(-1);
    if (last === undefined) return pendiente('Falta el envío del segundo estado.');
    if (last !== null && last < 50)
      return pendiente('Recibió un 025: falta ver que no insista en el envío siguiente.');
    return cumplido(
      lower === 0 ? 'No mandó el porcentaje menor.' : 'Tras un 025 dejó de mandar el porcentaje menor.',
    );
  },
};

const IGUAL = invented(4, 1);
export const igual: Escenario = {
  id: 'igual',
  nombre: 'El mismo porcentaje otra vez',
  instruccion: 'Envíe el curso CERT-IGUAL dos noches seguidas sin que nada cambie en su LMS.',
  espera: 'Que lo envíe igual la segunda vez: un porcentaje igual al anterior se acepta.',
  curso: courseOf('Porcentaje igual', 'CERT-IGUAL', [
    stateOf('CERT-IGUAL', { [at(IGUAL, 0)]: 25 }),
    stateOf('CERT-IGUAL', { [at(IGUAL, 0)]: 25 }),
  ]),
  juzgar({ envios }) {
    if (envios.length === 0) return SIN_INTENTO;
    const taken = envios.filter(({ aceptados }) => aceptados.length > 0).length;
    if (taken < envios.length) return fallado('El servicio rechazó un envío: vea su respuesta.');
    return taken > 1 ? cumplido(`Aceptado ${taken} veces.`) : pendiente('Falta el segundo envío.');
  },
};

const [CONOCIDO, DESCONOCIDO] = [at(invented(5, 2), 0), at(invented(5, 2), 1)];
export const desconocido: Escenario = {
  id: 'desconocido',
  nombre: 'Alumno desconocido',
  instruccion:
    'Envíe el curso CERT-DESCONOCIDO: SENCE no conoce a uno de sus dos alumnos. Después deje correr el reenvío de errores.',
  espera: 'Que no vuelva a mandar al desconocido sin corregirlo más de una vez.',
  curso: {
    ...courseOf('Alumno desconocido', 'CERT-DESCONOCIDO', [
      stateOf('CERT-DESCONOCIDO', { [CONOCIDO]: 10, [DESCONOCIDO]: 10 }),
    ]),
    inscritos: [CONOCIDO],
  },
  juzgar({ envios }) {
    if (envios.length === 0) return SIN_INTENTO;
    const times = envios.filter((envio) => alumnosOf(envio).includes(DESCONOCIDO)).length;
    if (times > 2) return fallado(`Mandó ${times} veces al alumno desconocido sin corregirlo.`);
    const taken = envios.some(({ aceptados }) => aceptados.some((record) => record.startsWith(CONOCIDO)));
    return taken
      ? cumplido('El alumno conocido entró y no insistió con el desconocido.')
      : pendiente('Falta ver aceptado al alumno conocido.');
  },
};

export const cursoRechazado: Escenario = {
  id: 'curso-rechazado',
  nombre: 'Curso entero rechazado',
  instruccion: 'Envíe el curso CERT-AUSENTE, que SENCE no tiene registrado.',
  espera: 'Que reciba el 003 y no lo repita sin corregir el código más de una vez.',
  curso: {
    ...courseOf('Curso ausente', 'CERT-AUSENTE', [stateOf('CERT-AUSENTE', { [at(invented(6, 1), 0)]: 10 })]),
    ausente: true,
  },
  juzgar({ envios }) {
    if (envios.length === 0) return SIN_INTENTO;
    return envios.length > 2
      ? fallado(`Repitió ${envios.length} veces un curso que el servicio no conoce.`)
      : cumplido('Recibió el 003 y no insistió.');
  },
};

/** Three students, the last of them enrolled only after being refused. */
function lateCourse(nombre: string, codigo: string, number: number): CursoHoja {
  const ruts = invented(number, 3);
  const state = stateOf(codigo, Object.fromEntries(ruts.map((rut) => [rut, 20])));
  return { ...courseOf(nombre, codigo, [state]), inscritos: ruts.slice(0, 2), tarde: ruts.slice(2) };
}

/** The second POST must carry what the first had refused, and nothing else. */
function judgeResend(envios: readonly Llamada[]): Dictamen {
  const [first, second] = envios;
  if (!first) return SIN_INTENTO;
  if (!second) return pendiente('Falta el reenvío de lo rechazado.');
  const again = recordsOf(second).filter((record) => first.aceptados.includes(record));
  if (again.length > 0) {
    return fallado(
      `La llamada ${second.n} repite ${again.length === 1 ? 'un registro que ya estaba aceptado' : `${again.length} registros que ya estaban aceptados`}.`,
    );
  }
  return second.aceptados.length > 0
    ? cumplido(`La llamada ${second.n} llevó sólo lo rechazado, y entró.`)
    : fallado(`El servicio volvió a rechazar la llamada ${second.n}: vea su respuesta.`);
}

function at(ruts: readonly string[], index: number): string {
  return ruts[index] as string;
}
