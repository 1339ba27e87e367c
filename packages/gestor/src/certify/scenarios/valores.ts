import type { Alumno, Curso, Estado, Modulo } from '@puente-sic/protocol';
import { differsFromSheet } from '../compare.ts';
import { FECHA_FIN, FECHA_INICIO, invented, moduloOf } from '../course.ts';
import { type CursoHoja, type Escenario, fallado, SIN_INTENTO } from '../scenario.ts';
import { expectedRecords, type Hoja } from '../sheet.ts';
import { acceptedAll } from './accepted.ts';

/** One module's figures: seconds, percentage, estado, and its grade (0–100) where it has one. */
type Cifras = readonly [tiempo: number, porcentaje: number, estado: Estado, nota: number];
/** One student's own: its percentage, estado and final grade, and its two modules. */
type Fila = readonly [porcentaje: number, estado: Estado, evaluacion: number, m1: Cifras, m2: Cifras];

/** No two alike, so that a figure of one place in another's shows; the third has no activity at all. */
const FILAS: readonly Fila[] = [
  [68, 1, 85, [5400, 100, 2, 85], [61, 37, 1, 71]],
  [100, 2, 80, [43_200, 100, 2, 100], [7265, 100, 2, 60]],
  [0, 1, 0, [0, 0, 1, 0], [0, 0, 1, 0]],
  [56, 3, 35, [1799, 100, 3, 35], [125, 12, 1, 44]],
];

const CODIGO = 'CERT-VALORES';
const ESTADO = valoresState();
const CURSO: CursoHoja = {
  nombre: 'Valores',
  fechaInicio: FECHA_INICIO,
  fechaFin: FECHA_FIN,
  modulos: [`${CODIGO}-M1`, `${CODIGO}-M2`],
  inscritos: invented(21, FILAS.length),
  estados: [ESTADO],
};

/** It needs the sheet of all the others: what any of them sends is compared with it. */
export function valores(hoja: () => Hoja): Escenario {
  return {
    id: 'valores',
    nombre: 'Los valores de la hoja',
    instruccion: `Envíe el curso ${CODIGO}: cuatro alumnos, dos módulos cada uno, todos con cifras distintas.`,
    espera:
      'Que cada cifra llegue como está en la hoja: tiempos en segundos, porcentajes y notas de 0 a 100, el estado de cada uno. Con la versión 1 van sin notas ni cantidades.',
    mira: 'Todos los envíos con el token correcto, de cualquier curso de la hoja: cada cifra de cada alumno y módulo, y que nadie sobre. Las fechas y los nombres se miran aparte.',
    curso: CURSO,
    juzgar({ envios, todas }) {
      const sheet = hoja();
      const sent = todas.filter(({ endpoint, token }) => endpoint === 'enviarAvance' && token === 'correcto');
      for (const llamada of sent) {
        const wrong = differsFromSheet(llamada, sheet);
        if (wrong) return fallado(wrong);
      }
      return envios.length === 0 ? SIN_INTENTO : acceptedAll(envios, expectedRecords(ESTADO));
    },
  };
}

function valoresState(): Curso {
  return {
    codigoOferta: CODIGO,
    codigoGrupo: `${CODIGO}-A`,
    cantActividadSincronica: 3,
    cantActividadAsincronica: 12,
    listaAlumnos: invented(21, FILAS.length).map((rut, index) => alumno(rut, FILAS[index] as Fila)),
  };
}

function alumno(rut: string, [porcentajeAvance, estado, evaluacionFinal, m1, m2]: Fila): Alumno {
  const [numero, dvAlumno = ''] = rut.split('-');
  return {
    rutAlumno: Number(numero),
    dvAlumno,
    tiempoConectividad: m1[0] + m2[0],
    estado,
    porcentajeAvance,
    fechaInicio: FECHA_INICIO,
    fechaFin: FECHA_FIN,
    evaluacionFinal,
    listaModulos: [modulo('M1', m1, [1, 7]), modulo('M2', m2, [2, 5])],
  };
}

function modulo(
  code: string,
  [tiempoConectividad, porcentajeAvance, estado, notaModulo]: Cifras,
  [cantActividadSincronica, cantActividadAsincronica]: readonly [number, number],
): Modulo {
  const { listaActividades, ...fechas } = moduloOf(CODIGO, porcentajeAvance);
  return {
    ...fechas,
    codigoModulo: `${CODIGO}-${code}`,
    tiempoConectividad,
    porcentajeAvance,
    estado,
    notaModulo,
    cantActividadSincronica,
    cantActividadAsincronica,
    listaActividades,
  };
}
