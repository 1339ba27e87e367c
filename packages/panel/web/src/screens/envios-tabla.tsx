import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { NocheEnviada } from '../../../src/api.ts';
import { cuantos, duracion, hora, noche, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Icono } from '../parts/icono.tsx';
import { estadoDe } from './envios-estado.ts';
import type { ColumnaDeEnvio } from './excel-columnas.ts';

type Ve = (columna: ColumnaDeEnvio) => boolean;

/** Lines under their night, the newest first. */
export function TablaDeNoches({ lineas, ve, filas }: { lineas: NocheEnviada[]; ve: Ve; filas: string }) {
  const noches = [...new Set(lineas.map((linea) => linea.noche))];
  return (
    <table className={`apilada ${filas}`}>
      <caption className="solo-lector">Envíos, uno por curso y noche</caption>
      <thead>
        <tr>
          <th scope="col">Curso</th>
          {ve('estado') && <th scope="col">Estado</th>}
          {ve('alumnos') && (
            <th scope="col" className="n">
              Alumnos
            </th>
          )}
          {ve('salio') && <th scope="col">Salió</th>}
          {ve('partes') && <th scope="col">Partes</th>}
          {ve('tardo') && (
            <th scope="col" className="n">
              Tardó
            </th>
          )}
        </tr>
      </thead>
      {noches.map((fecha) => {
        const propias = lineas.filter((linea) => linea.noche === fecha);
        const alumnos = propias.reduce((sum, linea) => sum + linea.alumnos, 0);
        return (
          <tbody key={fecha}>
            <tr className="fila-grupo">
              <th scope="rowgroup" colSpan={6}>
                Noche del {noche(fecha)} · {cuantos(propias.length, 'curso')}, {cuantos(alumnos, 'alumno')}
              </th>
            </tr>
            {propias.map((linea) => (
              <Fila
                key={`${linea.rutOtec} ${linea.codigoOferta} ${linea.codigoGrupo}`}
                linea={linea}
                ve={ve}
              />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Fila({ linea, ve }: { linea: NocheEnviada; ve: Ve }) {
  const { titulo, codigoOferta, codigoGrupo, alumnos, salio, milisegundos, partes, aMano } = linea;
  const primera = partes.find(({ estado }) => estado !== 'no-enviado') ?? partes[0];
  return (
    <tr>
      <th scope="row">
        <div className="quien">
          {primera === undefined ? (
            <span>{titulo}</span>
          ) : (
            <Link to="/envios/$codigoEnvio" params={{ codigoEnvio: primera.codigoEnvio }}>
              {titulo}
            </Link>
          )}
          <span className="codigo">
            {codigoGrupo === codigoOferta ? codigoOferta : `${codigoOferta} · ${codigoGrupo}`}
          </span>
        </div>
      </th>
      {ve('estado') && (
        <td data-titulo="Estado">
          <EstadoDeNoche linea={linea} />
          {linea.seSabe !== null && (
            <div className="chico suave">
              Se sabrá con certeza desde las {hora(linea.seSabe)}. No lo envíe otra vez.
            </div>
          )}
        </td>
      )}
      {ve('alumnos') && (
        <td className="n" data-titulo="Alumnos">
          {numero(alumnos)}
        </td>
      )}
      {ve('salio') && (
        <td data-titulo="Salió">
          {salio === null ? 'Todavía no' : hora(salio)}
          {aMano && <div className="chico tenue">lo pidió una persona</div>}
        </td>
      )}
      {ve('partes') && (
        <td data-titulo="Partes">
          <Partes partes={partes} />
        </td>
      )}
      {ve('tardo') && (
        <td className="n" data-titulo="Tardó">
          {tardo(milisegundos)}
        </td>
      )}
    </tr>
  );
}

/** Each part leads to what left and what came back; a try that never arrived is no part. */
function Partes({ partes }: Pick<NocheEnviada, 'partes'>) {
  const llegaron = partes.filter(({ estado }) => estado !== 'no-enviado');
  const perdidos = partes.filter(({ estado }) => estado === 'no-enviado');
  return (
    <>
      {llegaron.length > 0 && numero(llegaron.length)}
      {llegaron.length > 1 && (
        <>
          : de{' '}
          {llegaron.map(({ codigoEnvio, alumnos }, at) => (
            <Fragment key={codigoEnvio}>
              {at > 0 && (at === llegaron.length - 1 ? ' y ' : ', ')}
              <Link to="/envios/$codigoEnvio" params={{ codigoEnvio }}>
                {numero(alumnos)}
                <span className="solo-lector"> alumnos, parte {at + 1}</span>
              </Link>
            </Fragment>
          ))}
        </>
      )}
      {perdidos.map(({ codigoEnvio }) => (
        <div key={codigoEnvio} className="chico">
          <Link to="/envios/$codigoEnvio" params={{ codigoEnvio }}>
            Un intento no llegó
          </Link>
        </div>
      ))}
    </>
  );
}

function EstadoDeNoche({ linea }: { linea: NocheEnviada }) {
  const decir = useDecir();
  const { texto, tono, icono } = estadoDe(linea);
  return (
    <span className={`sello ${tono}`}>
      <Icono de={icono} />
      {decir(texto)}
    </span>
  );
}

function tardo(milisegundos: number | null): string {
  if (milisegundos === null) return '—';
  return milisegundos < 1000 ? 'menos de 1 s' : duracion(milisegundos / 1000);
}
