import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { PedidoDeEnvio } from '../../../src/api.ts';
import { ApiError, type Of, pedir } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { Dialogo } from './dialogo.tsx';
import { fraseDeHoy } from './enviado-hoy.ts';
import { Falla } from './estado.tsx';
import { MarchaDeTrabajo } from './trabajo.tsx';

/** Sending at a person's wish: starts it, warns outside the window, shows how it goes. */
export function useEnviar(): {
  enviar: (pedido: PedidoDeEnvio) => void;
  ocupado: boolean;
  /** The warning, the progress, the result: to stand where the person looks. */
  marcha: ReactNode;
  /** Of the send that was started last; null: none yet. */
  trabajo: string | null;
} {
  const queryClient = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const envio = useMutation({
    mutationFn: (pedido: PedidoDeEnvio) => pedir<'trabajo'>('POST', '/api/envios', pedido),
    onSuccess: (trabajo: Of<'trabajo'>) => {
      queryClient.setQueryData(['trabajo', trabajo.id], trabajo);
      setId(trabajo.id);
    },
  });
  const fuera = envio.error instanceof ApiError && envio.error.codigo === 'fuera-de-ventana' && envio.error;
  const marcha = (
    <>
      {fuera && (
        <Dialogo titulo="¿Enviar fuera del horario de SENCE?" onClose={envio.reset}>
          <p>{fuera.message}</p>
          <p>{fuera.queHacer}</p>
          <YaEnviado curso={envio.variables?.curso} />
          <div className="fila">
            <button
              type="button"
              className="principal"
              onClick={() => envio.variables && envio.mutate({ ...envio.variables, fueraDeVentana: true })}
            >
              Enviar ahora de todos modos
            </button>
            <button type="button" onClick={envio.reset}>
              Esperar a esta noche
            </button>
          </div>
        </Dialogo>
      )}
      {envio.error && !fuera && <Falla error={envio.error} />}
      {id !== null && <MarchaDeTrabajo id={id} />}
    </>
  );
  return { enviar: envio.mutate, ocupado: envio.isPending, marcha, trabajo: id };
}

/** What went out already today of what is to be sent. */
function YaEnviado({ curso }: Pick<PedidoDeEnvio, 'curso'>) {
  const { data } = useQuery(hoyQuery);
  const cursos = (data?.proveedores ?? []).flatMap((proveedor) => proveedor.cursos);
  const own = cursos.filter(
    ({ rutOtec, codigoOferta, codigoGrupo }) =>
      curso === undefined ||
      (rutOtec === curso.rutOtec && codigoOferta === curso.codigoOferta && codigoGrupo === curso.codigoGrupo),
  );
  const frase = fraseDeHoy(own);
  return frase === null ? null : <p>{frase}</p>;
}
