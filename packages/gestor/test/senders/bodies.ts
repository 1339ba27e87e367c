import { CURSO, MODULOS, RUT_OTEC, rutOf, TOKEN } from '../data.ts';

type Body = Record<string, unknown>;

const { rutAlumno: RUT, dvAlumno: DV } = rutOf(1);
const { rutAlumno: OTRO_RUT, dvAlumno: OTRO_DV } = rutOf(2);
const CREDENTIALS = { rutOtec: RUT_OTEC, idSistema: 1350, token: TOKEN };
const CODES = { codigoOferta: CURSO, codigoGrupo: CURSO };

/** Bodies in the shapes of six senders that are public; people, codes and figures are invented. */
export const BODIES = {
  /** A Moodle block of 2025: RUT as text, dates with time, and an enrolment without an end as `""`, everywhere. */
  'block_sence 2.5.0': {
    ...CREDENTIALS,
    ...CODES,
    codigoEnvio: '20261122220014',
    cantActividadSincronica: 1,
    cantActividadAsincronica: 3,
    listaAlumnos: [
      {
        rutAlumno: String(RUT),
        dvAlumno: DV,
        tiempoConectividad: 3600,
        porcentajeAvance: 75,
        estado: 2,
        fechaInicio: '2026-10-01 00:00:00',
        fechaFin: '',
        fechaEjecucion: '2026-11-22 00:00:00',
        evaluacionFinal: 85,
        listaModulos: [
          {
            codigoModulo: MODULOS[0],
            tiempoConectividad: 1800,
            porcentajeAvance: 80,
            estado: 2,
            fechaInicio: '2026-10-01',
            fechaFin: '',
            notaModulo: 70,
            cantActividadSincronica: 1,
            cantActividadAsincronica: 2,
            listaActividades: [{ codigoActividad: 'Tarea' }, { codigoActividad: 'Cuestionario' }],
          },
        ],
      },
    ],
  },
  /** Another Moodle block: no codigoEnvio, no fechaEjecucion, 0 where there is no grade yet. */
  'un bloque de Moodle': {
    ...CREDENTIALS,
    ...CODES,
    cantActividadSincronica: 0,
    cantActividadAsincronica: 1,
    listaAlumnos: [
      {
        rutAlumno: RUT,
        dvAlumno: DV,
        tiempoConectividad: 0,
        evaluacionFinal: 0,
        estado: 1,
        porcentajeAvance: 0,
        fechaInicio: '2026-10-01 00:00:00',
        fechaFin: '2026-12-31 00:00:00',
        listaModulos: [
          {
            codigoModulo: MODULOS[0],
            tiempoConectividad: 0,
            porcentajeAvance: 0,
            estado: 1,
            fechaInicio: '2026-10-01 23:53:00',
            fechaFin: '2026-12-31 23:59:00',
            notaModulo: 0,
            cantActividadAsincronica: 1,
            cantActividadSincronica: 0,
            listaActividades: [{ codigoActividad: 'Lectura' }],
          },
        ],
      },
    ],
  },
  /** A Next.js application: every field of version 2, no codigoEnvio, and no activity booked yet. */
  'Next.js': {
    ...CODES,
    cantActividadSincronica: 0,
    cantActividadAsincronica: 0,
    listaAlumnos: [
      {
        rutAlumno: RUT,
        dvAlumno: DV,
        tiempoConectividad: 0,
        estado: 1,
        porcentajeAvance: 35,
        fechaInicio: '2026-10-01',
        fechaFin: '2026-12-31',
        fechaEjecucion: '2026-11-22',
        evaluacionFinal: 0,
        listaModulos: [
          {
            codigoModulo: MODULOS[0],
            tiempoConectividad: 0,
            estado: 1,
            porcentajeAvance: 100,
            fechaInicio: '2026-10-01',
            fechaFin: '2026-12-31',
            listaActividades: [],
            notaModulo: 0,
            cantActividadSincronica: 0,
            cantActividadAsincronica: 0,
          },
        ],
      },
    ],
    ...CREDENTIALS,
  },
  /** C# objects as a serializer writes them: its own Id, a field of its own, null for what was never set. */
  'C#': {
    Id: 213,
    ...CREDENTIALS,
    ...CODES,
    codigoEnvio: null,
    cantTotalActividad: 12,
    cantActividadSincronica: 4,
    cantActividadAsincronica: 8,
    listaAlumnos: [
      csharpAlumno(RUT, DV, '2026-12-31'),
      // His module has no end yet.
      csharpAlumno(OTRO_RUT, OTRO_DV, null),
    ],
  },
  /** An AWS Lambda on a spreadsheet's rows: version 1, and all figures as text, with decimals. */
  'AWS Lambda': {
    ...CREDENTIALS,
    idSistema: '1350',
    ...CODES,
    listaAlumnos: [
      {
        rutAlumno: String(RUT),
        dvAlumno: DV,
        tiempoConectividad: '1200',
        estado: '1',
        porcentajeAvance: '80.5',
        fechaInicio: '2026-10-01',
        fechaFin: '2026-12-31',
        listaModulos: [
          {
            codigoModulo: MODULOS[0],
            tiempoConectividad: '600',
            estado: '1',
            porcentajeAvance: '75.25',
            fechaInicio: '2026-10-01',
            fechaFin: '2026-12-31',
            listaActividades: [{ codigoActividad: 'Tarea de prueba' }],
          },
        ],
      },
    ],
  },
} satisfies Record<string, Body>;

function csharpAlumno(rutAlumno: number, dvAlumno: string, fechaFin: string | null): Body {
  return {
    rutAlumno,
    dvAlumno,
    tiempoConectividad: 5400,
    estado: 1,
    porcentajeAvance: 100,
    fechaInicio: '2026-10-01 00:00:00',
    fechaFin: '2026-12-31 00:00:00',
    evaluacionFinal: 0,
    listaModulos: [
      {
        codigoModulo: MODULOS[0],
        tiempoConectividad: 5400,
        porcentajeAvance: 100,
        estado: 1,
        fechaInicio: '2026-10-01',
        listaActividades: [{ codigoActividad: 'Clase sincrónica 1' }, { codigoActividad: 'Foro' }],
        fechaFin,
        notaModulo: 0,
        cantActividadAsincronica: 1,
        cantActividadSincronica: 1,
      },
    ],
  };
}
