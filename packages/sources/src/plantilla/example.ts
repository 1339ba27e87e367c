/** What the filled example says of one student and one module, by the flat template's column names. */
export type ExampleRow = Record<string, string | number>;

const CURSO = {
  codigoOferta: 'CAP-26-01-13-0001-1',
  codigoGrupo: 'CAP-26-01-13-0001-1',
  nombreCurso: 'Planilla de cálculo, nivel básico',
  fechaInicio: '2026-10-05',
  fechaFin: '2026-12-18',
};

const MODULOS = [
  {
    codigoModulo: 'PRES028008000001',
    moduloFechaInicio: '2026-10-05',
    moduloFechaFin: '2026-11-06',
    actividades: 'Foro de bienvenida|Primeras fórmulas|Evaluación del módulo 1',
  },
  {
    codigoModulo: 'PRES028008000002',
    moduloFechaInicio: '2026-11-09',
    moduloFechaFin: '2026-12-18',
    actividades: 'Gráficos en la práctica|Evaluación del módulo 2',
  },
];

/** Two invented people with two modules each. */
export const EXAMPLE: ExampleRow[] = [
  {
    ...CURSO,
    rutAlumno: '12345678-5',
    nombre: 'Rayén Huenchumil Peña',
    tiempoConectividad: 12_600,
    porcentajeAvance: 60,
    estado: 1,
    ...MODULOS[0],
    moduloTiempoConectividad: 9000,
    moduloPorcentajeAvance: 100,
    moduloEstado: 2,
    notaModulo: 85,
  },
  {
    ...CURSO,
    rutAlumno: '12345678-5',
    nombre: 'Rayén Huenchumil Peña',
    tiempoConectividad: 12_600,
    porcentajeAvance: 60,
    estado: 1,
    ...MODULOS[1],
    moduloTiempoConectividad: 3600,
    moduloPorcentajeAvance: 20,
    moduloEstado: 1,
  },
  {
    ...CURSO,
    rutAlumno: '9876543-3',
    nombre: 'Íñigo Muñoz Aránguiz',
    tiempoConectividad: 5400,
    porcentajeAvance: 25,
    estado: 1,
    ...MODULOS[0],
    moduloTiempoConectividad: 5400,
    moduloPorcentajeAvance: 50,
    moduloEstado: 1,
  },
  {
    ...CURSO,
    rutAlumno: '9876543-3',
    nombre: 'Íñigo Muñoz Aránguiz',
    tiempoConectividad: 5400,
    porcentajeAvance: 25,
    estado: 1,
    ...MODULOS[1],
    moduloTiempoConectividad: 0,
    moduloPorcentajeAvance: 0,
    moduloEstado: 1,
  },
];
