import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { leer, type Of } from '../api.ts';
import { trabajoQuery } from '../consultas.ts';
import { cuantos, numero } from '../format.ts';
import { PASO_DE } from '../instalacion.ts';
import { useEnviar } from '../parts/enviar.tsx';
import { Aviso, Consulta, Vacio } from '../parts/estado.tsx';
import { Fallas, Hallazgos } from '../parts/hallazgos.tsx';
import { Titulo } from '../parts/titulo.tsx';

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
        Así se ve lo que Puente leyó en sus fuentes. <strong>Nada se ha enviado todavía.</strong>
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
            <Cursos instalacion={instalacion} cursos={data.cursos} />
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
            {marcha}
            {trabajo !== null && <Despues id={trabajo} />}
          </>
        )}
      </Consulta>
    </>
  );
}

function Cursos({
  instalacion: { otecs },
  cursos,
}: {
  instalacion: Instalacion;
  cursos: Of<'previsionTotal'>['cursos'];
}) {
  if (cursos.length === 0) {
    return (
      <Vacio titulo="No hay nada que enviar por ahora.">
        <p>
          Ninguno de los cursos elegidos está en sus fechas, o las fuentes no los traen.{' '}
          <Link to="/instalacion" search={{ paso: 'cursos' }}>
            Revisar los cursos
          </Link>
        </p>
      </Vacio>
    );
  }
  return (
    <div className="tabla">
      <table className="apilada">
        <caption>
          {cuantos(cursos.length, 'curso')}. Las cuentas son de registros: un alumno en un módulo. Se retiene
          lo que SENCE rechazaría.
        </caption>
        <thead>
          <tr>
            <th scope="col">Curso</th>
            <th scope="col" className="n">
              Alumnos
            </th>
            <th scope="col" className="n">
              Se enviarían
            </th>
            <th scope="col" className="n">
              Se retendrían
            </th>
          </tr>
        </thead>
        <tbody>
          {cursos.map(({ rutOtec, codigoOferta, codigoGrupo, titulo, ...cuenta }) => (
            <tr key={`${rutOtec}/${codigoOferta}/${codigoGrupo}`}>
              <th scope="row">
                <Link
                  to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
                  params={{ rutOtec, codigoOferta, codigoGrupo }}
                >
                  {titulo}
                </Link>
                <div className="suave chico">
                  {codigoOferta}
                  {codigoGrupo !== codigoOferta && ` · ${codigoGrupo}`}
                  {otecs.length > 1 && ` · ${rutOtec}`}
                </div>
              </th>
              <td className="n" data-titulo="Alumnos">
                {numero(cuenta.alumnos)}
              </td>
              <td className="n" data-titulo="Se enviarían">
                {numero(cuenta.registros)}
              </td>
              <td className="n" data-titulo="Se retendrían">
                <span className={cuenta.retenidos > 0 ? 'espera' : ''}>{numero(cuenta.retenidos)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where to go on from once the send has ended. */
function Despues({ id }: { id: string }) {
  const { data } = useQuery(trabajoQuery(id));
  const envios = data?.resultado?.envios;
  if (envios === undefined || envios.length === 0) return null;
  const total = (count: (envio: Of<'envioHecho'>) => number) =>
    envios.reduce((sum, envio) => sum + count(envio), 0);
  const aceptados = total((envio) => envio.aceptados);
  const pendientes = total(({ rechazados, retenidos }) => rechazados + retenidos);
  return (
    <div role="status">
      {aceptados > 0 && (
        <Aviso tono="bien">
          <p>
            <strong>Su primer avance ya está en SENCE: aceptó {cuantos(aceptados, 'registro')}.</strong>
          </p>
          <p>
            Desde ahora Puente lo hace solo cada noche. Cada mañana, en <Link to="/">Hoy</Link> se ve cómo le
            fue.
          </p>
        </Aviso>
      )}
      {pendientes > 0 && (
        <Aviso tono="espera">
          <p>
            <strong>
              {pendientes === 1 ? 'Queda 1 problema' : `Quedan ${numero(pendientes)} problemas`} por corregir
              en los datos.
            </strong>
          </p>
          <p>
            En <Link to="/por-corregir">Por corregir</Link> está cada uno, con lo que hay que hacer.
          </p>
        </Aviso>
      )}
      <p>
        <Link className="boton" to="/instalacion" search={{ paso: 'ventana' }}>
          Seguir: ventana y avisos
        </Link>
      </p>
    </div>
  );
}
