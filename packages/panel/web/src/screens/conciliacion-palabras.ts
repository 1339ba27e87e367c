import type { Of } from '../api.ts';
import type { Columna } from '../excel.ts';
import { duracion, numero } from '../format.ts';

// How the three sides are told: the source, what Puente sent last, what SENCE has.

export type Alumno = Of<'conciliacion'>['alumnos'][number];
export type Lado = Alumno['lado'];
export type Causa = NonNullable<Alumno['causa']>;
type Modulo = Alumno['modulos'][number];
type Dato = Modulo['distintos'][number];

/** The students that make up the whole, in the order of the bar; who is in no list stands outside of it. */
export const PARTES = [
  {
    lado: 'igual',
    clase: 'lo-tiene',
    ficha: 'Iguales',
    uno: 'igual en los tres',
    varios: 'iguales en los tres',
  },
  {
    lado: 'cambio',
    clase: 'de-marca',
    ficha: 'Cambiaron',
    uno: 'cambió después del último envío',
    varios: 'cambiaron después del último envío',
  },
  { lado: 'por-mirar', clase: 'rechazado', ficha: 'Por mirar', uno: 'por mirar', varios: 'por mirar' },
  {
    lado: 'sin-comparar',
    clase: 'no-se-sabe',
    ficha: 'Sin comparar',
    uno: 'sin comparar',
    varios: 'sin comparar',
  },
  {
    lado: 'conocido',
    clase: 'conocido',
    ficha: 'Conocidos',
    uno: 'caso conocido',
    varios: 'casos conocidos',
  },
] as const satisfies readonly { lado: Lado; clase: string; ficha: string; uno: string; varios: string }[];

interface Grupo {
  titulo: string;
  porQue: string;
  tono: 'mal' | 'espera' | '';
}

/** By cause, what is most urgent first. */
export const CAUSAS: Record<Causa, Grupo> = {
  rechazado: {
    titulo: 'SENCE los rechazó',
    porQue:
      'Están en su planilla y se enviaron, pero SENCE no los aceptó. El motivo de cada uno está en Por corregir.',
    tono: 'mal',
  },
  'falta-en-sence': {
    titulo: 'SENCE los aceptó, y su historial no los muestra',
    porQue:
      'Puente tiene la respuesta en que SENCE los acepta. Si se enviaron hace poco, vuelva a comparar en unos minutos; si mañana sigue igual, pregunte a SENCE con la prueba del envío.',
    tono: 'mal',
  },
  'no-coincide': {
    titulo: 'SENCE tiene otra cosa que lo enviado',
    porQue:
      'Lo que muestra el historial de SENCE no es lo último que Puente le envió: suele haberlo enviado otra herramienta. El próximo envío lo iguala, salvo que el avance baje.',
    tono: 'mal',
  },
  retenido: {
    titulo: 'Puente los retuvo',
    porQue: 'SENCE los habría rechazado. El motivo de cada uno está en Por corregir.',
    tono: 'espera',
  },
  'sin-enviar': {
    titulo: 'Todavía no se envían',
    porQue: 'Se perdió su noche, o el curso aún no ha tenido una. Salen con el próximo envío.',
    tono: 'espera',
  },
  'no-se-sabe': {
    titulo: 'SENCE no dio una respuesta clara',
    porQue: 'Puente lo está averiguando en el historial. No los envía dos veces.',
    tono: 'espera',
  },
  'modulo-que-no-viene': {
    titulo: 'Falta un módulo en su planilla',
    porQue:
      'El alumno viene; alguno de los módulos que SENCE tiene suyos, no. SENCE conserva lo que muestra su historial.',
    tono: 'espera',
  },
  salio: {
    titulo: 'Ya no vienen en su planilla',
    porQue:
      'Quedan fuera de la suma. SENCE conserva lo que se ve aquí. Si alguien se retiró, márquelo y no volverá a aparecer. Si falta por error, agréguelo.',
    tono: '',
  },
  'solo-en-sence': {
    titulo: 'Solo los tiene SENCE',
    porQue:
      'Quedan fuera de la suma. No vienen en su planilla y Puente nunca los envió: los envió otra herramienta. Revise si deben estar en el curso.',
    tono: '',
  },
};

/** What a side has: a figure, the range of several modules, or nothing. */
export function cifraDe(modulos: readonly Modulo[], lado: 'lms' | 'registro' | 'sence'): string {
  const cifras = modulos.flatMap((modulo) => modulo[lado] ?? []);
  if (cifras.length === 0) return 'nada';
  const [menor, mayor] = [Math.min(...cifras), Math.max(...cifras)];
  return menor === mayor ? `${numero(menor)} %` : `${numero(menor)} a ${numero(mayor)} %`;
}

/** Beyond the percentage, which the columns show: what the sides that tell it do not say alike, each once. */
export function otrosDatos(modulos: readonly Modulo[]): string[] {
  const otros = modulos.flatMap(({ distintos }) =>
    distintos.filter(({ campo }) => campo !== 'modulo.porcentajeAvance'),
  );
  const lados = [
    { lado: 'lms', dice: 'su planilla dice' },
    { lado: 'registro', dice: 'se aceptó' },
    { lado: 'sence', dice: 'SENCE tiene' },
  ] as const;
  return [
    ...new Set(
      otros.map(
        (otro) =>
          `${otro.nombre}: ${lados
            .flatMap(({ lado, dice }) => {
              const value = otro[lado];
              return value === null ? [] : `${dice} ${dato(otro.campo, value)}`;
            })
            .join(', ')}`,
      ),
    ),
  ];
}

function dato(campo: Dato['campo'], value: number | string): string {
  if (typeof value === 'string') return value.split('-').reverse().join('-');
  if (campo.endsWith('.tiempoConectividad')) return duracion(value);
  return campo.endsWith('.estado') ? (ESTADOS[value] ?? numero(value)) : `${numero(value)} %`;
}

const ESTADOS: Readonly<Record<number, string>> = { 1: 'cursando', 2: 'aprobado', 3: 'reprobado' };

/** A row of the Excel file: a student's module, or the student where all is alike. */
export type FilaConciliada = Alumno & { modulo: Modulo | null };

export function filasDe(alumnos: readonly Alumno[]): FilaConciliada[] {
  return alumnos.flatMap((alumno): FilaConciliada[] =>
    alumno.modulos.length === 0
      ? [{ ...alumno, modulo: null }]
      : alumno.modulos.map((modulo) => ({ ...alumno, modulo })),
  );
}

export const COLUMNAS: Columna<FilaConciliada>[] = [
  { titulo: 'Alumno', ancho: 34, celda: ({ nombre }) => nombre },
  { titulo: 'RUT', ancho: 13, celda: ({ rut }) => rut },
  { titulo: 'Curso', ancho: 44, celda: ({ titulo }) => titulo },
  { titulo: 'Código de oferta', ancho: 24, celda: ({ codigoOferta }) => codigoOferta },
  { titulo: 'Grupo', ancho: 24, celda: ({ codigoGrupo }) => codigoGrupo },
  { titulo: 'Módulo', ancho: 24, celda: ({ modulo }) => modulo?.codigoModulo ?? null },
  {
    titulo: 'Cómo está',
    ancho: 36,
    celda: ({ lado, causa }) =>
      causa === null ? (PARTES.find((parte) => parte.lado === lado)?.uno ?? null) : CAUSAS[causa].titulo,
  },
  { titulo: 'Su planilla, %', ancho: 13, celda: ({ modulo }) => modulo?.lms ?? null },
  { titulo: 'Último aceptado, %', ancho: 14, celda: ({ modulo }) => modulo?.registro ?? null },
  { titulo: 'SENCE tiene, %', ancho: 14, celda: ({ modulo }) => modulo?.sence ?? null },
];

export function claveDe({ rutOtec, codigoOferta, codigoGrupo }: Alumno): string {
  return `${rutOtec}/${codigoOferta}/${codigoGrupo}`;
}
