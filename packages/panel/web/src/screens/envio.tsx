import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { EnvioDetalle } from '../../../src/api.ts';
import { leer } from '../api.ts';
import { cuando, cuantos, hora, noche, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { guardar } from '../guardar.ts';
import { Consulta } from '../parts/estado.tsx';
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
      <Consulta de={envio}>{(data) => <Detalle envio={data} />}</Consulta>
    </>
  );
}

function Detalle({ envio }: { envio: EnvioDetalle }) {
  const decir = useDecir();
  const { rutOtec, codigoOferta, codigoGrupo, cuerpo, respuesta, codigoEnvio, registrosEnviados } = envio;
  const alumnos = new Set(registrosEnviados.map(({ rut }) => rut)).size;
  return (
    <>
      <Titulo
        texto={`${envio.titulo}, noche del ${noche(envio.noche)}`}
        acciones={<EstadoEnvio estado={envio.estado} />}
      >
        <Link
          to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
          params={{ rutOtec, codigoOferta, codigoGrupo }}
        >
          Ver el curso
        </Link>{' '}
        <span className="codigo">
          {codigoOferta} · {codigoGrupo}
        </span>
      </Titulo>
      <section className="tarjeta" aria-label="Qué pasó">
        <Historia envio={envio} alumnos={alumnos} />
      </section>
      <details className="tarjeta">
        <summary>
          {alumnos === 1 ? 'El alumno de este envío' : `Los ${numero(alumnos)} alumnos de este envío`}
        </summary>
        <Registros registros={registrosEnviados} conRut />
      </details>
      <details className="tarjeta">
        <summary>Lo que Puente envió</summary>
        {cuerpo === null ? (
          <p className="suave">Ya no se guarda: pasó el plazo de conservación.</p>
        ) : (
          <Archivo nombre={`${codigoEnvio}-enviado.json`} texto={JSON.stringify(cuerpo, null, 2)} />
        )}
      </details>
      <details className="tarjeta">
        <summary>{decir('Lo que SENCE respondió')}</summary>
        {respuesta === null ? (
          <p className="suave">No llegó ninguna respuesta.</p>
        ) : (
          <Archivo nombre={`${codigoEnvio}-respuesta.txt`} texto={pretty(respuesta)} entero={respuesta} />
        )}
      </details>
      <details className="tarjeta">
        <summary>Para su técnico</summary>
        <dl>
          <dt>Código propio de este envío</dt>
          <dd>
            <code>{codigoEnvio}</code>
          </dd>
          <dt>{decir('Número de proceso de SENCE')}</dt>
          <dd>{envio.idProceso ?? (envio.espera ? 'Todavía no se sabe' : decir('SENCE no dio ninguno'))}</dd>
          <dt>Respuesta</dt>
          <dd>{answered(envio)}</dd>
          <dt>Huella</dt>
          <dd>
            <code>{envio.huella}</code>{' '}
            <span className="suave chico">(SHA-256 de lo enviado, sin el token)</span>
          </dd>
        </dl>
      </details>
    </>
  );
}

/** Hour by hour: what left, what came back, what is waited for. */
function Historia({ envio, alumnos }: { envio: EnvioDetalle; alumnos: number }) {
  const decir = useDecir();
  const { enviado, creado, respondido, espera, registros, aceptados, rechazados, via } = envio;
  const vias = {
    historial: 'El historial de SENCE lo aclaró',
    persona: 'Una persona lo aclaró',
    respuesta: 'SENCE respondió',
  };
  return (
    <ul className="historia">
      <li>
        <time dateTime={enviado ?? creado}>{cuando(enviado ?? creado)}</time>
        <div>
          {enviado === null
            ? 'Está preparado y todavía no sale.'
            : `${alumnos === 1 ? 'Salió' : 'Salieron'} ${cuantos(alumnos, 'alumno')}, ${cuantos(registros, 'registro')} (uno por alumno y módulo).`}
        </div>
      </li>
      {espera !== null && (
        <li className="espera">
          <time dateTime={espera.hasta}>{cuando(espera.hasta)}</time>
          <div>
            <strong>{decir(espera.mensaje)}</strong> Desde las {hora(espera.hasta)} se sabrá con certeza. No
            hace falta hacer nada, ni enviarlo otra vez: esta página se pone al día sola.
          </div>
        </li>
      )}
      {respondido !== null && (
        <li className={rechazados > 0 ? 'mal' : 'bien'}>
          <time dateTime={respondido}>{cuando(respondido)}</time>
          <div>
            {decir(vias[via ?? 'respuesta'])}:{' '}
            {cuantos(aceptados, 'registro aceptado', 'registros aceptados')},{' '}
            {cuantos(rechazados, 'rechazado')}.
          </div>
        </li>
      )}
    </ul>
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
