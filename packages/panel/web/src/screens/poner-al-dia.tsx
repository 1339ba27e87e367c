import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CursoClave } from '../../../src/api.ts';
import { leer, type Of, rutaCurso } from '../api.ts';
import { cuantos, dia } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Dialogo } from '../parts/dialogo.tsx';
import { useEnviar } from '../parts/enviar.tsx';
import { Consulta } from '../parts/estado.tsx';
import { useConectado } from '../sesion.ts';

/** A course that began, or was over, before puente: what goes now, and which day each figure carries. */
export function PonerAlDia({
  curso,
  terminado,
  onClose,
}: {
  curso: CursoClave & { titulo: string };
  /** It was over before anything of it was reported. */
  terminado: boolean;
  onClose: () => void;
}) {
  const { titulo } = curso;
  const { rutOtec, codigoOferta, codigoGrupo } = curso;
  const clave = { rutOtec, codigoOferta, codigoGrupo };
  const previsto = useQuery({
    queryKey: ['previsto', clave],
    queryFn: () => leer<'previsto'>(`${rutaCurso(clave)}/prevision`),
    staleTime: 0,
  });
  const envio = useEnviar();
  const conectado = useConectado();
  return (
    <Dialogo titulo={`Poner al día «${titulo}»`} onClose={onClose}>
      <Consulta de={previsto}>
        {({ resumen, retenidos }) =>
          resumen === null ? (
            <p>
              No hay nada que enviar: {retenidos.length > 0 ? 'todo está retenido.' : 'no trae avance.'}{' '}
              <Link to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo" params={clave}>
                Ver el curso
              </Link>
            </p>
          ) : (
            <>
              <Fechas resumen={resumen} isOver={terminado} />
              {retenidos.length > 0 && (
                <p>
                  {cuantos(retenidos.length, 'dato se retiene', 'datos se retienen')}: no{' '}
                  {retenidos.length === 1 ? 'sale' : 'salen'} hasta que se corrija
                  {retenidos.length === 1 ? '' : 'n'}.
                </p>
              )}
              <p className="suave">SENCE pide informar entre las 22:00 y las 00:00.</p>
              {envio.trabajo === null && (
                <div className="acciones">
                  <button type="button" onClick={onClose}>
                    Cancelar
                  </button>
                  <button
                    type="button"
                    className="principal"
                    disabled={envio.ocupado || !conectado}
                    onClick={() => envio.enviar({ curso: clave, fueraDeVentana: true })}
                  >
                    Enviar el avance de {cuantos(resumen.alumnos, 'alumno')} ahora
                  </button>
                </div>
              )}
            </>
          )
        }
      </Consulta>
      {envio.marcha}
      {envio.trabajo !== null && (
        <div className="acciones">
          <button type="button" onClick={onClose}>
            Cerrar
          </button>
        </div>
      )}
    </Dialogo>
  );
}

function Fechas({
  resumen: { alumnos, registros, informada, desde, hasta },
  isOver,
}: {
  resumen: NonNullable<Of<'previsto'>['resumen']>;
  isOver: boolean;
}) {
  const decir = useDecir();
  return (
    <>
      <p>
        Sale el avance de {cuantos(alumnos, 'alumno')}, {cuantos(registros, 'módulo')} en total, como está
        hoy.
      </p>
      <dl className="datos">
        <dt>Fecha de cada cifra</dt>
        <dd>{dia(informada)}, el día en que se informa</dd>
        <dt>Inicio del curso</dt>
        <dd>{desde === null ? 'no se sabe' : dia(desde)}</dd>
        <dt>Término del curso</dt>
        <dd>{hasta === null ? 'no se sabe' : dia(hasta)}</dd>
      </dl>
      <p>
        {decir('El avance queda en SENCE con la fecha de hoy, no con la de cada día del curso.')}{' '}
        {isOver
          ? 'SENCE no ha publicado si acepta un curso que ya terminó: lo que responda se verá aquí.'
          : 'SENCE permite informar así un curso que ya comenzó.'}
      </p>
    </>
  );
}
