import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { EnvioDetalle } from '../../../src/api.ts';
import { duracion, noche, numero } from '../format.ts';

type Registro = Omit<EnvioDetalle['registrosEnviados'][number], 'rut'> & { rut?: string };

const PAGINA = 100;
const TONO = { aceptado: 'bien', rechazado: 'mal', 'sin respuesta': 'espera' } as const;

/** Records student × module with what SENCE said of each. */
export function Registros({ registros, conRut = false }: { registros: Registro[]; conRut?: boolean }) {
  const [mostrados, setMostrados] = useState(PAGINA);
  if (registros.length === 0) return <p className="suave">No hay registros.</p>;
  return (
    <>
      <div className="tabla">
        <table className="apilada">
          <thead>
            <tr>
              <th scope="col">{conRut ? 'Alumno' : 'Noche'}</th>
              <th scope="col">Módulo</th>
              <th scope="col" className="n">
                Avance
              </th>
              <th scope="col" className="n">
                Tiempo
              </th>
              <th scope="col">Respuesta de SENCE</th>
            </tr>
          </thead>
          <tbody>
            {registros.slice(0, mostrados).map((registro) => (
              <tr key={`${registro.rut} ${registro.codigoEnvio} ${registro.codigoModulo}`}>
                <th scope="row">
                  {conRut ? (
                    registro.rut
                  ) : (
                    <Link to="/envios/$codigoEnvio" params={{ codigoEnvio: registro.codigoEnvio }}>
                      {noche(registro.noche)}
                    </Link>
                  )}
                </th>
                <td data-titulo="Módulo">{registro.codigoModulo}</td>
                <td className="n" data-titulo="Avance">
                  {numero(registro.porcentajeAvance)} %
                </td>
                <td className="n" data-titulo="Tiempo">
                  {duracion(registro.tiempoConectividad)}
                </td>
                <td data-titulo="Respuesta">
                  <span className={`sello ${TONO[registro.resultado]}`}>{registro.resultado}</span>{' '}
                  {registro.motivo}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {registros.length > mostrados && (
        <p>
          <button type="button" onClick={() => setMostrados(mostrados + PAGINA)}>
            Mostrar más ({registros.length - mostrados} quedan)
          </button>
        </p>
      )}
    </>
  );
}
