import type { AlumnoComparado, CursoPorCerrar, ErrorAbierto, NocheEnviada } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import type { Columna } from '../excel.ts';
import { fechaDe, hora } from '../format.ts';
import { enEstado } from '../parts/sello-alumno.tsx';
import { frase } from './bitacora-frases.ts';
import { type ColumnaDeAlumno, ultimaAceptada } from './curso-fila.tsx';
import { estadoDe } from './envios-estado.ts';
import { loProximo } from './por-cerrar-palabras.ts';

// What an Excel file of each page has, in the page's words; a RUT without dots, as other programs take it.

type Linea = Of<'hoy'>['proveedores'][number]['cursos'][number];

export type ColumnaDeCurso = 'pendientes' | 'tiene' | 'noches' | 'termina';

/** Of the courses on Hoy. */
export const CURSOS: Columna<Linea, ColumnaDeCurso>[] = [
  { titulo: 'Curso', ancho: 44, celda: ({ titulo }) => titulo },
  { titulo: 'Código de oferta', ancho: 24, celda: ({ codigoOferta }) => codigoOferta },
  { titulo: 'Grupo', ancho: 24, celda: ({ codigoGrupo }) => codigoGrupo },
  { titulo: 'Alumnos', ancho: 10, celda: ({ cuenta }) => cuenta?.alumnos ?? null },
  { titulo: 'Los tiene', de: 'tiene', ancho: 10, celda: ({ cuenta }) => cuenta?.loTiene ?? null },
  { titulo: 'Pendientes', de: 'pendientes', ancho: 11, celda: ({ cuenta }) => cuenta?.pendientes ?? null },
  { titulo: 'Rechazados', de: 'pendientes', ancho: 11, celda: ({ cuenta }) => cuenta?.rechazados ?? null },
  { titulo: 'Sin enviar', de: 'pendientes', ancho: 11, celda: ({ cuenta }) => cuenta?.sinEnviar ?? null },
  { titulo: 'Retenidos', de: 'pendientes', ancho: 11, celda: ({ cuenta }) => cuenta?.retenidos ?? null },
  { titulo: 'No se sabe', de: 'pendientes', ancho: 11, celda: ({ cuenta }) => cuenta?.noSeSabe ?? null },
  { titulo: 'Conocidos', ancho: 11, celda: ({ cuenta }) => cuenta?.conocidos ?? null },
  {
    titulo: 'Termina',
    de: 'termina',
    ancho: 12,
    celda: ({ termina }) => (termina === null ? null : { dia: termina }),
  },
];

export type ColumnaPorCerrar = 'programa' | 'termina' | 'bajo' | 'pendientes' | 'riesgo' | 'proximo';

/** Of what ends. */
export const POR_CERRAR: Columna<CursoPorCerrar, ColumnaPorCerrar>[] = [
  { titulo: 'Curso', ancho: 44, celda: ({ titulo }) => titulo },
  { titulo: 'Código de oferta', ancho: 24, celda: ({ codigoOferta }) => codigoOferta },
  { titulo: 'Grupo', ancho: 24, celda: ({ codigoGrupo }) => codigoGrupo },
  { titulo: 'Programa', de: 'programa', ancho: 12, celda: ({ programa }) => programa ?? 'no sé' },
  { titulo: 'Termina', de: 'termina', ancho: 12, celda: ({ termina }) => ({ dia: termina }) },
  { titulo: 'Alumnos', ancho: 10, celda: ({ cuenta }) => cuenta.alumnos },
  { titulo: 'Bajo el mínimo', de: 'bajo', ancho: 14, celda: ({ bajo }) => bajo?.length ?? null },
  { titulo: 'Pendientes', de: 'pendientes', ancho: 11, celda: ({ cuenta }) => cuenta.pendientes },
  {
    titulo: 'En riesgo, en pesos',
    de: 'riesgo',
    ancho: 18,
    celda: ({ enRiesgo }) => enRiesgo?.pesos ?? null,
  },
  { titulo: 'Lo próximo', de: 'proximo', ancho: 40, celda: loProximo },
];

export type ColumnaDeEnvio = 'estado' | 'alumnos' | 'salio' | 'partes' | 'tardo';

/** Of what left, one row per course and night. */
export const ENVIOS: Columna<NocheEnviada, ColumnaDeEnvio>[] = [
  { titulo: 'Noche', ancho: 12, celda: ({ noche }) => ({ dia: noche }) },
  { titulo: 'Curso', ancho: 44, celda: ({ titulo }) => titulo },
  { titulo: 'Código de oferta', ancho: 24, celda: ({ codigoOferta }) => codigoOferta },
  { titulo: 'Grupo', ancho: 24, celda: ({ codigoGrupo }) => codigoGrupo },
  { titulo: 'Estado', de: 'estado', ancho: 26, celda: (linea) => estadoDe(linea).texto },
  { titulo: 'Alumnos', de: 'alumnos', ancho: 10, celda: ({ alumnos }) => alumnos },
  { titulo: 'Rechazados', de: 'estado', ancho: 11, celda: ({ rechazados }) => rechazados },
  { titulo: 'Sin respuesta', de: 'estado', ancho: 13, celda: ({ sinRespuesta }) => sinRespuesta },
  {
    titulo: 'Salió, hora de Santiago',
    de: 'salio',
    ancho: 22,
    celda: ({ salio }) => (salio === null ? null : hora(salio)),
  },
  {
    titulo: 'Tardó, en segundos',
    de: 'tardo',
    ancho: 18,
    celda: ({ milisegundos }) => (milisegundos === null ? null : Math.round(milisegundos / 1000)),
  },
  { titulo: 'Lo pidió una persona', de: 'salio', ancho: 20, celda: ({ aMano }) => (aMano ? 'sí' : 'no') },
  { titulo: 'Partes', de: 'partes', ancho: 8, celda: ({ partes }) => partes.length },
  {
    titulo: 'Procesos',
    de: 'partes',
    ancho: 24,
    celda: ({ partes }) => partes.flatMap(({ idProceso }) => idProceso ?? []).join(', '),
  },
];

/** Of the proof of each course. */
export const EVIDENCIA: Columna<Of<'resumenDeEvidencia'>['cursos'][number]>[] = [
  { titulo: 'Curso', ancho: 44, celda: ({ titulo }) => titulo },
  { titulo: 'Código de oferta', ancho: 24, celda: ({ codigoOferta }) => codigoOferta },
  { titulo: 'Grupo', ancho: 24, celda: ({ codigoGrupo }) => codigoGrupo },
  { titulo: 'Envíos', ancho: 10, celda: ({ envios }) => envios },
  { titulo: 'Con respuesta guardada', ancho: 22, celda: ({ conRespuesta }) => conRespuesta },
  { titulo: 'Alumnos', ancho: 10, celda: ({ alumnos }) => alumnos },
  { titulo: 'Confirmados', ancho: 12, celda: ({ confirmados }) => confirmados },
  { titulo: 'Desde', ancho: 12, celda: ({ desde }) => ({ dia: desde }) },
  { titulo: 'Hasta', ancho: 12, celda: ({ hasta }) => ({ dia: hasta }) },
];

/** Of who did what. */
export const BITACORA: Columna<Of<'bitacora'>['hechos'][number]>[] = [
  { titulo: 'Día', ancho: 12, celda: (hecho) => ({ dia: fechaDe(hecho.cuando) }) },
  { titulo: 'Hora de Santiago', ancho: 16, celda: (hecho) => hora(hecho.cuando) },
  { titulo: 'Quién', ancho: 28, celda: ({ quien }) => quien },
  { titulo: 'Qué', ancho: 90, celda: frase },
  { titulo: 'Desde', ancho: 18, celda: ({ direccion }) => direccion },
];

/** Of who is to be corrected. */
export const POR_CORREGIR: Columna<ErrorAbierto>[] = [
  { titulo: 'Alumno', ancho: 34, celda: ({ nombre }) => nombre },
  { titulo: 'RUT', ancho: 13, celda: ({ rut }) => rut },
  { titulo: 'Problema', ancho: 44, celda: ({ problema }) => problema.titulo },
  { titulo: 'Qué hacer', ancho: 60, celda: ({ problema }) => problema.porQue },
  { titulo: 'Curso', ancho: 44, celda: ({ titulo }) => titulo },
  { titulo: 'Código de oferta', ancho: 24, celda: ({ codigoOferta }) => codigoOferta },
  { titulo: 'Grupo', ancho: 24, celda: ({ codigoGrupo }) => codigoGrupo },
  { titulo: 'Módulo', ancho: 20, celda: ({ codigoModulo }) => codigoModulo },
  { titulo: 'Desde', ancho: 12, celda: ({ desde }) => ({ dia: fechaDe(desde) }) },
];

/** Of a course's students: the columns that are shown, each module with its percentage. */
export function alumnosDe(
  codigos: readonly string[],
  ve: (columna: ColumnaDeAlumno) => boolean,
  decir: (texto: string) => string,
): Columna<AlumnoComparado>[] {
  const de = (columna: ColumnaDeAlumno, propias: Columna<AlumnoComparado>[]) => (ve(columna) ? propias : []);
  return [
    { titulo: 'Alumno', ancho: 34, celda: ({ nombre }) => nombre },
    { titulo: 'RUT', ancho: 13, celda: ({ rut }) => rut },
    ...de('estado', [
      {
        titulo: 'Estado',
        ancho: 24,
        celda: ({ estado, enLaFuente }) =>
          enLaFuente ? (estado === null ? null : decir(enEstado(estado))) : 'Ya no viene en la lista',
      },
    ]),
    ...de(
      'modulos',
      codigos.map((codigo) => ({
        titulo: `Avance en ${codigo}, %`,
        ancho: 26,
        celda: ({ modulos }: AlumnoComparado) =>
          modulos.find(({ codigoModulo }) => codigoModulo === codigo)?.ahora?.porcentajeAvance ?? null,
      })),
    ),
    ...de('total', [
      { titulo: 'Avance en el curso, %', ancho: 20, celda: ({ ahora }) => ahora?.porcentajeAvance ?? null },
    ]),
    ...de('conectado', [
      {
        titulo: 'Conectado, en segundos',
        ancho: 22,
        celda: ({ ahora }) => ahora?.tiempoConectividad ?? null,
      },
    ]),
    ...de('alDia', [
      {
        titulo: decir('SENCE al día'),
        ancho: 14,
        celda: ({ modulos }) => {
          const ultima = ultimaAceptada(modulos);
          return ultima === null ? null : { dia: ultima };
        },
      },
    ]),
  ];
}
