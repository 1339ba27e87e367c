import type { CursoClave, ErrorAbierto } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { cuando } from '../format.ts';
import { Vacio } from '../parts/estado.tsx';
import { QuienEs } from '../parts/quien.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import type { Arreglos } from './arreglos.tsx';

type Decision = Of<'decisionesVistas'>['decisiones'][number];

/** Somebody of whom was said that nobody has to correct it. */
export interface Conocido extends CursoClave {
  rut: string;
  nombre: string | null;
  motivo: string | null;
  quien: string | null;
  cuando: string;
  /** Null: nothing of it is sent any more. */
  seEnvia: boolean;
  decisiones: number[];
}

/** Each student once, by course: by what was decided, and by what was marked without a decision. */
export function conocidosDe(errores: readonly ErrorAbierto[], abiertas: readonly Decision[]): Conocido[] {
  const found = new Map<string, Conocido>();
  for (const decision of abiertas) {
    const { rut, tipo, codigoModulo, rutOtec, codigoOferta, codigoGrupo } = decision;
    if (rut === null || codigoModulo !== null || (tipo !== 'conocido' && tipo !== 'no-informar')) continue;
    const clave = claveDe({ ...decision, rut });
    const known = found.get(clave);
    const { nombre, motivo, quien, cuando: instante } = decision;
    found.set(clave, {
      ...{ rutOtec, codigoOferta, codigoGrupo, rut, nombre, motivo, quien, cuando: instante },
      seEnvia: tipo !== 'no-informar' && (known?.seEnvia ?? true),
      decisiones: [...(known?.decisiones ?? []), decision.id],
    });
  }
  for (const { conocido, rut, nombre, rutOtec, codigoOferta, codigoGrupo } of errores) {
    if (conocido === null || rut === null) continue;
    const course = { rutOtec, codigoOferta, codigoGrupo };
    const clave = claveDe({ ...course, rut });
    if (found.has(clave)) continue;
    found.set(clave, {
      ...{ ...course, rut, nombre, motivo: null, quien: null, cuando: conocido },
      ...{ seEnvia: true, decisiones: [] },
    });
  }
  return [...found.values()];
}

export function Conocidos({ conocidos, arreglos }: { conocidos: Conocido[]; arreglos: Arreglos }) {
  const puede = usePuedeEnviar();
  if (conocidos.length === 0) {
    return (
      <Vacio titulo="No hay casos conocidos.">
        <p>Aquí queda quien usted marque como conocido, con el motivo, y desde aquí se deshace.</p>
      </Vacio>
    );
  }
  return (
    <div className="tabla">
      <table className="apilada">
        <caption className="solo-lector">Casos conocidos</caption>
        <thead>
          <tr>
            <th scope="col">Alumno</th>
            <th scope="col">Motivo</th>
            <th scope="col">Quién y cuándo</th>
            <th scope="col">Se envía</th>
            <th scope="col">
              <span className="solo-lector">Más</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {conocidos.map((uno) => (
            <tr key={claveDe(uno)}>
              <th scope="row">
                <QuienEs curso={uno} rut={uno.rut} nombre={uno.nombre} />
              </th>
              <td data-titulo="Motivo">{uno.motivo ?? 'Sin motivo escrito'}</td>
              <td data-titulo="Quién">
                {uno.quien ?? 'No quedó escrito'}
                <div className="chico tenue">{cuando(uno.cuando)}</div>
              </td>
              <td data-titulo="Se envía">{uno.seEnvia ? 'Sí, cada noche' : 'No'}</td>
              <td className="n">
                {puede && uno.decisiones.length > 0 && (
                  <button
                    type="button"
                    className="llano bajo"
                    disabled={arreglos.ocupado}
                    onClick={() => arreglos.deshacer(uno.decisiones)}
                  >
                    Deshacer<span className="solo-lector"> lo de {uno.nombre ?? uno.rut}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function claveDe({ rutOtec, codigoOferta, codigoGrupo, rut }: CursoClave & { rut: string }): string {
  return `${rutOtec} ${codigoOferta} ${codigoGrupo} ${rut}`;
}
