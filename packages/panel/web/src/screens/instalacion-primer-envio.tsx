import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { leer, type Of } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { PASO_DE } from '../instalacion.ts';
import { useEnviar } from '../parts/enviar.tsx';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { Fallas, Hallazgos } from '../parts/hallazgos.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { Despues } from './instalacion-despues.tsx';
import { CursosPrevistos } from './instalacion-previstos.tsx';

type Instalacion = Of<'instalacion'>;

const QUE_FALTA: Record<Instalacion['falta'][number], string> = {
  otec: 'la OTEC que informa',
  token: 'el token de la OTEC',
  fuente: 'la fuente de los datos',
  cursos: 'elegir los cursos',
};

/** What would be sent, before anything is; then the first send, now or by itself tonight. */
export function PasoPrimerEnvio({ instalacion }: { instalacion: Instalacion }) {
  const { falta } = instalacion;
  return (
    <>
      <Titulo texto="El primer envío">
        Así se ve lo que Puente lee en sus fuentes, y lo que enviaría. Mirarlo no envía nada.
      </Titulo>
      {falta.length === 0 ? (
        <Prevista instalacion={instalacion} />
      ) : (
        <Vacio titulo="Antes del primer envío falta algo.">
          {falta.map((que) => (
            <p key={que}>
              <Link to="/instalacion" search={{ paso: PASO_DE[que] }}>
                Falta {QUE_FALTA[que]}
              </Link>
            </p>
          ))}
        </Vacio>
      )}
    </>
  );
}

function Prevista({ instalacion }: { instalacion: Instalacion }) {
  const prevision = useQuery({
    queryKey: ['prevision'],
    queryFn: () => leer<'previsionTotal'>('/api/prevision'),
    // Reads every source: only when it is asked for.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const { enviar, ocupado, marcha, trabajo } = useEnviar();
  const hoy = useQuery(hoyQuery);
  const yaEnviado = hoy.data?.proveedores.some(({ cursos }) => cursos.some(({ ultima }) => ultima !== null));
  return (
    <>
      {prevision.isPending && (
        <p className="suave">Se están leyendo sus fuentes; puede tardar unos minutos. No se envía nada.</p>
      )}
      <Consulta de={prevision}>
        {(data) => (
          <>
            <Fallas de={data.fallas} />
            <Hallazgos de={data.hallazgos} titulo="en los datos" />
            <CursosPrevistos conRut={instalacion.otecs.length > 1} cursos={data.cursos} />
            <p className="separada">
              <strong>
                {trabajo === null && !yaEnviado
                  ? 'Nada se ha enviado todavía.'
                  : 'Esto es lo que se enviaría ahora.'}
              </strong>
            </p>
            <div className="fila medio acciones">
              <button
                type="button"
                className="principal"
                disabled={ocupado || data.cursos.every(({ registros }) => registros === 0)}
                onClick={() => enviar({})}
              >
                Enviar ahora
              </button>
              <Link className="boton" to="/instalacion" search={{ paso: 'ventana' }}>
                Dejar que se envíe solo esta noche
              </Link>
              <button type="button" disabled={prevision.isFetching} onClick={() => prevision.refetch()}>
                {prevision.isFetching ? 'Leyendo…' : 'Leer las fuentes otra vez'}
              </button>
            </div>
            {trabajo !== null && <Despues id={trabajo} ensayo={!instalacion.gestorOficial} />}
            {marcha}
          </>
        )}
      </Consulta>
    </>
  );
}
