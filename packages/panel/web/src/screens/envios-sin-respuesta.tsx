import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NocheEnviada } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { cuantos } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { brindar } from '../parts/brindis.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { usePuedeEnviar } from '../sesion.ts';

/** What is not known yet, above everything else: nobody should send it again, and everybody may ask now. */
export function SinRespuesta({ lineas }: { lineas: NocheEnviada[] }) {
  return lineas
    .filter(({ partes }) => partes.some(({ estado }) => estado === 'incierto'))
    .map((linea) => (
      <Espera
        key={`${linea.rutOtec} ${linea.codigoOferta} ${linea.codigoGrupo} ${linea.noche}`}
        linea={linea}
      />
    ));
}

function Espera({ linea: { rutOtec, titulo, sinRespuesta, partes } }: { linea: NocheEnviada }) {
  const decir = useDecir();
  const puede = usePuedeEnviar();
  const queryClient = useQueryClient();
  const buscar = useMutation({
    mutationFn: () => pedir<'busqueda'>('POST', '/api/envios/buscar', { rutOtec }),
    onSuccess: (hallado) => {
      // Once it is known this card is gone: what was found is told where it stays.
      if (suyosDe(hallado, partes).length > 0)
        brindar({ texto: decir(loQueDijo(hallado, partes)), acciones: [] });
      return queryClient.invalidateQueries({ queryKey: ['envios'] });
    },
  });
  return (
    <Aviso tono="espera">
      <p>
        <strong>
          {titulo}: no hay respuesta clara sobre {cuantos(sinRespuesta, 'alumno')}.
        </strong>
      </p>
      <p>
        {decir(
          'Puente lo busca en el historial de SENCE. No lo envía dos veces mientras no sepa; usted no tiene que hacer nada.',
        )}{' '}
        <Link to="/por-corregir" search={{ ver: 'averiguando' }}>
          Ver cómo va
        </Link>
      </p>
      {buscar.isError && <Falla error={buscar.error} />}
      {buscar.data && <p role="status">{decir(loQueDijo(buscar.data, partes))}</p>}
      {puede && (
        <button type="button" disabled={buscar.isPending} onClick={() => buscar.mutate()}>
          {buscar.isPending ? 'Buscando…' : 'Buscarlo ahora'}
          <span className="solo-lector"> {titulo}</span>
        </button>
      )}
    </Aviso>
  );
}

function suyosDe({ resueltos }: Of<'busqueda'>, partes: NocheEnviada['partes']) {
  return resueltos.filter(({ codigoEnvio }) => partes.some((one) => one.codigoEnvio === codigoEnvio));
}

function loQueDijo(hallado: Of<'busqueda'>, partes: NocheEnviada['partes']): string {
  const suyos = suyosDe(hallado, partes);
  if (suyos.length === 0) return 'Puente ya lo está buscando, o está enviando: lo dirá aquí apenas lo sepa.';
  return suyos.map(({ mensaje }) => mensaje).join(' ');
}
