import type { RegistryFile } from '../registry/json.ts';

export const OTEC_INVENTADA = {
  rut: '76543210-3',
  nombre: 'Capacitación Volcán Dormido (inventada)',
  token: 'A1B2C3D4-0000-4000-8000-0123456789AB',
  vigente: true,
};

/** The provider, course, module and students of the official test [M], and an invented provider beside them. */
export const REGISTRO_SANDBOX = {
  otecs: [
    {
      rut: '77124930-2',
      nombre: 'OTEC de la prueba oficial',
      token: '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220',
      vigente: true,
    },
    OTEC_INVENTADA,
  ],
  alumnos: [{ rut: '17654321-3', nombre: 'Rayén Curiqueo Paine (conocida, en ningún curso)' }],
  cursos: [
    {
      codigoOferta: 'CAP-15-01-13-0446',
      codigoGrupo: 'CAP-15-01-13-0446',
      rutOtec: '77124930-2',
      nombre: 'Curso de la prueba oficial',
      fechaInicio: '2021-04-01',
      fechaFin: '2021-12-31',
      modulos: [{ codigoModulo: 'C46982-O565656565-M1', nombre: 'Módulo de prueba' }],
      alumnos: [
        { rut: '9445435-2', nombre: 'Alumno de prueba 1' },
        { rut: '10312870-6', nombre: 'Alumno de prueba 2' },
        { rut: '10176851-1', nombre: 'Alumno de prueba 3' },
      ],
    },
    {
      codigoOferta: 'SANDBOX-01',
      codigoGrupo: 'SANDBOX-01-A',
      rutOtec: '76543210-3',
      nombre: 'Atención de público (inventado)',
      fechaInicio: '2026-01-05',
      fechaFin: '2027-12-31',
      modulos: [
        { codigoModulo: 'SANDBOX-01-M1', nombre: 'Comunicación efectiva' },
        { codigoModulo: 'SANDBOX-01-M2', nombre: 'Manejo de reclamos' },
      ],
      alumnos: [
        { rut: '11111111-1', nombre: 'Inés Huenchumán Soto' },
        { rut: '12345678-5', nombre: 'Matías Ñancupil Reyes' },
        { rut: '15555555-6', nombre: 'Jazmín Órdenes Vidal', modulos: ['SANDBOX-01-M1'] },
      ],
    },
  ],
} satisfies RegistryFile;
