import { Link } from '@tanstack/react-router';
import { ArrowRight, Check } from 'lucide-react';
import { useState } from 'react';
import type { ErrorAbierto } from '../../../src/api.ts';
import { cuando, dia, fechaDe, numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Icono } from '../parts/icono.tsx';
import { useImprimiendo } from '../parts/imprimiendo.ts';
import { QuienEs } from '../parts/quien.tsx';
import { VerTodos } from '../parts/ver-todos.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import type { Arreglos } from './arreglos.tsx';
import { Botones } from './botones.tsx';
import { MarcarConocido } from './conocido.tsx';
import { type Grupo, personasDe } from './problemas.ts';

const A_LA_VISTA = 5;

/** Equal problems, told once: how many, what, why, what mends it; then whom it is about, each in a row. */
export function GrupoDeProblemas({
  grupo,
  arreglos,
  nivel: Titulo = 'h2',
}: {
  grupo: Grupo;
  arreglos: Arreglos;
  nivel?: 'h2' | 'h3';
}) {
  const decir = useDecir();
  const [todos, setTodos] = useState(false);
  const { titulo, porQue, tono, errores } = grupo;
  const imprimiendo = useImprimiendo();
  const vistos = todos || imprimiendo ? errores : errores.slice(0, A_LA_VISTA);
  const personas = personasDe(errores);
  return (
    <section className="tarjeta problema" aria-label={decir(titulo)}>
      <header>
        <span className={`cuanto ${tono}`}>
          {numero(personas)}
          <span className="solo-lector"> {personas === 1 ? 'alumno' : 'alumnos'}</span>
        </span>
        <div>
          <Titulo>{decir(titulo)}</Titulo>
          <p className="por-que">{decir(porQue)}</p>
        </div>
        <div className="hacer">
          <Botones grupo={grupo} arreglos={arreglos} />
        </div>
      </header>
      <div className="tabla">
        <table className="apilada">
          <caption className="solo-lector">{decir(titulo)}</caption>
          <thead>
            <tr>
              <th scope="col">Alumno</th>
              <th scope="col">Curso</th>
              <th scope="col">Dónde está</th>
              <th scope="col">Revise</th>
              <th scope="col">
                <span className="solo-lector">Más</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {vistos.map((error) => (
              <Fila key={error.id} error={error} grupo={grupo} arreglos={arreglos} />
            ))}
          </tbody>
        </table>
      </div>
      {errores.length > vistos.length && <VerTodos son={errores.length} onVer={() => setTodos(true)} />}
      <QueDijo grupo={grupo} />
    </section>
  );
}

function Fila({ error, grupo, arreglos }: { error: ErrorAbierto; grupo: Grupo; arreglos: Arreglos }) {
  const puede = usePuedeEnviar();
  const decir = useDecir();
  const [marcando, setMarcando] = useState(false);
  const listo = arreglos.listo(error);
  const { nombre, rut, titulo, bajada, desde } = error;
  return (
    <tr>
      <th scope="row">
        <Quien error={error} />
      </th>
      <td data-titulo="Curso">
        <div className="quien">
          <span>{titulo}</span>
          <span className="chico tenue">desde {dia(fechaDe(desde))}</span>
        </div>
      </td>
      <td data-titulo="Dónde está">
        <Donde error={error} />
      </td>
      <td data-titulo={bajada === null ? 'Revise' : decir('SENCE tiene, la planilla dice')}>
        {bajada === null ? decir(grupo.revise(error)) : <DeA error={error} bajada={bajada} />}
      </td>
      <td className="n">
        {listo !== null ? (
          <span className="sello mudo">
            <Icono de={Check} />
            {listo.texto}
          </span>
        ) : (
          puede && (
            <button type="button" className="llano bajo" onClick={() => setMarcando(true)}>
              Marcar como conocido…
              <span className="solo-lector"> {nombre ?? (rut === null ? titulo : rutDe(rut))}</span>
            </button>
          )
        )}
        {marcando && <MarcarConocido error={error} arreglos={arreglos} onClose={() => setMarcando(false)} />}
      </td>
    </tr>
  );
}

export function Quien({ error }: { error: ErrorAbierto }) {
  const { rut, nombre, alumnos } = error;
  if (rut === null) {
    return (
      <div className="quien">
        <strong>
          {alumnos > 1 ? `Todo el curso: ${numero(alumnos)} alumnos` : 'Sin RUT que se pueda leer'}
        </strong>
      </div>
    );
  }
  return <QuienEs curso={error} rut={rut} nombre={nombre} />;
}

function DeA({
  error: { codigoModulo },
  bajada,
}: {
  error: ErrorAbierto;
  bajada: NonNullable<ErrorAbierto['bajada']>;
}) {
  return (
    <div className="quien">
      <span className="de-a">
        <b>{numero(bajada.de)} %</b>
        <Icono de={ArrowRight} />
        <span className="solo-lector">a</span>
        <b className="espera">{numero(bajada.a)} %</b>
      </span>
      <span className="codigo">{codigoModulo}</span>
    </div>
  );
}

/** `Fila 11, columna X`, and below it the file; in an LMS, the way to the person's page. */
function Donde({ error: { lugar, url } }: { error: ErrorAbierto }) {
  const [archivo, ...resto] = (lugar ?? '').split(', ');
  const sitio = resto.join(', ');
  return (
    <div className="quien">
      {sitio !== '' && <span>{sitio.charAt(0).toUpperCase() + sitio.slice(1)}</span>}
      {archivo !== '' && <span className="codigo">{archivo}</span>}
      {url !== null && (
        <a href={url} target="_blank" rel="noreferrer">
          Abrir su ficha<span className="solo-lector"> (se abre aparte)</span>
        </a>
      )}
    </div>
  );
}

/** For whoever wants to know, and for the technician: SENCE's own words and code. */
function QueDijo({ grupo: { errores } }: { grupo: Grupo }) {
  const decir = useDecir();
  const dichos = [
    ...new Set(errores.filter(({ origen }) => origen === 'gestor').map(({ mensaje }) => mensaje)),
  ];
  const [first] = errores;
  if (first === undefined) return null;
  const { codigo, origen, explicacion, ultimaVez, mensaje } = first;
  return (
    <details className="plegado">
      <summary>{decir('Qué dijo SENCE y por qué suele pasar')}</summary>
      <div>
        {dichos.slice(0, A_LA_VISTA).map((dicho) => (
          <p key={dicho}>{decir(`SENCE dijo: «${dicho}»`)}</p>
        ))}
        {origen === 'previa' && <p>{mensaje}</p>}
        {explicacion !== mensaje && <p>{explicacion}</p>}
        <p className="tenue">
          {codigo !== null && `${origen === 'gestor' ? 'Código' : 'Sería el código'} ${codigo} · `}
          {origen === 'gestor' ? 'respondido' : 'retenido'} el {cuando(ultimaVez)}
        </p>
        {codigo !== null && (
          <p>
            <Link to="/ayuda/errores/$codigo" params={{ codigo }}>
              Qué hacer, en orden
            </Link>
          </p>
        )}
      </div>
    </details>
  );
}
