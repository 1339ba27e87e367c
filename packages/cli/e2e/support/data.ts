import type { RegistryFile } from '@puente-sic/gestor';
import { santiagoDateTime } from '@puente-sic/protocol';

/** An invented provider with one course of two modules; everybody in it is invented. */
export const OTEC = '76543210-3';
export const TOKEN = '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D';
export const OFERTA = 'CUR-26-01-13-0001-1';
export const GRUPO = 'CUR-26-01-13-0001-1-G1';
export const MODULOS = ['CUR-0001-M1', 'CUR-0001-M2'] as const;

export const ANA = '15111222-6';
export const BENITO = '16000004-K';
export const CARLA = '17333444-3';
/** Known to the platform, not in the course. */
export const DIEGO = '18444555-7';
/** Unknown to the platform. */
export const ELENA = '20111222-2';

export const REGISTRO: RegistryFile = {
  otecs: [{ rut: OTEC, nombre: 'Capacitaciones Inventadas', token: TOKEN, vigente: true }],
  alumnos: [{ rut: DIEGO, nombre: 'Diego Inventado' }],
  cursos: [
    {
      codigoOferta: OFERTA,
      codigoGrupo: GRUPO,
      rutOtec: OTEC,
      nombre: 'Curso inventado',
      fechaInicio: '2026-11-01',
      fechaFin: '2026-12-31',
      modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
      alumnos: [
        { rut: ANA, nombre: 'Ana Inventada' },
        { rut: BENITO, nombre: 'Benito Inventado' },
        { rut: CARLA, nombre: 'Carla Inventada' },
      ],
    },
  ],
};

/** A provider's CSV: one row per student × module. */
export function csv(...rows: [rut: string, avance: string][]): string {
  const header =
    'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;codigoModulo;' +
    'moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin;actividades';
  const lines = rows.flatMap(([rut, avance]) =>
    MODULOS.map((modulo) =>
      [OFERTA, GRUPO, rut, 3600, avance, ...DATES, modulo, 1800, avance, ...DATES, 'Tarea 1|Foro'].join(';'),
    ),
  );
  return [header, ...lines, ''].join('\n');
}

const DATES = ['2026-11-01', '2026-12-31'];

/** An API body as another program would write it. */
export function envio(rut: string, avance: unknown = 10) {
  const [numero = '', dv = ''] = rut.split('-');
  const [fechaInicio, fechaFin] = DATES;
  return {
    rutOtec: OTEC,
    idSistema: 1350,
    token: TOKEN,
    codigoOferta: OFERTA,
    codigoGrupo: GRUPO,
    codigoEnvio: 'de-otro-programa',
    listaAlumnos: [
      {
        rutAlumno: Number(numero),
        dvAlumno: dv,
        tiempoConectividad: 60,
        porcentajeAvance: avance,
        fechaInicio,
        fechaFin,
        listaModulos: [
          {
            codigoModulo: MODULOS[0],
            tiempoConectividad: 60,
            porcentajeAvance: avance,
            fechaInicio,
            fechaFin,
            listaActividades: [{ codigoActividad: 'Tarea 1' }],
          },
        ],
      },
    ],
  };
}

/** `HH:MM` in Santiago, so many hours from now. */
export function santiagoTime(hours: number): string {
  return santiagoDateTime(new Date(Date.now() + hours * 3_600_000)).slice(11, 16);
}
