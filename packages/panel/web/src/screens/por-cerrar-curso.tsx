import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CursoPorCerrar } from '../../../src/api.ts';
import { mandar, rutaCurso } from '../api.ts';
import { cuando, cuantos, dia, duracion, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Falla } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { QuienEs } from '../parts/quien.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { PASOS } from './por-cerrar-palabras.ts';
import { SesionesDeGca } from './por-cerrar-sesiones.tsx';

type Paso = CursoPorCerrar['pasos'][number];

/** What is to be done, in order, with its days; marked by hand, with who did it. */
export function PasosDelCurso({ curso, hoy }: { curso: CursoPorCerrar; hoy: string }) {
  const queryClient = useQueryClient();
  const marcar = useMutation({
    mutationFn: (cambio: { paso: Paso['paso']; hecho: boolean }) =>
      mandar('POST', `${rutaCurso(curso)}/cierre`, cambio),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['por-cerrar'] }),
  });
  const { titulo, dias, termina, programa, pasos } = curso;
  return (
    <section className="tarjeta partida" aria-labelledby="pasos">
      <div className="tarjeta-cabeza">
        <h2 id="pasos">Para cerrar «{titulo}»</h2>
        <span className="chico suave">
          {dias >= 0 ? 'termina' : 'terminó'} el {dia(termina)}
        </span>
      </div>
      {pasos.length === 0 ? (
        <p className="cuerpo suave">
          {programa === null
            ? 'Elija su programa en la tabla: los pasos que se conocen son los de la franquicia tributaria.'
            : 'Siga las bases de su programa: aquí no se muestran pasos.'}
        </p>
      ) : (
        <ol className="pasos-de-cierre">
          {pasos.map((paso, at) => (
            <UnPaso
              key={paso.paso}
              paso={paso}
              lugar={at + 1}
              hoy={hoy}
              ocupado={marcar.isPending}
              onMarcar={(hecho) => marcar.mutate({ paso: paso.paso, hecho })}
            >
              {paso.paso === 'dj-participantes' && paso.estado !== 'hecho' && <SesionesDeGca curso={curso} />}
            </UnPaso>
          ))}
        </ol>
      )}
      {marcar.isError && <Falla error={marcar.error} />}
      <div className="tabla-pie">
        <span>
          Para cursos e-learning con franquicia tributaria, según la guía de SENCE «Gestión de Acreditación de
          Participación de Curso», versión 1.3.
        </span>
      </div>
    </section>
  );
}

function UnPaso({
  paso,
  lugar,
  hoy,
  ocupado,
  onMarcar,
  children,
}: {
  paso: Paso;
  lugar: number;
  hoy: string;
  ocupado: boolean;
  onMarcar: (hecho: boolean) => void;
  children?: ReactNode;
}) {
  const puede = usePuedeEnviar();
  const decir = useDecir();
  const { titulo, texto } = PASOS[paso.paso];
  const isTemprano = paso.estado !== 'hecho' && paso.desde !== null && hoy < paso.desde;
  return (
    <li className={paso.estado}>
      <span className="marca-paso">
        {paso.estado === 'hecho' ? (
          <>
            <Icono de={Check} menudo />
            <span className="solo-lector">Hecho</span>
          </>
        ) : (
          lugar
        )}
      </span>
      <div>
        <b>{decir(titulo)}</b>
        <p className="chico suave">{decir(texto(paso))}</p>
        {paso.hecho !== null && (
          <p className="chico tenue">
            {paso.hecho.quien}, {cuando(paso.hecho.cuando)}
          </p>
        )}
        {children}
      </div>
      {puede && paso.paso !== 'sence' && (
        <button
          type="button"
          className="chico"
          disabled={ocupado || paso.estado === 'despues' || isTemprano}
          onClick={() => onMarcar(paso.estado !== 'hecho')}
        >
          {paso.estado === 'hecho' && 'Deshacer'}
          {paso.estado === 'ahora' && (isTemprano ? `Desde el ${dia(paso.desde ?? hoy)}` : 'Marcar hecho')}
          {paso.estado === 'despues' && `Después del paso ${lugar - 1}`}
          <span className="solo-lector"> {titulo}</span>
        </button>
      )}
    </li>
  );
}

/** Who is under what the provider itself asks, by what SENCE has of each. */
export function BajoElMinimo({ curso, hoy }: { curso: CursoPorCerrar; hoy: string }) {
  const decir = useDecir();
  const { bajo, titulo, dias, minimos } = curso;
  if (bajo === null) return null;
  return (
    <section className="tarjeta partida" aria-labelledby="bajo">
      <div className="tarjeta-cabeza">
        <h2 id="bajo">Bajo el mínimo en «{titulo}»</h2>
      </div>
      {bajo.length === 0 ? (
        <p className="cuerpo suave">Todos los alumnos alcanzan los mínimos que usted definió.</p>
      ) : (
        <table className="apilada">
          <caption className="solo-lector">Alumnos bajo el mínimo</caption>
          <thead>
            <tr>
              <th scope="col">Alumno</th>
              <th scope="col" className="n">
                Avance
              </th>
              {minimos.horas !== null && (
                <th scope="col" className="n">
                  Conectado
                </th>
              )}
              <th scope="col">Le falta</th>
            </tr>
          </thead>
          <tbody>
            {bajo.map((alumno, index) => (
              <tr key={alumno.rut || index}>
                <th scope="row">
                  <QuienEs curso={curso} rut={alumno.rut} nombre={alumno.nombre} />
                </th>
                <td className="n" data-titulo="Avance">
                  {numero(alumno.avance)} %
                </td>
                {minimos.horas !== null && (
                  <td className="n" data-titulo="Conectado">
                    {duracion(alumno.segundos)}
                  </td>
                )}
                <td data-titulo="Le falta">{loQueFalta(alumno)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="tabla-pie">
        <span>
          {decir('Según lo último que SENCE aceptó de cada uno.')}
          {dias >= 0 &&
            ` ${dias === 0 ? 'Queda la noche de hoy' : `Quedan ${cuantos(dias + 1, 'noche')} de envío`}, desde hoy, ${dia(hoy)}.`}
        </span>
      </div>
    </section>
  );
}

function loQueFalta({ faltaAvance, faltaSegundos }: NonNullable<CursoPorCerrar['bajo']>[number]): string {
  return [
    faltaAvance === null ? '' : `${cuantos(faltaAvance, 'punto')} de avance`,
    faltaSegundos === null ? '' : `${duracion(faltaSegundos)} de conexión`,
  ]
    .filter((parte) => parte !== '')
    .join(' y ');
}
