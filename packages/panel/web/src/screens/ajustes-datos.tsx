import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Of, pedir } from '../api.ts';
import { borradosQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { guardar } from '../guardar.ts';
import { Campo } from '../parts/campo.tsx';
import { Aviso, Consulta, Falla } from '../parts/estado.tsx';
import { DatosBorrados } from './datos-borrados.tsx';
import { DatosPedido } from './datos-pedido.tsx';
import { Seccion } from './seccion.tsx';

/** What there is of one person: handed over, or erased when two people want it. */
export function AjustesDatos() {
  const pedidos = useQuery(borradosQuery);
  const [borrado, setBorrado] = useState<Of<'borrado'> | null>(null);
  return (
    <Seccion
      id="datos"
      titulo="Datos de personas"
      texto="Cuando un alumno pide sus datos, o que se borren (ley 19.628). Un borrado no tiene vuelta atrás: lo pide una persona y lo confirma otra."
    >
      {borrado !== null && <DatosBorrados borrado={borrado} />}
      <Entregar />
      <Pedir />
      <section>
        <h3>Borrados pedidos</h3>
        <Consulta de={pedidos}>
          {(data) =>
            data.pedidos.length === 0 ? (
              <p className="suave">No hay ninguno por confirmar.</p>
            ) : (
              data.pedidos.map((pedido) => (
                <DatosPedido key={pedido.id} pedido={pedido} onBorrado={setBorrado} />
              ))
            )
          }
        </Consulta>
      </section>
    </Seccion>
  );
}

function Entregar() {
  const exportar = useMutation({
    mutationFn: (rut: string) => pedir<'datosDePersona'>('POST', '/api/personas/exportacion', { rut }),
    onSuccess: (datos) => {
      const file = new Blob([`${JSON.stringify(datos, null, 2)}\n`], { type: 'application/json' });
      guardar(file, `persona-${datos.rut}.json`);
    },
  });
  return (
    <section>
      <h3>Entregar sus datos</h3>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          exportar.mutate(String(new FormData(event.currentTarget).get('rut')));
        }}
      >
        {exportar.isError && <Falla error={exportar.error} />}
        {exportar.isSuccess && (
          <Aviso tono="bien">
            <p>
              Descargado, con {cuantos(exportar.data.envios.length, 'registro enviado', 'registros enviados')}
              . Entréguelo solo a esa persona: contiene datos personales.
            </p>
          </Aviso>
        )}
        <Campo etiqueta="RUT de quien pide sus datos" name="rut" autoComplete="off" maxLength={20} required />
        <button type="submit" disabled={exportar.isPending}>
          {exportar.isPending ? 'Reuniendo…' : 'Descargar sus datos'}
        </button>
      </form>
    </section>
  );
}

function Pedir() {
  const queryClient = useQueryClient();
  const pedirlo = useMutation({
    mutationFn: (body: { rut: string; motivo: string }) =>
      pedir<'pedidoDeBorrado'>('POST', '/api/personas/borrados', body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['borrados'] }),
  });
  return (
    <section>
      <h3>Pedir un borrado</h3>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const data = new FormData(form);
          const body = { rut: String(data.get('rut')), motivo: String(data.get('motivo')) };
          pedirlo.mutate(body, { onSuccess: () => form.reset() });
        }}
      >
        {pedirlo.isError && <Falla error={pedirlo.error} />}
        {pedirlo.isSuccess && (
          <Aviso tono="espera">
            <p>Pedido. No se borra nada hasta que otra persona que administre Puente lo confirme aquí.</p>
          </Aviso>
        )}
        <Campo
          etiqueta="RUT de quien pide el borrado"
          name="rut"
          autoComplete="off"
          maxLength={20}
          required
        />
        <Campo
          etiqueta="Por qué"
          name="motivo"
          minLength={5}
          maxLength={500}
          required
          ayuda="Cuándo llegó el pedido y cómo comprobó que era esa persona. No escriba aquí el RUT ni el nombre: queda en la bitácora."
        />
        <button type="submit" disabled={pedirlo.isPending}>
          Pedir el borrado
        </button>
      </form>
    </section>
  );
}
