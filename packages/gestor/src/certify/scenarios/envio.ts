import { type Curso, V2_FIELDS } from '@puente-sic/protocol';
import { type Llamada, listOf, recordsOf } from '../call.ts';
import { alumnoOf, courseOf, invented, moduloOf, stateOf } from '../course.ts';
import { type Dictamen, type Escenario, fallado, SIN_INTENTO } from '../scenario.ts';
import { expectedRecords } from '../sheet.ts';
import { acceptedAll } from './accepted.ts';

const everyone = (ruts: string[], porcentaje: number): Record<string, number> =>
  Object.fromEntries(ruts.map((rut) => [rut, porcentaje]));

const PRIMERO = stateOf('CERT-PRIMERO', everyone(invented(1, 3), 20));
export const primerEnvio: Escenario = {
  id: 'primer-envio',
  nombre: 'Primer envío',
  instruccion: 'Envíe el curso CERT-PRIMERO con sus tres alumnos.',
  espera:
    'Que el servicio acepte a los tres, en una llamada o en partes. Se puede enviar más de una vez, pero ningún alumno va dos veces en la misma lista.',
  mira: 'Los envíos de CERT-PRIMERO y lo que el servicio respondió de cada alumno.',
  curso: courseOf('Primer envío', 'CERT-PRIMERO', [PRIMERO]),
  juzgar: ({ envios }) => acceptedAll(envios, expectedRecords(PRIMERO)),
};

const MIL = stateOf('CERT-MIL', everyone(invented(10, 1000), 35));
export const milAlumnos: Escenario = {
  id: 'mil-alumnos',
  nombre: 'Mil alumnos',
  instruccion: 'Envíe el curso CERT-MIL, que tiene 1.000 alumnos. Puede ir en una llamada o en partes.',
  espera: 'Que los 1.000 queden aceptados, y que ninguno vaya en dos partes del mismo envío.',
  mira: 'Los envíos de CERT-MIL: qué alumnos lleva cada parte y cuáles aceptó el servicio.',
  curso: courseOf('Mil alumnos', 'CERT-MIL', [MIL]),
  juzgar({ envios }) {
    const twice = overlapOfParts(envios, MIL.listaAlumnos.length);
    return twice ? fallado(twice) : acceptedAll(envios, expectedRecords(MIL));
  },
};

/** A whole course sent again is a send more; a student again before all have gone is a part cut wrongly. */
function overlapOfParts(envios: readonly Llamada[], count: number): string | null {
  let taken = new Set<string>();
  for (const { n, aceptados, ...envio } of envios.map((each) => ({ ...each, registros: recordsOf(each) }))) {
    const inside = envio.registros.length - new Set(envio.registros).size;
    if (taken.size === count) taken = new Set();
    const twice = inside + envio.registros.filter((record) => taken.has(record)).length;
    if (twice > 0) return `La llamada ${n} repite ${twice} registros antes de que el curso termine de ir.`;
    for (const record of aceptados) taken.add(record);
  }
  return null;
}

const V1 = stateOf('CERT-V1', everyone(invented(8, 2), 15));
export const version1: Escenario = {
  id: 'version-1',
  nombre: 'Campos de la versión 1 (2021)',
  instruccion: 'Envíe el curso CERT-V1 sólo con los campos de la versión 1 de la capacitación.',
  espera: 'Un envío aceptado, sin evaluacionFinal, notaModulo ni cantidades de actividades.',
  mira: 'Los nombres de los campos de todos los envíos de CERT-V1, y si el servicio los aceptó.',
  curso: courseOf('Versión 1', 'CERT-V1', [V1]),
  juzgar({ envios }): Dictamen {
    for (const envio of envios) {
      const extra = NEW_FIELDS.filter((field) => partsOf(envio).some((part) => part[field] !== undefined));
      if (extra.length > 0)
        return fallado(`La llamada ${envio.n} trae campos de la versión 2: ${extra.join(', ')}.`);
    }
    return acceptedAll(envios, expectedRecords(V1));
  },
};

const V2 = version2State();
export const version2: Escenario = {
  id: 'version-2',
  nombre: 'Campos de la versión 2 (2023)',
  instruccion: 'Envíe el curso CERT-V2 con los campos de la versión 2: sus valores están en la hoja.',
  espera:
    'Un envío aceptado con codigoEnvio, cantActividadSincronica, cantActividadAsincronica, evaluacionFinal y notaModulo.',
  mira: 'Los nombres de los campos de todos los envíos de CERT-V2, alumno por alumno, y si el servicio los aceptó.',
  curso: courseOf('Versión 2', 'CERT-V2', [V2]),
  juzgar({ envios }): Dictamen {
    for (const envio of envios) {
      const missing = missingFields(envio);
      if (missing.length > 0)
        return fallado(
          `A la llamada ${envio.n} le faltan: ${missing.join(', ')}. Si su programa sólo habla la versión 1, elija ese perfil.`,
        );
    }
    return envios.length === 0 ? SIN_INTENTO : acceptedAll(envios, expectedRecords(V2));
  },
};

const NEW_FIELDS = ['evaluacionFinal', 'notaModulo', 'cantActividadSincronica', 'cantActividadAsincronica'];

function version2State(): Curso {
  const counts = { cantActividadSincronica: 1, cantActividadAsincronica: 7 };
  return {
    codigoOferta: 'CERT-V2',
    codigoGrupo: 'CERT-V2-A',
    ...counts,
    listaAlumnos: invented(9, 2).map((rut) => ({
      ...alumnoOf(rut, [{ ...moduloOf('CERT-V2', 40), notaModulo: 62, ...counts }]),
      evaluacionFinal: 62,
    })),
  };
}

/** Fields of version 2 that the course, a student or a module of a body has not. */
function missingFields({ cuerpo }: Llamada): string[] {
  const alumnos = listOf(cuerpo?.listaAlumnos);
  const modulos = alumnos.flatMap(({ listaModulos }) => listOf(listaModulos));
  const lacks = (parts: readonly (object | null)[], fields: readonly string[]) =>
    fields.filter((field) => parts.some((part) => !part || !Object.hasOwn(part, field)));
  return [
    ...new Set([
      ...lacks([cuerpo], V2_FIELDS.curso),
      ...lacks(alumnos, V2_FIELDS.alumno),
      ...lacks(modulos, V2_FIELDS.modulo),
    ]),
  ];
}

/** The body, its students and their modules. */
function partsOf({ cuerpo }: Llamada) {
  const alumnos = listOf(cuerpo?.listaAlumnos);
  return [cuerpo ?? {}, ...alumnos, ...alumnos.flatMap(({ listaModulos }) => listOf(listaModulos))];
}
