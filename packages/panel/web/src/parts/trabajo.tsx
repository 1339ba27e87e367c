import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Trabajo } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { isGone, trabajoQuery } from '../consultas.ts';
import { cuantos, hora, rutDe } from '../format.ts';
import { Barra } from './barra.tsx';
import { Aviso } from './estado.tsx';

type Resultado = Of<'resultadoDeEnvio'>;

/** How a send that somebody asked for is going, and what came of it. `conQuien`: who asked, for whoever did not. */
export function MarchaDeTrabajo({ id, conQuien = false }: { id: string; conQuien?: boolean }) {
  const trabajo = useQuery(trabajoQuery(id));
  if (trabajo.data === undefined) return null;
  const { quien, terminado } = trabajo.data;
  const olvidado = terminado === null && isGone(trabajo.error);
  return (
    <div aria-live="polite">
      {conQuien && (
        <p className="suave chico">
          Envío que pidió {quien}
          {terminado !== null && `, terminado a las ${hora(terminado)}`}:
        </p>
      )}
      {olvidado ? <Olvidado /> : tell(trabajo.data)}
    </div>
  );
}

function Olvidado() {
  return (
    <Aviso tono="espera">
      <p>
        <strong>Puente se reinició mientras enviaba.</strong> Lo que alcanzó a salir está en{' '}
        <Link to="/envios">Envíos</Link>; lo que quedó sin respuesta, Puente lo averigua solo.
      </p>
      <p>Si algo no alcanzó a salir, envíelo otra vez o espere a esta noche.</p>
    </Aviso>
  );
}

function tell({ falla, resultado, progreso }: Trabajo) {
  if (falla) {
    return (
      <Aviso tono="mal">
        <p>
          <strong>{falla.mensaje}</strong>
        </p>
        <p>{falla.queHacer}</p>
      </Aviso>
    );
  }
  if (resultado) return <Resumen resultado={resultado} />;
  return (
    <Aviso>
      <p>
        <strong>Enviando a SENCE…</strong> {progreso === null ? '' : step(progreso)}
      </p>
      {progreso?.kind === 'course' && (
        <Barra hecho={progreso.done} total={progreso.courses} texto="Cursos enviados" />
      )}
    </Aviso>
  );
}

function step(progreso: NonNullable<Trabajo['progreso']>): string {
  switch (progreso.kind) {
    case 'reading':
      return `Leyendo la fuente «${progreso.source}».`;
    case 'planned':
      return `Hay ${cuantos(progreso.courses, 'curso')} por enviar.`;
    case 'settling':
      return 'Buscando en el historial de SENCE un envío que había quedado sin respuesta: no se envía dos veces.';
    case 'sending':
      return `${progreso.codigoOferta}: ${cuantos(progreso.records, 'registro')}. SENCE puede tardar minutos en responder.`;
    case 'course':
      return `${progreso.done} de ${cuantos(progreso.courses, 'curso')}.`;
  }
}

/** What a send brought, call by call. */
function Resumen({ resultado }: { resultado: Resultado }) {
  const { envios, yaEnviados, noEnviados, noEntregados, ausentes, fallas } = resultado;
  const malos = [...noEnviados.map(inPlainWords), ...noEntregados, ...fallas];
  const nada = envios.length + yaEnviados.length + malos.length === 0;
  return (
    <>
      {nada && (
        <Aviso>
          <p>
            <strong>No había nada que enviar.</strong> SENCE ya tiene estos datos, o la fuente ya no trae a
            estas personas.
          </p>
        </Aviso>
      )}
      {yaEnviados.map(({ codigoOferta, codigoGrupo, titulo, registros, enviado }) => (
        <Aviso key={`${codigoOferta} ${codigoGrupo}`} tono="bien">
          <p>
            <strong>Ya está en SENCE:</strong> {cuantos(registros, 'registro')} de {titulo},{' '}
            {registros === 1 ? 'enviado' : 'enviados'} a las {hora(enviado)} con los mismos valores. No se
            envía de nuevo.
          </p>
        </Aviso>
      ))}
      {envios.map((envio) => (
        <Aviso
          key={envio.codigoEnvio ?? `${envio.codigoOferta}/${envio.codigoGrupo}`}
          tono={TONO[envio.resultado]}
        >
          <p>
            <strong>{envio.titulo}:</strong> {FRASE[envio.resultado]} Aceptados {envio.aceptados}, rechazados{' '}
            {envio.rechazados}, retenidos antes de enviar {envio.retenidos}.
          </p>
          {envio.codigoEnvio !== null && (
            <p>
              <Link to="/envios/$codigoEnvio" params={{ codigoEnvio: envio.codigoEnvio }}>
                Ver el envío
              </Link>
            </p>
          )}
        </Aviso>
      ))}
      {ausentes.length > 0 && (
        <Aviso tono="espera">
          <p>
            <strong>Se enviaron la última vez y ya no están en la fuente:</strong>
          </p>
          <ul>
            {ausentes.map(({ codigoGrupo, titulo, rut, nombre, mensaje, queHacer }) => (
              <li key={`${titulo} ${codigoGrupo} ${rut} ${mensaje}`}>
                {rut !== null && (
                  <strong>{nombre === null ? rutDe(rut) : `${nombre} (${rutDe(rut)})`}</strong>
                )}{' '}
                {titulo}. {mensaje} {queHacer}
              </li>
            ))}
          </ul>
        </Aviso>
      )}
      {eachOnce(malos).map(({ mensaje, queHacer, veces }) => (
        <Aviso key={mensaje} tono="mal">
          <p>
            <strong>{mensaje}</strong>
            {veces > 1 && ` Vale para ${veces} cursos.`}
          </p>
          <p>{queHacer}</p>
        </Aviso>
      ))}
    </>
  );
}

interface Dicho {
  mensaje: string;
  queHacer: string;
}

/** One reason keeps many courses back: it is told once. */
function eachOnce(dichos: readonly Dicho[]): (Dicho & { veces: number })[] {
  const same = (mensaje: string) => dichos.filter((one) => one.mensaje === mensaje);
  return [...new Set(dichos.map(({ mensaje }) => mensaje))].flatMap((mensaje) =>
    same(mensaje)
      .slice(0, 1)
      .map((dicho) => ({ ...dicho, veces: same(mensaje).length })),
  );
}

/** Here it was not another program but somebody else's click, or the night. */
function inPlainWords({ motivo, mensaje, queHacer }: Resultado['noEnviados'][number]): Dicho {
  if (motivo !== 'ocupado') return { mensaje, queHacer };
  return {
    mensaje:
      'No se envió, porque ya hay otro envío en marcha para esta OTEC: el de otra persona o el de la noche.',
    queHacer: 'Espere a que termine (en «Hoy» se ve cómo va) y vuelva a intentarlo. No se perdió nada.',
  };
}

const TONO = {
  aceptado: 'bien',
  parcial: 'espera',
  rechazado: 'mal',
  retenido: 'espera',
  incierto: 'espera',
} as const;

const FRASE: Record<Resultado['envios'][number]['resultado'], string> = {
  aceptado: 'SENCE aceptó todo.',
  parcial: 'SENCE aceptó una parte; lo demás sigue en «Por corregir».',
  rechazado: 'SENCE no aceptó nada.',
  retenido: 'No se envió nada: los problemas siguen en los datos. Corríjalos en la fuente y reenvíe.',
  incierto: 'SENCE no respondió. Puente le preguntará solo si llegó; no lo envíe de nuevo.',
};
