import { hallazgoOf, heldError } from '../explain.ts';
import type { Recorded } from '../outcome.ts';
import type { PlannedCourse, PlannedPart } from '../plan/course.ts';
import type { EnvioHecho } from '../results.ts';

type Whose = Pick<EnvioHecho, 'codigoEnvio' | 'rutOtec' | 'codigoOferta' | 'codigoGrupo' | 'titulo'>;

/** A call that was answered. What was held back of its students is told with it. */
export function answered(
  whose: Whose,
  recorded: Recorded,
  part: PlannedPart,
  findings: PlannedCourse['findings'],
): EnvioHecho {
  const { estado, idProceso, aceptados, rechazados, errores } = recorded;
  const retenidos = recordsHeld(part);
  return {
    ...whose,
    idProceso,
    resultado: estado === 'aceptado' && part.held.length > 0 ? 'parcial' : estado,
    aceptados,
    rechazados,
    retenidos,
    errores: [...errores, ...part.held.map(({ issue }) => heldError(issue))],
    avisos: [...findings, ...part.warnings].map(hallazgoOf),
  };
}

/** A call whose outcome is not known. What was held back of its students is told with it all the same. */
export function uncertain(
  whose: Whose,
  registros: number,
  mensaje: string,
  held: PlannedPart['held'] = [],
): EnvioHecho {
  return {
    ...whose,
    idProceso: null,
    resultado: 'incierto',
    aceptados: 0,
    rechazados: 0,
    retenidos: recordsHeld({ held }),
    errores: held.map(({ issue }) => heldError(issue)),
    avisos: [
      {
        codigo: null,
        ruta: '',
        mensaje: `No se sabe todavía si SENCE recibió este envío (${registros === 1 ? 'un registro' : `${registros} registros`}). ${mensaje}`,
        queHacer:
          'No hay que enviarlo de otra manera: vuelva a ejecutar «puente enviar» más tarde (o deje «puente servir» funcionando) y se aclarará solo, sin duplicar nada.',
        gravedad: 'aviso',
      },
    ],
  };
}

/** A course of which nothing was left to send. */
export function retained({
  rutOtec,
  codigoOferta,
  codigoGrupo,
  titulo,
  held,
  findings,
}: PlannedCourse): EnvioHecho {
  return {
    codigoEnvio: null,
    rutOtec,
    codigoOferta,
    codigoGrupo,
    titulo,
    idProceso: null,
    resultado: 'retenido',
    aceptados: 0,
    rechazados: 0,
    retenidos: recordsHeld({ held }),
    errores: held.map(({ issue }) => heldError(issue)),
    avisos: findings.map(hallazgoOf),
  };
}

function recordsHeld({ held }: Pick<PlannedPart, 'held'>): number {
  return held.reduce((sum, { records }) => sum + records, 0);
}
