import { alumnos, chunks, withAlumnos } from './changes.ts';
import { askByCode, type Habits } from './program.ts';

/** Right programs that differ in what the documents leave open. */
export const RIGHT: Record<string, Habits> = {
  'letra por letra': {},
  'JSON con escapes y sangría': {
    wire: (wire) => ({
      ...wire,
      body: JSON.stringify(JSON.parse(String(wire.body)), null, 2).replace(
        /[\u007f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    }),
  },
  'cuerpo por trozos': { wire: (wire) => ({ ...wire, body: new Blob([String(wire.body)]).stream() }) },
  'Content-Type en mayúsculas': {
    wire: (wire) => ({ ...wire, headers: { 'Content-Type': 'Application/JSON; Charset="UTF-8"' } }),
  },
  'un módulo por llamada': {
    parts: (curso) => {
      const count = Math.max(0, ...curso.listaAlumnos.map(({ listaModulos }) => listaModulos.length));
      return Array.from({ length: count }, (_, at) =>
        withAlumnos(
          curso,
          curso.listaAlumnos.map((alumno) => ({
            ...alumno,
            listaModulos: alumno.listaModulos.slice(at, at + 1),
          })),
        ),
      );
    },
  },
  'las partes a la vez': { parts: (curso) => chunks(curso, 100), partsAtOnce: true },
  'los alumnos al revés': { parts: (curso) => [withAlumnos(curso, [...curso.listaAlumnos].reverse())] },
  'dígito en minúscula, idSistema como texto': {
    body: (cuerpo) => {
      cuerpo.idSistema = '1350';
      alumnos((alumno) => (alumno.dvAlumno = String(alumno.dvAlumno).toLowerCase()))(cuerpo);
    },
  },
  'sin estado cuando cursa': {
    body: (cuerpo) => {
      for (const part of [
        ...cuerpo.listaAlumnos,
        ...cuerpo.listaAlumnos.flatMap(({ listaModulos }) => listaModulos),
      ])
        if (part.estado === 1) delete (part as { estado?: unknown }).estado;
    },
  },
  'mantiene el porcentaje más alto': {
    later: (state, first) =>
      withAlumnos(
        state,
        state.listaAlumnos.map((alumno, at) => {
          const before = first.listaAlumnos[at];
          return before && before.porcentajeAvance > alumno.porcentajeAvance ? before : alumno;
        }),
      ),
  },
  'no insiste con un 012': {
    resend: (curso, refused) => (curso.codigoOferta === 'CERT-DESCONOCIDO' ? null : refused),
  },
  'pregunta tres veces, por la dirección que nombra el historial': {
    historyAddress: 'historial-envios',
    arrived: async (program, part, codigo) => {
      for (let more = 0; more < 2; more += 1) await program.history({ codigo_externo: codigo });
      return askByCode(program, part, codigo);
    },
  },
  'pregunta por la fecha de ayer': {
    arrived: async (program, { codigoOferta }) => {
      const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
      return (await program.history({ fechaDesde: yesterday })).includes(codigoOferta);
    },
  },
  'la noche en dos partes': {
    parts: (curso) => chunks(curso, 1),
  },
};
