import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { EnvioLinea } from '../../../src/api.ts';
import { mandar } from '../api.ts';
import { cuando, cuantos, hora } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Campo, Opciones } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla, Vacio } from '../parts/estado.tsx';
import { usePuedeEnviar } from '../sesion.ts';

/** Sends of which no answer says what became of them: puente asks; where it cannot come to know, a person who has looked says so. */
export function Averiguando({ envios }: { envios: EnvioLinea[] }) {
  const decir = useDecir();
  if (envios.length === 0) {
    return (
      <Vacio titulo="No hay nada que se esté averiguando." bien>
        <p>{decir('De todo lo que se envió se sabe qué respondió SENCE.')}</p>
      </Vacio>
    );
  }
  return envios.map((envio) => <Incierto key={envio.codigoEnvio} envio={envio} />);
}

export function Incierto({ envio }: { envio: EnvioLinea }) {
  const decir = useDecir();
  const puede = usePuedeEnviar();
  const [aclarando, setAclarando] = useState(false);
  const { titulo, registros, enviado, codigoEnvio, espera } = envio;
  const isOver = espera === null || new Date(espera.hasta) <= new Date();
  return (
    <section className="aviso espera con-acciones" aria-label={titulo}>
      <div>
        <p>
          <strong>{decir(`${titulo}: SENCE no dio una respuesta clara.`)}</strong>
        </p>
        <p>
          {cuantos(registros, 'registro')}
          {enviado !== null && `, enviados el ${cuando(enviado)}`}.{' '}
          {isOver || espera === null
            ? decir('El historial de SENCE no lo aclara. Si usted lo mira en SIC, dígalo aquí.')
            : decir(
                `Puente se lo pregunta y no lo envía dos veces. Se sabrá con certeza desde las ${hora(espera.hasta)}.`,
              )}{' '}
          <Link to="/envios/$codigoEnvio" params={{ codigoEnvio }}>
            Ver el envío
          </Link>
        </p>
      </div>
      {puede && (
        <button type="button" onClick={() => setAclarando(true)}>
          Lo miré en SIC…
        </button>
      )}
      {aclarando && <Aclarar envio={envio} onClose={() => setAclarando(false)} />}
    </section>
  );
}

/** Ends the wait by a person's word. */
function Aclarar({ envio: { codigoEnvio, titulo }, onClose }: { envio: EnvioLinea; onClose: () => void }) {
  const decir = useDecir();
  const queryClient = useQueryClient();
  const [recibido, setRecibido] = useState<'si' | 'no' | null>(null);
  const aclarar = useMutation({
    mutationFn: (motivo: string) =>
      mandar('POST', `/api/envios/${encodeURIComponent(codigoEnvio)}/aclaracion`, {
        recibido: recibido === 'si',
        motivo,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialogo titulo={`¿Está en SIC lo enviado de ${titulo}?`} onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          aclarar.mutate(String(new FormData(event.currentTarget).get('motivo')));
        }}
      >
        <Opciones
          titulo="Qué vio"
          nombre="recibido"
          opciones={[
            {
              valor: 'si',
              texto: 'Sí está',
              ayuda: decir('Se da por aceptado, sin confirmar, y no se envía de nuevo.'),
            },
            { valor: 'no', texto: 'No está', ayuda: 'Se envía otra vez esta noche.' },
          ]}
          elegida={recibido}
          onElegir={setRecibido}
        />
        <Campo
          etiqueta="Dónde lo vio"
          name="motivo"
          minLength={5}
          maxLength={300}
          required
          ayuda="Por ejemplo: «En SIC, avance del curso, hoy». Queda en la bitácora con su nombre."
        />
        {aclarar.isError && <Falla error={aclarar.error} />}
        <div className="acciones">
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
          <button type="submit" className="principal" disabled={recibido === null || aclarar.isPending}>
            Guardar
          </button>
        </div>
      </form>
    </Dialogo>
  );
}
