import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Planilla } from '../../../src/api.ts';
import { mandar } from '../api.ts';
import { planillasQuery } from '../consultas.ts';
import { cuando, numero } from '../format.ts';
import { Dialogo } from '../parts/dialogo.tsx';
import { Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { SubirPlanilla } from '../parts/subir.tsx';

/** The sheets in use, and those that gave way or were taken away: each can be brought back. */
export function AjustesPlanillas() {
  const planillas = useQuery(planillasQuery);
  return (
    <section>
      <h2>Planillas</h2>
      <Consulta de={planillas}>
        {({ fuentes, planillas: todas }) => {
          if (fuentes.length === 0) return null;
          if (todas.length === 0) return <Vacio titulo="Todavía no hay ninguna planilla." />;
          return (
            <div className="tabla">
              <table className="apilada">
                <caption className="solo-lector">Planillas</caption>
                <thead>
                  <tr>
                    <th scope="col">Planilla</th>
                    <th scope="col">Estado</th>
                    <th scope="col">Desde</th>
                    <th scope="col" className="n">
                      Tamaño
                    </th>
                    <th scope="col">
                      <span className="solo-lector">Más</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {todas.map((planilla) => (
                    <Fila key={`${planilla.fuente} ${planilla.id}`} planilla={planilla} />
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Consulta>
      <p>
        <SubirPlanilla />
      </p>
    </section>
  );
}

function Fila({ planilla: { fuente, id, archivo, bytes, cuando: instante, enUso } }: { planilla: Planilla }) {
  const queryClient = useQueryClient();
  const [quitando, setQuitando] = useState(false);
  const ruta = `/api/planillas/${encodeURIComponent(fuente)}/${encodeURIComponent(id)}`;
  const cambiar = useMutation({
    mutationFn: () => (enUso ? mandar('DELETE', ruta) : mandar('POST', `${ruta}/recuperar`)),
    onSuccess: () => {
      setQuitando(false);
      return queryClient.invalidateQueries();
    },
  });
  return (
    <tr>
      <th scope="row">{archivo}</th>
      <td data-titulo="Estado">
        <span className={enUso ? 'sello bien' : 'sello'}>{enUso ? 'En uso' : 'Apartada'}</span>
      </td>
      <td data-titulo="Desde">{cuando(instante)}</td>
      <td className="n" data-titulo="Tamaño">
        {numero(Math.max(1, Math.round(bytes / 1024)))} kB
      </td>
      <td className="n">
        {cambiar.isError && !quitando && <Falla error={cambiar.error} />}
        <button
          type="button"
          className={enUso ? 'peligro bajo' : 'bajo'}
          disabled={cambiar.isPending}
          onClick={() => (enUso ? setQuitando(true) : cambiar.mutate())}
        >
          {enUso ? 'Quitar' : 'Recuperar'}
          <span className="solo-lector"> {archivo}</span>
        </button>
        {quitando && (
          <Dialogo titulo={`¿Quitar «${archivo}»?`} onClose={() => setQuitando(false)}>
            <p>
              Sus cursos dejan de informarse desde esta noche. Lo que ya se envió queda, y la planilla se
              puede recuperar aquí mismo.
            </p>
            {cambiar.isError && <Falla error={cambiar.error} />}
            <div className="acciones">
              <button type="button" onClick={() => setQuitando(false)}>
                Cancelar
              </button>
              <button
                type="button"
                className="peligro"
                disabled={cambiar.isPending}
                onClick={() => cambiar.mutate()}
              >
                Quitar
              </button>
            </div>
          </Dialogo>
        )}
      </td>
    </tr>
  );
}
