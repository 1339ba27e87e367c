import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Trabajo } from '../../../src/api.ts';
import type { Of } from '../api.ts';
import { isGone, trabajoQuery } from '../consultas.ts';
import { cuantos, hora, numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Barra } from './barra.tsx';
import { Aviso } from './estado.tsx';

type Resultado = Of<'resultadoDeEnvio'>;

/** How a send that somebody asked for is going, and what came of it. `conQuien`: who asked, for whoever did not. */
export function MarchaDeTrabajo({ id, conQuien = false }: { id: string; conQuien?: boolean }) {
  const trabajo = useQuery(trabajoQuery(id));
  const decir = useDecir();
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
      {olvidado ? <Olvidado /> : tell(trabajo.data, decir)}
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

function tell({ falla, resultado, progreso }: Trabajo, decir: (frase: string) => string) {
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
        <strong>{decir('Enviando a SENCE…')}</strong> {progreso === null ? '' : decir(step(progreso))}
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
      return `Leyendo «${progreso.source}».`;
    case 'planned':
      return `Hay ${cuantos(progreso.courses, 'curso')} por enviar.`;
    case 'settling':
      return 'Buscando en el historial de SENCE un envío que había quedado sin respuesta: no se envía dos veces.';
    case 'sending':
      return `${progreso.codigoOferta}${progreso.parts > 1 ? `, parte ${numero(progreso.part)} de ${numero(progreso.parts)}` : ''}. SENCE puede tardar minutos en responder.`;
    case 'course':
      return `${progreso.done} de ${cuantos(progreso.courses, 'curso')}.`;
  }
}

/** What a send brought, call by call. */
function Resumen({ resultado }: { resultado: Resultado }) {
  const decir = useDecir();
  const { envios, yaEnviados, noEnviados, noEntregados, ausentes, fallas } = resultado;
  const malos = [...noEnviados.map(inPlainWords), ...noEntregados, ...fallas];
  const nada = envios.length + yaEnviados.length + malos.length === 0;
  return (
    <>
      {nada && (
        <Aviso>
          <p>
            <strong>No había nada que enviar.</strong>{' '}
            {decir('SENCE ya tiene estos datos, o la lista ya no trae a estas personas.')}
          </p>
        </Aviso>
      )}
      {yaEnviados.map(({ codigoOferta, codigoGrupo, titulo, enviado }) => (
        <Aviso key={`${codigoOferta} ${codigoGrupo}`} tono="bien">
          <p>
            <strong>{decir('SENCE ya lo aceptó')}:</strong> {titulo}, con los mismos valores, a las{' '}
            {hora(enviado)}. No se envía de nuevo.
          </p>
        </Aviso>
      ))}
      {envios.map((envio) => (
        <Aviso
          key={envio.codigoEnvio ?? `${envio.codigoOferta}/${envio.codigoGrupo}`}
          tono={TONO[envio.resultado]}
        >
          <p>
            <strong>{envio.titulo}:</strong> {decir(FRASE[envio.resultado])}
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
            <strong>Se informaron la última vez y ya no vienen en la lista:</strong>
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
  retenido: 'No se envió nada: los problemas siguen en los datos. Corríjalos en sus datos y envíe otra vez.',
  incierto: 'SENCE no dio una respuesta clara. Puente averigua si llegó; no lo envíe de nuevo.',
};
