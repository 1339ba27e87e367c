import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PedidoDeBorrado } from '../../../src/api.ts';
import { mandar, type Of, pedir } from '../api.ts';
import { cuando, dia, rutDe } from '../format.ts';
import { Campo, Casilla } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';

/** An erasure that waits for its second person. */
export function DatosPedido({
  pedido,
  onBorrado,
}: {
  pedido: PedidoDeBorrado;
  onBorrado: (borrado: Of<'borrado'>) => void;
}) {
  const queryClient = useQueryClient();
  const [dialogo, setDialogo] = useState<'confirmar' | 'retener' | null>(null);
  const ruta = `/api/personas/borrados/${pedido.id}`;
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['borrados'] });
  const retirar = useMutation({ mutationFn: () => mandar('DELETE', ruta), onSettled });
  const soltar = useMutation({ mutationFn: () => mandar('DELETE', `${ruta}/retencion`), onSettled });
  const { retencion, porLiquidar } = pedido;
  const close = () => setDialogo(null);
  return (
    <article className="tarjeta columna">
      <h3>{rutDe(pedido.rut)}</h3>
      <p>
        Lo pidió {pedido.pidio} el {cuando(pedido.pedido)}: {pedido.motivo}
      </p>
      {porLiquidar.length > 0 && <PorLiquidar cursos={porLiquidar} />}
      {retencion !== null && (
        <Aviso tono="mal">
          <p>
            <strong>Retenido</strong> por {retencion.quien} el {cuando(retencion.cuando)}: {retencion.motivo}
          </p>
        </Aviso>
      )}
      {[retirar, soltar].map(({ error }) => error && <Falla key={error.message} error={error} />)}
      {!pedido.puedeConfirmar && (
        <p className="suave chico">
          Usted no puede confirmarlo: debe hacerlo otra persona que administre Puente, con una cuenta de antes
          de este pedido.
        </p>
      )}
      <div className="fila">
        {pedido.puedeConfirmar && retencion === null && (
          <button type="button" className="peligro" onClick={() => setDialogo('confirmar')}>
            Confirmar y borrar
          </button>
        )}
        {retencion === null ? (
          <button type="button" onClick={() => setDialogo('retener')}>
            Retener
          </button>
        ) : (
          <button type="button" disabled={soltar.isPending} onClick={() => soltar.mutate()}>
            Soltar
          </button>
        )}
        <button type="button" disabled={retirar.isPending} onClick={() => retirar.mutate()}>
          Retirar el pedido
        </button>
      </div>
      {dialogo === 'confirmar' && (
        <Confirmacion pedido={pedido} ruta={ruta} onBorrado={onBorrado} onClose={close} />
      )}
      {dialogo === 'retener' && <Retencion ruta={ruta} onClose={close} />}
    </article>
  );
}

function PorLiquidar({ cursos }: { cursos: PedidoDeBorrado['porLiquidar'] }) {
  return (
    <Aviso tono="espera">
      <p>
        <strong>Puede que falte liquidar cursos de esta persona.</strong> Sin lo informado, la OTEC no puede
        probar ante SENCE que la informó.
      </p>
      <ul>
        {cursos.map(({ rutOtec, codigoOferta, codigoGrupo, titulo, fin }) => (
          <li key={`${rutOtec} ${codigoOferta} ${codigoGrupo}`}>
            {titulo ?? codigoOferta} ({codigoOferta}),{' '}
            {fin === null ? 'sin fecha de término conocida' : `último día ${dia(fin)} de ${fin.slice(0, 4)}`}
          </li>
        ))}
      </ul>
    </Aviso>
  );
}

function Confirmacion({
  pedido,
  ruta,
  onBorrado,
  onClose,
}: {
  pedido: PedidoDeBorrado;
  ruta: string;
  onBorrado: (borrado: Of<'borrado'>) => void;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const faltan = pedido.porLiquidar.length > 0;
  const [sabiendo, setSabiendo] = useState(false);
  const confirmar = useMutation({
    mutationFn: () => pedir<'borrado'>('POST', `${ruta}/confirmacion`, { aunqueNoLiquidado: sabiendo }),
    onSuccess: (borrado) => {
      onBorrado(borrado);
      onClose();
      return queryClient.invalidateQueries();
    },
  });
  return (
    <Dialogo titulo={`¿Borrar los datos de ${rutDe(pedido.rut)}?`} onClose={onClose}>
      <p>
        Sale de lo enviado, lo aceptado y los errores, y deja de informarse. No tiene vuelta atrás. Lo que
        SENCE ya recibió, lo tiene SENCE.
      </p>
      {faltan && (
        <>
          <PorLiquidar cursos={pedido.porLiquidar} />
          <Casilla
            etiqueta="Esos cursos ya están liquidados, o se borra de todas formas"
            checked={sabiendo}
            onChange={(event) => setSabiendo(event.currentTarget.checked)}
          />
        </>
      )}
      {confirmar.isError && <Falla error={confirmar.error} />}
      <div className="fila">
        <button
          type="button"
          className="peligro"
          disabled={confirmar.isPending || (faltan && !sabiendo)}
          onClick={() => confirmar.mutate()}
        >
          {confirmar.isPending ? 'Borrando…' : 'Confirmar y borrar'}
        </button>
        <button type="button" onClick={onClose}>
          Cancelar
        </button>
      </div>
    </Dialogo>
  );
}

function Retencion({ ruta, onClose }: { ruta: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const retener = useMutation({
    mutationFn: (motivo: string) => mandar('PUT', `${ruta}/retencion`, { motivo }),
    onSuccess: () => {
      onClose();
      return queryClient.invalidateQueries({ queryKey: ['borrados'] });
    },
  });
  return (
    <Dialogo titulo="Retener este borrado" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          retener.mutate(String(new FormData(event.currentTarget).get('motivo')));
        }}
      >
        <p>Mientras esté retenido, nadie puede confirmarlo. Queda escrito quién lo retuvo y por qué.</p>
        {retener.isError && <Falla error={retener.error} />}
        <Campo
          etiqueta="Por qué se retiene"
          name="motivo"
          minLength={5}
          maxLength={500}
          required
          ayuda="Por ejemplo: el curso no está liquidado; se espera para el 15 de enero."
        />
        <button type="submit" className="principal" disabled={retener.isPending}>
          Retener
        </button>
      </form>
    </Dialogo>
  );
}
