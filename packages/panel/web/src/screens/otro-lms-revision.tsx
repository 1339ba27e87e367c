import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';
import { Hallazgos } from '../parts/hallazgos.tsx';
import type { Borrador } from './otro-lms-datos.ts';
import { EntidadDeOtroLms } from './otro-lms-entidad.tsx';

type Revision = Of<'revisionDeFuente'>;

/** What was understood of each table, what hangs from nothing, and what is worth a look. */
export function RevisionDeOtroLms({
  revision: { entidades, huerfanos, hallazgos },
  columnas,
  onColumnas,
}: {
  revision: Revision;
  columnas: Borrador['columnas'];
  onColumnas: (columnas: Borrador['columnas']) => void;
}) {
  const dadas = entidades.filter(({ lugar, obligatoria }) => lugar !== null || obligatoria);
  const otras = entidades.filter((entidad) => !dadas.includes(entidad));
  const nombrados = new Set(huerfanos.map(({ que }) => que));
  const demas = hallazgos.filter(({ mensaje }) => ![...nombrados].some((que) => mensaje.includes(que)));
  return (
    <section className="separadas" aria-labelledby="revision">
      <h2 id="revision">Lo que Puente entendió</h2>
      {dadas.map((entidad) => (
        <EntidadDeOtroLms
          key={entidad.entidad}
          entidad={entidad}
          asignadas={columnas[entidad.entidad] ?? {}}
          onAsignar={(campo, columna) => {
            const { [campo]: _, ...resto } = columnas[entidad.entidad] ?? {};
            onColumnas({
              ...columnas,
              [entidad.entidad]: columna === null ? resto : { ...resto, [campo]: columna },
            });
          }}
        />
      ))}
      {otras.length > 0 && (
        <p className="suave">
          No se entregan, y no todas hacen falta:{' '}
          {otras.map(({ entidad, que }) => `${entidad} (${que})`).join(', ')}. El avance sale de actividades
          con avances, o de porcentajes; el tiempo, de clics o de tiempos.
        </p>
      )}
      {huerfanos.length > 0 && (
        <Aviso tono="espera">
          <p>
            <strong>Hay filas que nombran lo que no está</strong>
          </p>
          <ul>
            {huerfanos.map(({ curso, que, consecuencia, cuantos: total, ejemplos }) => (
              <li key={`${curso} ${que}`}>
                Curso {curso}: {que}, {cuantos(total, 'caso')} ({ejemplos.join(', ')}
                {total > ejemplos.length && '…'}): {consecuencia}.
              </li>
            ))}
          </ul>
        </Aviso>
      )}
      <Hallazgos de={demas} titulo="de los datos" />
    </section>
  );
}
