import type { RecordResult } from '@puente-sic/protocol';
import { readFigure } from '@puente-sic/protocol';
import type { Juzgado } from '../judge/call.ts';
import { readAlumnoRut } from '../judge/rut.ts';
import { isObject } from '../judge/values.ts';
import type { AlumnoJuzgado, Avance, ModuloJuzgado } from '../judge/veredicto.ts';

/** Our verdict with its own answer, to be stored as if we had accepted what the other Gestor did, and nothing else. */
export function seguir(nuestro: Juzgado, suyos: readonly RecordResult[]): Juzgado {
  const fates = new Map(suyos.map(({ position, fate }) => [position.join(), fate]));
  return {
    ...nuestro,
    alumnos: nuestro.alumnos.map((alumno, at) => ({
      ...alumno,
      modulos: alumno.modulos.map((modulo, index) => {
        const fate = fates.get(`${at},${index}`);
        if (fate === 'rejected') return stored(modulo, null);
        return fate === 'accepted' ? stored(modulo, modulo.avance ?? avanceOf(alumno, modulo)) : modulo;
      }),
    })),
  };
}

function stored(modulo: ModuloJuzgado, avance: Avance | null): ModuloJuzgado {
  return { ...modulo, avance, registro: { ...modulo.registro, estado_registro: avance ? 1 : 3 } };
}

/** Null where a value that they took cannot be read. */
function avanceOf({ enviado }: AlumnoJuzgado, modulo: ModuloJuzgado): Avance | null {
  const rut = isObject(enviado) ? readAlumnoRut(enviado) : null;
  const porcentajeAvance = isObject(modulo.enviado) ? readFigure(modulo.enviado.porcentajeAvance) : null;
  if (rut === null || modulo.codigoModulo === null || porcentajeAvance === null) return null;
  return { rutAlumno: rut.numero, codigoModulo: modulo.codigoModulo, porcentajeAvance };
}
