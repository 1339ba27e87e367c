import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { EnvioDetalle } from '../../../src/api.ts';
import { leer } from '../api.ts';
import { cuando, noche, numero } from '../format.ts';
import { guardar } from '../guardar.ts';
import { Aviso, Consulta } from '../parts/estado.tsx';
import { EstadoEnvio } from '../parts/estado-envio.tsx';
import { Registros } from '../parts/registros.tsx';
import { Texto } from '../parts/texto.tsx';
import { Titulo } from '../parts/titulo.tsx';

const route = getRouteApi('/envios/$codigoEnvio');

/** One call: what was sent, what came back, and what of each record. */
export function Envio() {
  const { codigoEnvio } = route.useParams();
  const envio = useQuery({
    queryKey: ['envio', codigoEnvio],
    queryFn: () => leer<'envioDetalle'>(`/api/envios/${encodeURIComponent(codigoEnvio)}`),
  });
  return (
    <>
      <p className="chico">
        <Link to="/envios">← Envíos</Link>
      </p>
      <Titulo texto={`Envío ${codigoEnvio}`} />
      <Consulta de={envio}>{(data) => <Detalle envio={data} />}</Consulta>
    </>
  );
}

function Detalle({ envio }: { envio: EnvioDetalle }) {
  const { rutOtec, codigoOferta, codigoGrupo, cuerpo, respuesta, codigoEnvio, espera } = envio;
  return (
    <>
      {espera && (
        <Aviso tono="espera">
          <p>
            <strong>{espera.mensaje}</strong>
          </p>
          <p>
            Desde el {cuando(espera.hasta)} el historial de SENCE lo dirá con certeza. No hace falta hacer
            nada, ni enviarlo otra vez: esta página se pone al día sola.
          </p>
        </Aviso>
      )}
      <dl className="tarjeta">
        <dt>Estado</dt>
        <dd>
          <EstadoEnvio estado={envio.estado} />
        </dd>
        <dt>Curso</dt>
        <dd>
          <Link
            to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
            params={{ rutOtec, codigoOferta, codigoGrupo }}
          >
            {envio.titulo}
          </Link>{' '}
          <span className="suave">
            {codigoOferta} · {codigoGrupo}
          </span>
        </dd>
        <dt>Noche</dt>
        <dd>{noche(envio.noche)}</dd>
        <dt>Registros</dt>
        <dd>
          {numero(envio.registros)} enviados, {numero(envio.aceptados)} aceptados, {numero(envio.rechazados)}{' '}
          rechazados
        </dd>
        <dt>id_proceso</dt>
        <dd>{envio.idProceso ?? (espera ? 'Todavía no se sabe' : 'SENCE no dio ninguno')}</dd>
        <dt>Enviado</dt>
        <dd>{envio.enviado === null ? 'Todavía no sale' : cuando(envio.enviado)}</dd>
        <dt>Respuesta</dt>
        <dd>{answered(envio)}</dd>
        <dt>Huella</dt>
        <dd>
          <code>{envio.huella}</code>{' '}
          <span className="suave chico">(SHA-256 de lo enviado, sin el token)</span>
        </dd>
      </dl>
      <h2>Registros enviados</h2>
      <Registros registros={envio.registrosEnviados} conRut />
      <h2>Lo que se envió</h2>
      {cuerpo === null ? (
        <p className="suave">Ya no se guarda: pasó el plazo de conservación.</p>
      ) : (
        <Archivo nombre={`${codigoEnvio}-enviado.json`} texto={JSON.stringify(cuerpo, null, 2)} />
      )}
      <h2>Lo que respondió SENCE</h2>
      {respuesta === null ? (
        <p className="suave">No llegó ninguna respuesta.</p>
      ) : (
        <Archivo nombre={`${codigoEnvio}-respuesta.txt`} texto={pretty(respuesta)} entero={respuesta} />
      )}
    </>
  );
}

function Archivo({ nombre, texto, entero = texto }: { nombre: string; texto: string; entero?: string }) {
  return (
    <>
      <p>
        <button type="button" onClick={() => guardar(new Blob([entero]), nombre)}>
          Descargar
        </button>
      </p>
      <Texto nombre={nombre}>{texto}</Texto>
    </>
  );
}

function answered({ respondido, milisegundos, httpStatus, via }: EnvioDetalle): string {
  if (respondido === null) return 'Ninguna';
  const parts = [cuando(respondido)];
  if (milisegundos !== null) parts.push(`en ${numero(milisegundos / 1000)} s`);
  if (httpStatus !== null) parts.push(`HTTP ${httpStatus}`);
  if (via === 'historial') parts.push('sabido por el historial de SENCE');
  if (via === 'persona') parts.push('lo aclaró una persona');
  return parts.join(' · ');
}

/** Readable where it is JSON; what is not, PHP notices before it for instance, stays as it came. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
