import type { Curso } from '@puente-sic/protocol';
import { type Llamada, listOf, recordsOf } from '../call.ts';
import { alumnoOf, courseOf, invented, moduloOf, stateOf } from '../course.ts';
import { cumplido, type Escenario, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';

const everyone = (ruts: string[], porcentaje: number): Record<string, number> =>
  Object.fromEntries(ruts.map((rut) => [rut, porcentaje]));

export const primerEnvio: Escenario = {
  id: 'primer-envio',
  nombre: 'Primer envío',
  instruccion: 'Envíe el curso CERT-PRIMERO con sus tres alumnos.',
  espera: 'Un envío en que el servicio acepta a los tres.',
  curso: courseOf('Primer envío', 'CERT-PRIMERO', [stateOf('CERT-PRIMERO', everyone(invented(1, 3), 20))]),
  juzgar: ({ envios }) => acceptedAll(envios, 3),
};

export const milAlumnos: Escenario = {
  id: 'mil-alumnos',
  nombre: 'Mil alumnos',
  instruccion: 'Envíe el curso CERT-MIL, que tiene 1.000 alumnos. Puede ir en una llamada o en partes.',
  espera: 'Que los 1.000 queden aceptados, cada uno una sola vez.',
  curso: courseOf('Mil alumnos', 'CERT-MIL', [stateOf('CERT-MIL', everyone(invented(10, 1000), 35))]),
  juzgar: ({ envios }) => acceptedAll(envios, 1000),
};

const V1 = invented(8, 2);
export const version1: Escenario = {
  id: 'version-1',
  nombre: 'Campos de la versión 1 (2021)',
  instruccion: 'Envíe el curso CERT-V1 sólo con los campos de la versión 1 de la capacitación.',
  espera: 'Un envío aceptado, sin evaluacionFinal, notaModulo ni cantidades de actividades.',
  curso: courseOf('Versión 1', 'CERT-V1', [stateOf('CERT-V1', everyone(V1, 15))]),
  juzgar({ envios }) {
    const first = envios[0];
    if (!first) return SIN_INTENTO;
    const extra = fieldsOf(first).filter((field) => NEW_FIELDS.includes(field));
    if (extra.length > 0)
      return fallado(`La llamada ${first.n} trae campos de la versión 2: ${extra.join(', ')}.`);
    return acceptedAll(envios, V1.length);
  },
};

const V2 = invented(9, 2);
export const version2: Escenario = {
  id: 'version-2',
  nombre: 'Campos de la versión 2 (2023)',
  instruccion: 'Envíe el curso CERT-V2 con los campos de la versión 2: sus valores están en la hoja.',
  espera:
    'Un envío aceptado con codigoEnvio, cantActividadSincronica, cantActividadAsincronica, evaluacionFinal y notaModulo.',
  curso: courseOf('Versión 2', 'CERT-V2', [version2State()]),
  juzgar({ envios }) {
    const first = envios[0];
    if (!first) return SIN_INTENTO;
    const fields = fieldsOf(first);
    const missing = [...NEW_FIELDS, 'codigoEnvio'].filter((field) => !fields.includes(field));
    if (missing.length > 0) return fallado(`A la llamada ${first.n} le faltan: ${missing.join(', ')}.`);
    return acceptedAll(envios, V2.length);
  },
};

const NEW_FIELDS = ['evaluacionFinal', 'notaModulo', 'cantActividadSincronica', 'cantActividadAsincronica'];

function version2State(): Curso {
  const counts = { cantActividadSincronica: 1, cantActividadAsincronica: 7 };
  return {
    codigoOferta: 'CERT-V2',
    codigoGrupo: 'CERT-V2-A',
    ...counts,
    listaAlumnos: V2.map((rut) => ({
      ...alumnoOf(rut, [{ ...moduloOf('CERT-V2', 40), notaModulo: 62, ...counts }]),
      evaluacionFinal: 62,
    })),
  };
}

/** Names of the fields of a body, its first student and that one's first module. */
function fieldsOf({ cuerpo }: Llamada): string[] {
  const alumno = listOf(cuerpo?.listaAlumnos)[0];
  const modulo = listOf(alumno?.listaModulos)[0];
  return [cuerpo, alumno, modulo].flatMap((part) => Object.keys(part ?? {}));
}

/** Fulfilled once so many records are accepted, each sent once. */
function acceptedAll(envios: readonly Llamada[], count: number) {
  if (envios.length === 0) return SIN_INTENTO;
  const sent = envios.flatMap(recordsOf);
  const twice = sent.length - new Set(sent).size;
  if (twice > 0)
    return fallado(
      twice === 1
        ? 'Hay un registro enviado más de una vez.'
        : `Hay ${twice} registros enviados más de una vez.`,
    );
  const accepted = new Set(envios.flatMap(({ aceptados }) => aceptados)).size;
  const refused = sent.length - accepted;
  if (refused > 0)
    return fallado(
      `El servicio rechazó ${refused === 1 ? 'un registro' : `${refused} registros`}: vea la respuesta de la llamada.`,
    );
  return accepted === count
    ? cumplido(
        `Aceptados ${accepted} de ${count}, en ${envios.length === 1 ? 'una llamada' : `${envios.length} llamadas`}.`,
      )
    : pendiente(`Aceptados ${accepted} de ${count} hasta ahora.`);
}
