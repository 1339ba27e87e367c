import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Trabajo } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { trabajoQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { Barra } from './barra.tsx';
import { Aviso } from './estado.tsx';

type Resultado = Of<'resultadoDeEnvio'>;

/** How a send that somebody asked for is going, and what came of it. */
export function MarchaDeTrabajo({ id }: { id: string }) {
  const trabajo = useQuery(trabajoQuery(id));
  if (trabajo.data === undefined) return null;
  return <div aria-live="polite">{tell(trabajo.data)}</div>;
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
      return `Preguntando a SENCE por el envío ${progreso.codigoEnvio}, que había quedado sin respuesta.`;
    case 'sending':
      return `${progreso.codigoOferta}: ${cuantos(progreso.records, 'registro')}. SENCE puede tardar minutos en responder.`;
    case 'course':
      return `${progreso.done} de ${cuantos(progreso.courses, 'curso')}.`;
  }
}

/** What a send brought, call by call. */
function Resumen({ resultado: { envios, noEnviados, fallas } }: { resultado: Resultado }) {
  const nada = envios.length + noEnviados.length + fallas.length === 0;
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
      {[...noEnviados, ...fallas].map(({ mensaje, queHacer }) => (
        <Aviso key={mensaje} tono="mal">
          <p>
            <strong>{mensaje}</strong>
          </p>
          <p>{queHacer}</p>
        </Aviso>
      ))}
    </>
  );
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
