import { History } from 'lucide-react';
import { useState } from 'react';
import type { Of } from '../api.ts';
import { dia } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Aviso } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { PonerAlDia } from './poner-al-dia.tsx';

/** A course that began before anything of it was reported: its way to be brought up to date. [S faq 13] */
export function CursoAtrasado({ curso }: { curso: Of<'cursoComparado'> }) {
  const decir = useDecir();
  const puede = usePuedeEnviar();
  const [abierto, setAbierto] = useState(false);
  const { alumnos, fechaInicio, fechaFin, hoy, prevision } = curso;
  const tiene = alumnos.some(({ modulos }) => modulos.some(({ aceptado }) => aceptado !== null));
  const comenzo = fechaInicio !== null && fechaInicio.slice(0, 10) < hoy;
  const terminado = fechaFin !== null && fechaFin.slice(0, 10) < hoy;
  // A send that goes on in the dialog gives SENCE the first of it: the dialog stays to tell how it ended.
  if (!abierto && (tiene || !comenzo || !puede || prevision.registros === 0)) return null;
  return (
    <>
      {!tiene && (
        <Aviso tono="espera">
          <p>
            <strong>
              {decir(
                terminado
                  ? `Terminó el ${dia(fechaFin.slice(0, 10))} y SENCE no ha aceptado nada de este curso.`
                  : `Comenzó el ${dia(fechaInicio?.slice(0, 10) ?? hoy)} y SENCE no ha aceptado nada de este curso.`,
              )}
            </strong>
          </p>
          <div className="fila">
            <button type="button" onClick={() => setAbierto(true)}>
              <Icono de={History} />
              Poner al día…
            </button>
          </div>
        </Aviso>
      )}
      {abierto && <PonerAlDia {...{ curso, terminado }} onClose={() => setAbierto(false)} />}
    </>
  );
}
