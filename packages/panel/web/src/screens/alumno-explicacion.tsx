import { useQuery } from '@tanstack/react-query';
import { leer, type Of } from '../api.ts';
import { cuantos, duracion, numero } from '../format.ts';
import { Aviso, Consulta } from '../parts/estado.tsx';
import { Conexion } from '../parts/plot.tsx';

type Explicada = NonNullable<Of<'alumnoExplicado'>['explicacion']>;

/** How each figure came about, asked of the source: which activities counted, when the person was connected. */
export function Explicacion({ ruta }: { ruta: string }) {
  const explicada = useQuery({
    queryKey: ['explicacion', ruta],
    queryFn: () => leer<'alumnoExplicado'>(`${ruta}/explicacion`),
    staleTime: 300_000,
  });
  return (
    <section>
      <h2>De dónde sale cada cifra</h2>
      <Consulta de={explicada}>
        {({ explicacion, fallas }) => (
          <>
            {fallas.map(({ fuente, mensaje, queHacer }) => (
              <Aviso key={fuente} tono="mal">
                <p>
                  <strong>{mensaje}</strong>
                </p>
                <p>{queHacer}</p>
              </Aviso>
            ))}
            {explicacion === null ? (
              <p className="suave">
                Las cifras vienen escritas en la fuente de este curso; no hay actividades ni clics que
                mostrar.
              </p>
            ) : (
              <Detalle explicada={explicacion} />
            )}
          </>
        )}
      </Consulta>
    </section>
  );
}

function Detalle({ explicada }: { explicada: Explicada }) {
  const { noSeInforma, dias, hechas, exigidas, tiempoConectividad } = explicada;
  return (
    <>
      {noSeInforma.length > 0 && (
        <Aviso tono="espera">
          <p>
            <strong>No se informa a esta persona:</strong> {noSeInforma.join(' ')}
          </p>
        </Aviso>
      )}
      <p>
        Avance {numero(explicada.porcentajeAvance)} %: {hechas} de{' '}
        {cuantos(exigidas, 'actividad', 'actividades')} exigidas.
        {tiempoConectividad !== null && ` Tiempo conectado: ${duracion(tiempoConectividad)}.`}{' '}
        {explicada.estado.porque}
      </p>
      {dias !== null && dias.length > 0 && <Conexion titulo="Tiempo conectado por día" dias={dias} />}
      {explicada.modulos.map((modulo) => (
        <details key={modulo.codigoModulo} className="tarjeta separada">
          <summary>
            {modulo.codigoModulo}: {numero(modulo.porcentajeAvance)} %
            {modulo.tiempoConectividad !== null && `, ${duracion(modulo.tiempoConectividad)}`}
          </summary>
          <p>{modulo.estado.porque}</p>
          <ul>
            {modulo.actividades.map(({ nombre, tipo, hecha, exigida, estado }) => (
              <li key={`${tipo} ${nombre}`}>
                {nombre}: <strong>{hecha ? 'hecha' : 'pendiente'}</strong>
                {!exigida && ' (complementaria, no cuenta)'} <span className="suave">{estado}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}
