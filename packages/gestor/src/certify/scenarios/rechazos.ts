import { readFigure } from '@puente-sic/protocol';
import { alumnosOf, type Llamada, modulosOf } from '../call.ts';
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
import { expectedRecords } from '../sheet.ts';
import { acceptedIn, refusalOf, repeatOfAccepted } from './accepted.ts';

const PARCIAL = lateCourse('Aceptación parcial', 'CERT-PARCIAL', 2);
export const parcial: Escenario = {
  id: 'parcial',
  nombre: 'Aceptación parcial y reenvío de lo rechazado',
  instruccion:
    'Envíe el curso CERT-PARCIAL. Uno de sus tres alumnos será rechazado con 011 (SENCE lo conoce, pero no lo tiene en el curso); SENCE lo inscribe enseguida, así que reenvíe lo que falló.',
  espera: 'Que después lleguen sólo los rechazados (capacitación, pregunta 4): lo aceptado no se repite.',
  mira: 'Los envíos de CERT-PARCIAL: qué registros lleva cada uno después de que el servicio respondió por ellos.',
  curso: PARCIAL,
  juzgar: ({ envios }) => judgeResend(envios, PARCIAL),
};

const HTML = lateCourse('HTML delante del JSON', 'CERT-HTML', 11);
export const htmlDelante: Escenario = {
  id: 'html-delante',
  nombre: 'JSON detrás de HTML',
  instruccion:
    'Envíe el curso CERT-HTML. La respuesta trae avisos de PHP delante del JSON y un alumno rechazado con 011; SENCE lo inscribe enseguida: reenvíe lo que falló.',
  espera: 'Que lea la respuesta de todos modos: después llegan sólo los rechazados.',
  mira: 'Los envíos de CERT-HTML: qué registros lleva cada uno después de que el servicio respondió por ellos.',
  curso: HTML,
  falla: (anteriores) =>
    anteriores.some((envio) => isLate(envio, HTML)) ? null : { tipo: 'html-delante', segundos: 0 },
  juzgar: ({ envios }) => judgeResend(envios, HTML),
};

const BAJA = invented(3, 2);
const [BAJARIA, SIGUE] = [at(BAJA, 0), at(BAJA, 1)];
export const baja: Escenario = {
  id: 'baja',
  nombre: 'Un porcentaje que bajaría',
  instruccion:
    'Envíe el curso CERT-BAJA en su primer estado, otra noche en el segundo (el avance de una alumna bajó de 50 a 40; el de la otra subió) y otra en el tercero.',
  espera:
    'Que no insista: que no mande el valor menor, o que tras un 025 deje de mandarlo (hasta que alcance el anterior). La otra alumna sigue llegando.',
  mira: 'El porcentajeAvance de las dos alumnas en los envíos de CERT-BAJA, uno tras otro.',
  curso: courseOf('Porcentaje que baja', 'CERT-BAJA', [
    stateOf('CERT-BAJA', { [BAJARIA]: 50, [SIGUE]: 30 }),
    stateOf('CERT-BAJA', { [BAJARIA]: 40, [SIGUE]: 45 }),
    stateOf('CERT-BAJA', { [BAJARIA]: 40, [SIGUE]: 60 }),
  ]),
  juzgar({ envios }) {
    const first = percentages(envios, BAJARIA).indexOf(50);
    if (first < 0) return envios.length === 0 ? SIN_INTENTO : pendiente('Falta el envío con 50.');
    const lower = percentages(envios, BAJARIA).filter((value) => value < 50).length;
    if (lower > 1) return fallado(`Mandó ${lower} veces un porcentaje menor que el aceptado.`);
    const others = percentages(envios, SIGUE);
    if (!others.some((value) => value > 30)) return pendiente('Falta el envío del segundo estado.');
    if (lower === 1 && !others.includes(60))
      return pendiente('Recibió un 025: falta ver que no insista en el envío siguiente.');
    return cumplido(
      lower === 0 ? 'No mandó el porcentaje menor.' : 'Tras un 025 dejó de mandar el porcentaje menor.',
    );
  },
};

/** What each POST that carries a student says of it, in order. */
function percentages(envios: readonly Llamada[], rut: string): number[] {
  return envios
    .flatMap((envio) => modulosOf(envio, rut))
    .flatMap(({ porcentajeAvance }) => readFigure(porcentajeAvance) ?? []);
}

const IGUAL = invented(4, 1);
export const igual: Escenario = {
  id: 'igual',
  nombre: 'El mismo porcentaje otra vez',
  instruccion: 'Envíe el curso CERT-IGUAL dos noches seguidas sin que nada cambie en su LMS.',
  espera: 'Que lo envíe igual la segunda vez: un porcentaje igual al anterior se acepta.',
  mira: 'Los envíos de CERT-IGUAL que el servicio aceptó.',
  curso: courseOf('Porcentaje igual', 'CERT-IGUAL', [
    stateOf('CERT-IGUAL', { [at(IGUAL, 0)]: 25 }),
    stateOf('CERT-IGUAL', { [at(IGUAL, 0)]: 25 }),
  ]),
  juzgar({ envios }) {
    if (envios.length === 0) return SIN_INTENTO;
    const refusal = envios.map(refusalOf).find((text) => text !== null);
    if (refusal) return fallado(refusal);
    const taken = envios.filter(({ aceptados }) => aceptados.length > 0).length;
    return taken > 1 ? cumplido(`Aceptado ${taken} veces.`) : pendiente('Falta el segundo envío.');
  },
};

const [CONOCIDO, DESCONOCIDO] = [at(invented(5, 2), 0), at(invented(5, 2), 1)];
export const desconocido: Escenario = {
  id: 'desconocido',
  nombre: 'Alumno desconocido',
  instruccion:
    'Envíe el curso CERT-DESCONOCIDO: SENCE no conoce a uno de sus dos alumnos (012) y nadie lo corrige. Después deje correr el reenvío de errores.',
  espera:
    'Que no vuelva a mandar al desconocido sin corregirlo más de una vez: aquí, dos envíos del mismo alumno es lo máximo. Un 011 se arregla inscribiéndolo; un 012 sólo corrigiendo el RUT.',
  mira: 'En cuántos envíos de CERT-DESCONOCIDO viene el alumno desconocido, y si el otro quedó aceptado.',
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
    if (times === 0) return pendiente('Falta ver el envío del alumno desconocido.');
    return taken
      ? cumplido('El alumno conocido entró y no insistió con el desconocido.')
      : pendiente('Falta ver aceptado al alumno conocido.');
  },
};

export const cursoRechazado: Escenario = {
  id: 'curso-rechazado',
  nombre: 'Curso entero rechazado',
  instruccion: 'Envíe el curso CERT-AUSENTE, que SENCE no tiene registrado.',
  espera: 'Que reciba el 003 y no lo repita sin corregir el código más de una vez: dos envíos es lo máximo.',
  mira: 'Cuántos envíos de CERT-AUSENTE llegan.',
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

/** Whether a POST carries who is enrolled late. */
export function isLate(envio: Llamada, { tarde = [] }: CursoHoja): boolean {
  return alumnosOf(envio).some((rut) => tarde.includes(rut));
}

/** What was refused must come again, and what was accepted must not. */
function judgeResend(envios: readonly Llamada[], curso: CursoHoja): Dictamen {
  if (envios.length === 0) return SIN_INTENTO;
  const again = repeatOfAccepted(envios);
  if (again) {
    const { llamada, registros } = again;
    return fallado(
      `La llamada ${llamada.n} repite ${registros === 1 ? 'un registro que ya estaba aceptado' : `${registros} registros que ya estaban aceptados`}.`,
    );
  }
  const late = envios.filter((envio) => isLate(envio, curso));
  const refusal = envios
    .filter((envio) => envio !== late[0])
    .map(refusalOf)
    .find((text) => text !== null);
  if (refusal) return fallado(refusal);
  const accepted = acceptedIn(envios);
  const missing = curso.estados.flatMap(expectedRecords).filter((record) => !accepted.has(record));
  if (missing.length === 0)
    return cumplido(`Lo rechazado entró en la llamada ${late.at(-1)?.n}, sin repetir lo demás.`);
  return late.length === 0
    ? pendiente('Falta ver el envío del alumno que será rechazado.')
    : pendiente('Falta el reenvío de lo rechazado.');
}

function at(ruts: readonly string[], index: number): string {
  return ruts[index] as string;
}
