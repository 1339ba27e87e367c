import { Check, GraduationCap } from 'lucide-react';
import { useState } from 'react';
import type { CursoSinInformar } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { cuantos, dia, fechaDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Falla } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { type DecidirCurso, useDecidirCurso } from './decidir-curso.tsx';
import { PonerAlDia } from './poner-al-dia.tsx';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** Courses of which somebody has to say whether they are reported, and what was said since the last night. */
export function CursosNuevos({ proveedor }: { proveedor: Proveedor }) {
  const decision = useDecidirCurso(proveedor.ventana.abierta);
  // Brought up to date it leaves the list, and what came of it is still to be read.
  const [alDia, setAlDia] = useState<CursoSinInformar | null>(null);
  const cursos = proveedor.sinInformar.filter(({ estado }) => estado !== 'no-se-informa');
  const esperan = cursos.filter(({ estado }) => estado !== 'elegido').length;
  return (
    <>
      {decision.falla && <Falla error={decision.falla} />}
      {cursos.length > 0 && (
        <section className="tarjeta partida" aria-labelledby="cursos-nuevos">
          <div className="tarjeta-cabeza">
            <h2 id="cursos-nuevos">
              {esperan === 0 ? 'Cursos nuevos' : `${cuantos(esperan, 'curso')} sin informar`}
            </h2>
          </div>
          <ul className="pendientes">
            {cursos.map((curso) => (
              <Fila key={claveDe(curso)} curso={curso} decision={decision} onAlDia={setAlDia} />
            ))}
          </ul>
        </section>
      )}
      {alDia && (
        <PonerAlDia curso={alDia} terminado={alDia.estado === 'terminado'} onClose={() => setAlDia(null)} />
      )}
    </>
  );
}

function Fila({
  curso,
  decision,
  onAlDia,
}: {
  curso: CursoSinInformar;
  decision: DecidirCurso;
  onAlDia: (curso: CursoSinInformar) => void;
}) {
  const decir = useDecir();
  const puede = usePuedeEnviar();
  const { fuente, titulo, estado, ultimoDia, alumnos } = curso;
  const quienes = alumnos === null ? '' : `, ${cuantos(alumnos, 'alumno')}`;
  return (
    <li>
      <span className="cuanto marca">
        <Icono de={estado === 'elegido' ? Check : GraduationCap} />
      </span>
      <div>
        <div className="que">
          {estado === 'terminado'
            ? `Terminó el ${dia(ultimoDia ?? '')}, antes de Puente: «${titulo}»${quienes}`
            : `Curso nuevo en «${fuente}»: «${titulo}»${quienes}`}
        </div>
        <div className="nombres">{decir(explicacion(curso, decision.cuando))}</div>
      </div>
      {puede && (
        <div className="hacer">
          {estado === 'nuevo' && (
            <button
              type="button"
              className="principal bajo"
              disabled={decision.ocupado}
              onClick={() => decision.decidir(curso, 'informar')}
            >
              Informarlo desde {decision.cuando === 'esta noche' ? 'hoy' : 'mañana'}
            </button>
          )}
          {estado !== 'nuevo' && curso.codigoGrupo !== '' && (
            <button type="button" className="bajo" onClick={() => onAlDia(curso)}>
              Poner al día…
            </button>
          )}
          {estado === 'elegido' ? (
            <Deshacer curso={curso} decision={decision} />
          ) : (
            <button
              type="button"
              className="bajo"
              disabled={decision.ocupado}
              onClick={() => decision.decidir(curso, 'no-informar')}
            >
              No informarlo
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function explicacion({ estado, primerDia }: CursoSinInformar, cuando: string): string {
  if (estado === 'terminado') return 'Puente no ha informado nada de este curso a SENCE. De noche no sale.';
  if (estado === 'elegido') return `Se informa desde ${cuando}.`;
  const begun = primerDia === null ? '' : ` Comenzó el ${dia(primerDia)}.`;
  return `Todavía no se informa a SENCE.${begun}`;
}

/** Folded: what is as somebody wanted it, and how it is taken back. */
export function NoSeInforman({ proveedor }: { proveedor: Proveedor }) {
  const decision = useDecidirCurso(proveedor.ventana.abierta);
  const puede = usePuedeEnviar();
  const cursos = proveedor.sinInformar.filter(({ estado }) => estado === 'no-se-informa');
  if (cursos.length === 0) return null;
  return (
    <details className="aviso">
      <summary>{cuantos(cursos.length, 'curso que no se informa', 'cursos que no se informan')}</summary>
      {decision.falla && <Falla error={decision.falla} />}
      <ul className="pendientes">
        {cursos.map((curso) => (
          <li key={claveDe(curso)}>
            <span />
            <div>
              <div className="que">{curso.titulo}</div>
              <div className="nombres">{quienLoDijo(curso)}</div>
            </div>
            {puede && (
              <div className="hacer">
                {curso.decision === null ? (
                  <button
                    type="button"
                    className="bajo"
                    disabled={decision.ocupado}
                    onClick={() => decision.decidir(curso, 'informar')}
                  >
                    Informarlo<span className="solo-lector"> «{curso.titulo}»</span>
                  </button>
                ) : (
                  <Deshacer curso={curso} decision={decision} />
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Deshacer({ curso, decision }: { curso: CursoSinInformar; decision: DecidirCurso }) {
  return (
    <button
      type="button"
      className="bajo"
      disabled={decision.ocupado || curso.decision === null}
      onClick={() => curso.decision && decision.deshacer(curso.decision.id)}
    >
      Deshacer<span className="solo-lector"> «{curso.titulo}»</span>
    </button>
  );
}

function quienLoDijo({ fuente, decision }: CursoSinInformar): string {
  return decision === null
    ? `Está en «${fuente}» y no entre los cursos elegidos.`
    : `Lo dijo ${decision.quien}, el ${dia(fechaDe(decision.cuando))}.`;
}

function claveDe({ codigoOferta, codigoGrupo, fuente }: CursoSinInformar): string {
  return `${fuente} ${codigoOferta} ${codigoGrupo}`;
}
