import type { Alumno, Curso, Envio, Modulo } from '@puente-sic/protocol';

/** A body on its way out, as loosely as a faulty program may make it. */
export type Cuerpo = { [K in keyof Envio]?: unknown } & { listaAlumnos: Record<string, unknown>[] };

/** What is wrong in the bodies of a faulty sender; `only`: in this course alone. */
interface Spoilt {
  escenario: string;
  only?: string;
  spoil: (cuerpo: Cuerpo) => void;
}

const alumnos = (change: (alumno: Alumno & Record<string, unknown>) => void) => (cuerpo: Cuerpo) => {
  for (const alumno of cuerpo.listaAlumnos) change(alumno as Alumno & Record<string, unknown>);
};
const modulos = (change: (modulo: Modulo & Record<string, unknown>) => void) =>
  alumnos(({ listaModulos }) => {
    for (const modulo of listaModulos) change(modulo as Modulo & Record<string, unknown>);
  });
const todos = (change: (part: (Alumno | Modulo) & Record<string, unknown>) => void) => (cuerpo: Cuerpo) => {
  alumnos(change)(cuerpo);
  modulos(change)(cuerpo);
};

/** Faults that are in what is sent, each with the scenario that must fail. */
export const SPOILT: Record<string, Spoilt> = {
  'todos-al-100': { escenario: 'valores', spoil: todos((part) => (part.porcentajeAvance = 100)) },
  'minutos-por-segundos': {
    escenario: 'valores',
    spoil: todos((part) => (part.tiempoConectividad = Math.round(part.tiempoConectividad / 60))),
  },
  'horas-por-segundos': {
    escenario: 'valores',
    spoil: todos((part) => (part.tiempoConectividad /= 3600)),
  },
  'tiempo-siempre-cero': { escenario: 'valores', spoil: todos((part) => (part.tiempoConectividad = 0)) },
  'notas-de-1-a-7': {
    escenario: 'valores',
    spoil: modulos((modulo) => {
      if (modulo.notaModulo !== undefined) modulo.notaModulo = 1 + modulo.notaModulo * 0.06;
    }),
  },
  fracciones: {
    escenario: 'valores',
    only: 'CERT-VALORES',
    spoil: todos((part) => (part.porcentajeAvance /= 100)),
  },
  'estado-siempre-1': { escenario: 'valores', spoil: todos((part) => (part.estado = 1)) },
  'cifras-del-otro-modulo': {
    escenario: 'valores',
    only: 'CERT-VALORES',
    spoil: alumnos(({ listaModulos: [m1, m2] }) => {
      if (m1 && m2) m2.tiempoConectividad = m1.tiempoConectividad;
    }),
  },
  'suma-del-curso-en-cada-modulo': {
    escenario: 'valores',
    only: 'CERT-VALORES',
    spoil: alumnos(({ tiempoConectividad, listaModulos }) => {
      for (const modulo of listaModulos) modulo.tiempoConectividad = tiempoConectividad;
    }),
  },
  'un-alumno-de-otro-curso': {
    escenario: 'valores',
    only: 'CERT-LENTA',
    spoil: ({ listaAlumnos }) => {
      listaAlumnos.push({ ...listaAlumnos[0], rutAlumno: 31_100_001, dvAlumno: '9' });
    },
  },
  'correo-del-alumno': {
    escenario: 'solo-lo-pedido',
    spoil: alumnos((alumno) => (alumno.correo = 'persona.inventada@example.cl')),
  },
  'nombre-de-la-actividad': {
    escenario: 'solo-lo-pedido',
    spoil: modulos(({ listaActividades }) => {
      for (const actividad of listaActividades) Object.assign(actividad, { nombre: 'Lectura' });
    }),
  },
  'token-en-el-codigo': {
    escenario: 'solo-lo-pedido',
    spoil: (cuerpo) => {
      cuerpo.codigoEnvio = `${cuerpo.codigoEnvio}-${cuerpo.token}`;
    },
    only: 'CERT-LENTA',
  },
  'cada-alumno-dos-veces': {
    escenario: 'primer-envio',
    only: 'CERT-PRIMERO',
    spoil: (cuerpo) => {
      cuerpo.listaAlumnos = cuerpo.listaAlumnos.flatMap((alumno) => [alumno, structuredClone(alumno)]);
    },
  },
  'campos-nuevos-en-v1': {
    escenario: 'version-1',
    only: 'CERT-V1',
    spoil: alumnos((alumno) => (alumno.evaluacionFinal = 50)),
  },
  'olvida-la-nota-del-segundo': {
    escenario: 'version-2',
    only: 'CERT-V2',
    spoil: ({ listaAlumnos }) => {
      delete (listaAlumnos[1] as { evaluacionFinal?: number } | undefined)?.evaluacionFinal;
    },
  },
  'fechas-en-utc': {
    escenario: 'fechas',
    only: 'CERT-FECHAS',
    spoil: todos((part) => (part.fechaFin = '2026-12-19')),
  },
  'fechas-al-reves': {
    escenario: 'fechas',
    only: 'CERT-FECHAS',
    spoil: todos((part) => (part.fechaFin = '18-12-2026')),
  },
  'corta-por-unidades': {
    escenario: 'nombres-50',
    only: 'CERT-NOMBRES',
    spoil: modulos(({ listaActividades: [actividad] }) => {
      if (actividad) actividad.codigoActividad = actividad.codigoActividad.slice(0, 50);
    }),
  },
  'sin-tildes': {
    escenario: 'nombres-50',
    only: 'CERT-NOMBRES',
    spoil: modulos(({ listaActividades: [actividad] }) => {
      if (actividad) actividad.codigoActividad = 'Modulo 3: Atencion de publico';
    }),
  },
};

/** Faults that are in how it is sent, each with the scenario that must fail. */
export const BEHAVING = {
  'insiste-con-token-malo': 'token-malo',
  'pregunta-61-veces': 'token-malo',
  'rut-de-otra-otec': 'token-bueno',
  'token-en-minusculas': 'token-mayusculas',
  'como-formulario': 'tipo-contenido',
  'como-texto': 'tipo-contenido',
  'token-en-la-direccion': 'direccion-limpia',
  'rut-en-la-direccion': 'direccion-limpia',
  'reenvia-todo': 'parcial',
  'insiste-con-el-menor': 'baja',
  'insiste-con-el-desconocido': 'desconocido',
  'repite-curso-ausente': 'curso-rechazado',
  'partes-que-se-traslapan': 'mil-alumnos',
  'no-lee-html': 'html-delante',
  'reintenta-sin-pausa': 'http-503',
  'reenvia-sin-preguntar': 'corte-antes',
  'pregunta-por-otro-envio': 'corte-antes',
  'pregunta-desde-manana': 'corte-antes',
  'repite-tras-un-corte': 'corte-despues',
  'no-espera': 'respuesta-lenta',
  'repite-mientras-espera': 'respuesta-lenta',
  'antes-de-la-ventana': 'noche',
  'dos-veces-en-abril': 'cambio-abril',
  'pasada-la-medianoche': 'cambio-septiembre',
} as const;

export type Defecto = string;

/** Every faulty sender with the one scenario that it fails. */
export const DEFECTOS: readonly (readonly [Defecto, string])[] = [
  ...Object.entries(SPOILT).map(([defecto, { escenario }]) => [defecto, escenario] as const),
  ...Object.entries(BEHAVING),
];

/** Right senders that differ from one another in what the documents leave open. */
export const VARIANTES = {
  recto: {},
  'varios-cursos-a-la-vez': { aLaVez: true },
  'un-alumno-por-llamada': { parte: 1 },
  'en-partes-de-dos': { parte: 2 },
  'varias-veces-al-dia': { veces: 3 },
  'rut-como-texto': { spoil: alumnos((alumno) => (alumno.rutAlumno = String(alumno.rutAlumno))) },
  'cifras-como-texto': {
    spoil: todos((part) => Object.assign(part, { porcentajeAvance: String(part.porcentajeAvance) })),
  },
  'fechas-con-hora': {
    spoil: todos((part) => {
      part.fechaInicio = `${part.fechaInicio} 00:00:00`;
      part.fechaFin = `${part.fechaFin} 23:59:00`;
    }),
  },
  'prueba-y-deja': { pruebaElMenor: true },
  'historial-sin-filtro': { historialEntero: true },
  'con-marca-de-orden': { marca: true },
  'charset-dicho': { contentType: 'application/json;charset=UTF-8' },
  'solo-version-1': { perfil: 'version-1', spoil: withoutNew },
  'solo-version-2': {
    perfil: 'version-2',
    spoil: alumnos((alumno) => (alumno.evaluacionFinal ??= 0)),
  },
} satisfies Record<string, Estilo>;

/** How a right sender goes about it. */
export interface Estilo {
  perfil?: 'version-1' | 'version-2';
  /** Students in one call. */
  parte?: number;
  /** Courses at once. */
  aLaVez?: boolean;
  /** How often a course is sent where its scenario does not forbid it. */
  veces?: number;
  /** Sends a lower percentage once and gives up on its 025. */
  pruebaElMenor?: boolean;
  historialEntero?: boolean;
  contentType?: string;
  /** A byte order mark before the JSON. */
  marca?: boolean;
  spoil?: (cuerpo: Cuerpo) => void;
}

function withoutNew(cuerpo: Cuerpo): void {
  for (const part of [cuerpo, ...cuerpo.listaAlumnos, ...modulosOf(cuerpo)]) {
    for (const field of NEW) delete (part as Record<string, unknown>)[field];
  }
}

const NEW = [
  'codigoEnvio',
  'evaluacionFinal',
  'notaModulo',
  'cantActividadSincronica',
  'cantActividadAsincronica',
];

function modulosOf({ listaAlumnos }: Cuerpo): Modulo[] {
  return listaAlumnos.flatMap(({ listaModulos }) => (listaModulos ?? []) as Modulo[]);
}

export function bodyOf(curso: Curso): Cuerpo {
  return structuredClone(curso) as Curso & Cuerpo;
}
