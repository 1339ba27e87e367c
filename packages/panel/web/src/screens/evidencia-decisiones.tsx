import type { DecisionVista } from '../../../src/api.ts';
import { cuando, dia, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Falla } from '../parts/estado.tsx';
import { QuienEs } from '../parts/quien.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { useArreglos } from './arreglos.tsx';

/** What people decided and still counts: about whom, what, why, who and until when. Kept figures come first. */
export function DecisionesVigentes({ decisiones }: { decisiones: DecisionVista[] }) {
  const decir = useDecir();
  const puede = usePuedeEnviar();
  const arreglos = useArreglos();
  const orden = [...decisiones].sort((a, b) => rango(a) - rango(b));
  return (
    <section className="tabla" aria-labelledby="decisiones">
      <div className="tabla-barra">
        <h2 id="decisiones">Decisiones de personas que siguen vigentes</h2>
        <span className="chico suave">{numero(decisiones.length)}</span>
      </div>
      {arreglos.falla && <Falla error={arreglos.falla} />}
      {decisiones.length === 0 ? (
        <p className="cuerpo suave">
          Ninguna. Aquí se ve cada cifra que se mantiene, cada caso conocido y cada código que se lee de otra
          forma, con quién lo decidió y por qué.
        </p>
      ) : (
        <table className="apilada">
          <caption className="solo-lector">Decisiones vigentes</caption>
          <thead>
            <tr>
              <th scope="col">Alumno</th>
              <th scope="col">Qué se decidió</th>
              <th scope="col">Por qué</th>
              <th scope="col">Quién y hasta cuándo</th>
              {puede && (
                <th scope="col">
                  <span className="solo-lector">Acciones</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {orden.map((decision) => (
              <tr key={decision.id}>
                <th scope="row">
                  {decision.rut === null ? (
                    'Todos los alumnos'
                  ) : (
                    <QuienEs curso={decision} rut={decision.rut} nombre={decision.nombre} />
                  )}
                  <div className="chico tenue">{decision.titulo}</div>
                </th>
                <td data-titulo="Qué se decidió">
                  <div className="quien">
                    <span>{queSeDecidio(decision)}</span>
                    <span className="chico tenue">{decir(queResulta(decision))}</span>
                  </div>
                </td>
                <td data-titulo="Por qué">{decir(decision.motivo ?? 'Sin motivo escrito')}</td>
                <td data-titulo="Quién y hasta cuándo">
                  <div className="quien">
                    <span>
                      {decision.quien}, {cuando(decision.cuando)}
                    </span>
                    <span className="chico tenue">{decir(hastaCuando(decision))}</span>
                  </div>
                </td>
                {puede && (
                  <td>
                    <button
                      type="button"
                      className="llano bajo"
                      disabled={arreglos.ocupado}
                      onClick={() => arreglos.deshacer([decision.id])}
                    >
                      {decision.tipo === 'mantener' ? 'Dejar de mantenerla' : 'Deshacer'}
                      <span className="solo-lector"> {decision.nombre ?? decision.titulo}</span>
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="tabla-pie">
        <span>
          {decir(
            'Una cifra mantenida le informa a SENCE algo que la planilla no dice: va también en Por cerrar y en el correo del lunes.',
          )}
        </span>
      </div>
    </section>
  );
}

const ORDEN = ['mantener', 'conocido', 'no-informar', 'codigo', 'informar'] as const;

function rango({ tipo }: DecisionVista): number {
  return ORDEN.indexOf(tipo);
}

function queSeDecidio({ tipo, informa, valor }: DecisionVista): string {
  if (tipo === 'mantener')
    return informa === null
      ? 'Cifra mantenida: se sigue informando la última aceptada'
      : `Cifra mantenida: se informa ${numero(informa)} %`;
  if (tipo === 'codigo') return `El módulo se informa como ${valor ?? ''}`;
  if (tipo === 'informar') return 'Se informa';
  return tipo === 'conocido' ? 'Caso conocido' : 'No se informa';
}

function queResulta({ tipo, codigoModulo }: DecisionVista): string {
  const modulo = codigoModulo === null ? 'todos sus módulos' : `módulo ${codigoModulo}`;
  if (tipo === 'mantener') return `${modulo}, mientras su planilla diga menos`;
  if (tipo === 'codigo') return `la planilla dice ${codigoModulo ?? ''}`;
  if (tipo === 'informar') return 'desde esa noche se envía';
  return tipo === 'conocido' ? 'no se cuenta entre los pendientes' : 'desde esa noche no se envía';
}

export function hastaCuando({ tipo, informa, termina }: DecisionVista): string {
  if (tipo === 'mantener') {
    const alcance = informa === null ? 'la alcance' : `llegue a ${numero(informa)} %`;
    return `hasta que la planilla ${alcance}${termina === null ? ', o el curso termine' : `, o el ${dia(termina)}`}`;
  }
  if (tipo === 'conocido') return 'hasta que cambie el dato o la respuesta';
  return 'hasta que alguien la deshaga';
}
