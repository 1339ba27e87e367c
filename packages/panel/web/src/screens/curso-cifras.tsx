import { Link } from '@tanstack/react-router';
import type { Of } from '../api.ts';
import { cuantos, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Barras } from '../parts/reparto.tsx';

type Comparado = Of<'cursoComparado'>;

/** The course in four figures. */
export function CifrasDelCurso({ curso }: { curso: Comparado }) {
  const decir = useDecir();
  const { cuenta, prevision, alumnos, codigoOferta, codigoGrupo } = curso;
  const avances = alumnos.flatMap(({ ahora, enLaFuente }) =>
    enLaFuente ? (ahora?.porcentajeAvance ?? []) : [],
  );
  const promedio = avances.reduce((sum, avance) => sum + avance, 0) / Math.max(1, avances.length);
  return (
    <section className="tarjeta partida cifras" aria-label="El curso en cifras">
      <div>
        <div className="suave">{decir('SENCE los tiene')}</div>
        {cuenta === null ? (
          <div className="cifra">—</div>
        ) : (
          <>
            <div className="cifra">
              {numero(cuenta.loTiene)} de {numero(cuenta.alumnos)}
            </div>
            <Barras cuenta={cuenta} />
            {cuenta.sinConfirmar > 0 && (
              <p className="suave">{cuantos(cuenta.sinConfirmar, 'aceptado')}, sin confirmar.</p>
            )}
          </>
        )}
      </div>
      <div>
        <div className="suave">Pendientes</div>
        <div className={cuenta !== null && cuenta.pendientes > 0 ? 'cifra mal' : 'cifra'}>
          {cuenta === null ? '—' : numero(cuenta.pendientes)}
        </div>
        {cuenta !== null && cuenta.rechazados + cuenta.retenidos > 0 && (
          <p className="suave">
            {cuantos(cuenta.rechazados, 'rechazado')}, {cuantos(cuenta.retenidos, 'retenido')}.{' '}
            <Link to="/por-corregir" search={{ curso: `${codigoOferta}/${codigoGrupo}` }}>
              Corregir
            </Link>
          </p>
        )}
      </div>
      <div>
        <div className="suave">Avance del grupo</div>
        <div className="cifra">{avances.length === 0 ? '—' : `${numero(Math.round(promedio))} %`}</div>
        <p className="suave">El promedio de lo que dicen sus datos ahora.</p>
      </div>
      <div>
        <div className="suave">Si se enviara ahora</div>
        <div className="cifra">{cuantos(prevision.alumnos, 'alumno')}</div>
        <p className="suave">
          {prevision.cambiados === 0 ? 'Nada ha cambiado' : 'Con cambios'}
          {prevision.retenidos > 0 &&
            `; ${cuantos(prevision.retenidos, 'módulo se retendría', 'módulos se retendrían')}`}
          .
        </p>
      </div>
    </section>
  );
}
