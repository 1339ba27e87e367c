import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { cuantos, numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useImprimiendo } from '../parts/imprimiendo.ts';
import { QuienEs } from '../parts/quien.tsx';
import { SubirPlanilla } from '../parts/subir.tsx';
import { VerTodos } from '../parts/ver-todos.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import type { Arreglos } from './arreglos.tsx';
import { type Alumno, CAUSAS, type Causa, cifraDe, otrosDatos } from './conciliacion-palabras.ts';

const A_LA_VISTA = 5;

/** Students whom the three sides tell differently for one cause: told once, with what mends it. */
export function GrupoConciliado({
  causa,
  alumnos,
  arreglos,
}: {
  causa: Causa;
  alumnos: Alumno[];
  arreglos: Arreglos;
}) {
  const decir = useDecir();
  const { titulo, porQue, tono } = CAUSAS[causa];
  return (
    <section className="tarjeta problema" aria-label={decir(titulo)}>
      <header>
        <span className={`cuanto ${tono}`}>
          {numero(alumnos.length)}
          <span className="solo-lector"> {alumnos.length === 1 ? 'alumno' : 'alumnos'}</span>
        </span>
        <div>
          <h2>{decir(titulo)}</h2>
          <p className="por-que">{decir(porQue)}</p>
        </div>
        <div className="hacer">
          <Salida causa={causa} cuantos={alumnos.length} />
        </div>
      </header>
      <TablaConciliada titulo={titulo} alumnos={alumnos} arreglos={causa === 'salio' ? arreglos : null} />
    </section>
  );
}

function Salida({ causa, cuantos: n }: { causa: Causa; cuantos: number }) {
  if (causa === 'rechazado' || causa === 'retenido')
    return (
      <Link className="boton" to="/por-corregir">
        {n === 1 ? 'Corregirlo' : `Corregir los ${numero(n)}`}
      </Link>
    );
  if (causa === 'no-se-sabe')
    return (
      <Link className="boton" to="/por-corregir" search={{ ver: 'averiguando' }}>
        Ver cómo va
      </Link>
    );
  if (causa === 'salio' || causa === 'modulo-que-no-viene')
    return <SubirPlanilla>Falta por error: subir la planilla</SubirPlanilla>;
  return null;
}

/** Each student with what each side has; `arreglos`: who left can be marked so. */
export function TablaConciliada({
  titulo,
  alumnos,
  arreglos = null,
}: {
  titulo: string;
  alumnos: Alumno[];
  arreglos?: Arreglos | null;
}) {
  const decir = useDecir();
  const [todos, setTodos] = useState(false);
  const imprimiendo = useImprimiendo();
  const vistos = todos || imprimiendo ? alumnos : alumnos.slice(0, A_LA_VISTA);
  return (
    <>
      <div className="tabla">
        <table className="apilada tres-lados">
          <caption className="solo-lector">{decir(titulo)}</caption>
          <thead>
            <tr>
              <th scope="col">Alumno</th>
              <th scope="col">Curso y módulo</th>
              <th scope="col" className="n">
                Su planilla
              </th>
              <th scope="col" className="n">
                Último aceptado
              </th>
              <th scope="col" className="n">
                {decir('SENCE tiene')}
              </th>
              {arreglos !== null && (
                <th scope="col">
                  <span className="solo-lector">Acciones</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {vistos.map((alumno) => (
              <Fila
                key={`${alumno.rutOtec} ${alumno.codigoOferta} ${alumno.codigoGrupo} ${alumno.rut}`}
                alumno={alumno}
                arreglos={arreglos}
              />
            ))}
          </tbody>
        </table>
      </div>
      {alumnos.length > vistos.length && <VerTodos son={alumnos.length} onVer={() => setTodos(true)} />}
    </>
  );
}

function Fila({ alumno, arreglos }: { alumno: Alumno; arreglos: Arreglos | null }) {
  const decir = useDecir();
  const { rut, nombre, titulo, modulos } = alumno;
  const [unico] = modulos;
  const otros = otrosDatos(modulos);
  return (
    <tr>
      <th scope="row">
        <QuienEs curso={alumno} rut={rut} nombre={nombre} />
      </th>
      <td data-titulo="Curso y módulo">
        <div className="quien">
          <span>{titulo}</span>
          {unico !== undefined && (
            <span className="codigo">
              {modulos.length === 1 ? unico.codigoModulo : cuantos(modulos.length, 'módulo')}
            </span>
          )}
          {otros.length > 0 && (
            <details className="chico">
              <summary>Qué más no coincide</summary>
              <ul className="tenue">
                {otros.map((otro) => (
                  <li key={otro}>{decir(otro)}</li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </td>
      {modulos.length === 0 ? (
        <td className="n" colSpan={3} data-titulo="En los tres">
          <span className="tenue">{alumno.lado === 'igual' ? 'lo mismo en los tres' : '—'}</span>
        </td>
      ) : (
        <>
          <Cifra titulo="Su planilla" texto={cifraDe(modulos, 'lms')} />
          <Cifra titulo="Último aceptado" texto={cifraDe(modulos, 'registro')} />
          <Cifra titulo={decir('SENCE tiene')} texto={cifraDe(modulos, 'sence')} />
        </>
      )}
      {arreglos !== null && (
        <td>
          <SeRetiro alumno={alumno} arreglos={arreglos} />
        </td>
      )}
    </tr>
  );
}

function Cifra({ titulo, texto }: { titulo: string; texto: string }) {
  return (
    <td className="n" data-titulo={titulo}>
      {texto === 'nada' ? <span className="tenue">nada</span> : texto}
    </td>
  );
}

/** Says that somebody left, so that the student is told no more; it is undone in the same place. */
function SeRetiro({ alumno, arreglos }: { alumno: Alumno; arreglos: Arreglos }) {
  const puede = usePuedeEnviar();
  const { rutOtec, codigoOferta, codigoGrupo, rut, nombre } = alumno;
  const dicho = arreglos.abiertas.find(
    (one) =>
      one.tipo === 'no-informar' &&
      one.rutOtec === rutOtec &&
      one.codigoOferta === codigoOferta &&
      one.codigoGrupo === codigoGrupo &&
      one.rut === rut,
  );
  if (!puede) return null;
  if (dicho !== undefined)
    return (
      <button
        type="button"
        className="llano bajo"
        disabled={arreglos.ocupado}
        onClick={() => arreglos.deshacer([dicho.id])}
      >
        Deshacer: se retiró<span className="solo-lector"> {nombre ?? rutDe(rut)}</span>
      </button>
    );
  return (
    <button
      type="button"
      className="llano bajo"
      disabled={arreglos.ocupado}
      onClick={() =>
        arreglos.decidir(
          [
            {
              ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo: null },
              ...{ tipo: 'no-informar' as const, motivo: 'Se retiró' },
            },
          ],
          [],
          `${nombre ?? 'El alumno'}: se retiró. No volverá a aparecer aquí ni se informa si vuelve a venir.`,
        )
      }
    >
      Se retiró<span className="solo-lector"> {nombre ?? rutDe(rut)}</span>
    </button>
  );
}
