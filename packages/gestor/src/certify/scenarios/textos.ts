import { cutCodigoActividad, isFecha } from '@puente-sic/protocol';
import { type Llamada, listOf } from '../call.ts';
import { alumnoOf, courseOf, FECHA_FIN, FECHA_INICIO, invented, moduloOf, stateOf } from '../course.ts';
import { cumplido, type Escenario, fallado, SIN_INTENTO } from '../scenario.ts';
import type { Hoja } from '../sheet.ts';

export const fechas: Escenario = {
  id: 'fechas',
  nombre: 'Fechas de Santiago',
  instruccion: `Envíe el curso CERT-FECHAS. En su LMS los alumnos terminan el ${FECHA_FIN} a las 23:59 de Santiago (2026-12-19T02:59:00Z).`,
  espera: `Que lleguen fechaInicio ${FECHA_INICIO} y fechaFin ${FECHA_FIN} como AAAA-MM-DD (o con hora): el día de Santiago, no el de UTC.`,
  mira: 'Las fechas (fechaInicio, fechaFin, fechaEjecucion) de cada alumno y módulo en todos los envíos con el token correcto, de cualquier curso de la hoja.',
  curso: courseOf('Fechas', 'CERT-FECHAS', [
    stateOf('CERT-FECHAS', Object.fromEntries(invented(19, 1).map((rut) => [rut, 30]))),
  ]),
  juzgar({ envios, todas }) {
    const posts = todas.filter(
      ({ endpoint, token, cuerpo }) =>
        endpoint === 'enviarAvance' && token === 'correcto' && isOfSheet(cuerpo?.codigoOferta),
    );
    const wrong = posts.flatMap(wrongDates)[0];
    if (wrong) return fallado(wrong);
    return envios.length === 0 ? SIN_INTENTO : cumplido('Todas las fechas llegaron bien.');
  },
};

/** Every course of the sheet has the same dates. */
function isOfSheet(codigo: unknown): boolean {
  return typeof codigo === 'string' && codigo.startsWith('CERT-');
}

function wrongDates(envio: Llamada): string[] {
  const where = `En la llamada ${envio.n} (${envio.cuerpo?.codigoOferta})`;
  return withDates(envio).flatMap(({ fechaInicio, fechaFin, fechaEjecucion }) => {
    const wrong = [
      ['fechaInicio', fechaInicio, FECHA_INICIO],
      ['fechaFin', fechaFin, FECHA_FIN],
      ['fechaEjecucion', fechaEjecucion ?? FECHA_FIN, ''],
    ] as const;
    return wrong.flatMap(([name, value, expected]) => {
      if (!isFecha(value))
        return [`${where} ${name} llegó como ${JSON.stringify(value) ?? 'nada'}: va AAAA-MM-DD.`];
      if (value.startsWith(expected)) return [];
      return [`${where} ${name} llegó como ${value}; en Santiago es ${expected}.`];
    });
  });
}

/** Its 50th character is an emoji, which UTF-16 and UTF-8 write in several units. */
const NOMBRE = `Módulo 3: Atención de público: señalética, niños 🙂 ${'ñandú '.repeat(4)}`.trim();
const CORTADO = cutCodigoActividad(NOMBRE);

/** It needs the sheet of all the others: names of activities are looked at in every course. */
export function nombres50(hoja: () => Hoja): Escenario {
  return {
    id: 'nombres-50',
    nombre: 'Nombres de las actividades, también de más de 50 caracteres',
    instruccion: `Envíe el curso CERT-NOMBRES, con una actividad que se llama «${NOMBRE}».`,
    espera: `Que llegue entera o cortada en 50 caracteres («${CORTADO}»), sin partir ninguno y con sus tildes; y en todo curso, los nombres de la hoja y no otros.`,
    mira: 'El codigoActividad de todos los envíos con el token correcto, de cualquier curso de la hoja; en los de CERT-NOMBRES, que venga.',
    curso: courseOf('Nombres', 'CERT-NOMBRES', [
      {
        codigoOferta: 'CERT-NOMBRES',
        codigoGrupo: 'CERT-NOMBRES-A',
        listaAlumnos: invented(20, 1).map((rut) => alumnoOf(rut, [moduloOf('CERT-NOMBRES', 30, NOMBRE)])),
      },
    ]),
    juzgar({ envios, todas }) {
      const sheet = hoja();
      for (const envio of todas) {
        const { codigoOferta } = envio.cuerpo ?? {};
        const curso = typeof codigoOferta === 'string' ? sheet.get(codigoOferta) : undefined;
        if (!curso || envio.token !== 'correcto') continue;
        const known = new Set(curso.estados.flatMap(namesIn).flatMap((name) => [name, cutName(name)]));
        const wrong = namesIn(envio.cuerpo ?? {}).filter((name) => !known.has(name));
        if (wrong.length > 0)
          return fallado(
            `En la llamada ${envio.n} (${codigoOferta}) llegó ${JSON.stringify(wrong[0] ?? null).slice(0, 200)}, que no es una actividad de la hoja.`,
          );
      }
      if (envios.length === 0) return SIN_INTENTO;
      return envios.every(({ cuerpo }) => namesIn(cuerpo ?? {}).length > 0)
        ? cumplido('Los nombres llegaron bien.')
        : fallado('El módulo llegó sin actividades.');
    },
  };
}

/** What each activity of a body is called; anything may stand there. */
function namesIn({ listaAlumnos }: { listaAlumnos?: unknown }): unknown[] {
  return listOf(listaAlumnos)
    .flatMap(({ listaModulos }) => listOf(listaModulos))
    .flatMap(({ listaActividades }) => listOf(listaActividades))
    .map(({ codigoActividad }) => codigoActividad);
}

function cutName(name: unknown): unknown {
  return typeof name === 'string' ? cutCodigoActividad(name) : name;
}

function withDates({ cuerpo }: Llamada) {
  const alumnos = listOf(cuerpo?.listaAlumnos);
  return [...alumnos, ...alumnos.flatMap(({ listaModulos }) => listOf(listaModulos))];
}
