import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';

type Entidad = Of<'revisionDeFuente'>['entidades'][number];
type Columna = Entidad['columnas'][number];

/** One of the tables that Puente asks for: which column each of its data was found in, and a list to say it otherwise. */
export function EntidadDeOtroLms({
  entidad,
  asignadas,
  onAsignar,
}: {
  entidad: Entidad;
  /** What was said of its columns, also what is not read yet. */
  asignadas: Readonly<Record<string, string>>;
  /** Null: as Puente finds it by itself. */
  onAsignar: (campo: string, columna: string | null) => void;
}) {
  const { entidad: nombre, que, filas, columnas, nombres, muestra, problema } = entidad;
  const visto = columnas.filter(
    (columna) => columna.columna !== null || columna.obligatoria || asignadas[columna.campo],
  );
  const resto = columnas.filter((columna) => !visto.includes(columna));
  const sueltas = nombres.filter((columna) => !columnas.some((una) => una.columna === columna));
  const ejemplo = (columna: string) => ejemploDe(columna, nombres, muestra);
  const fila = (columna: Columna) => (
    <Fila
      key={columna.campo}
      columna={columna}
      {...{ nombre, nombres, ejemplo }}
      asignada={asignadas[columna.campo]}
      onAsignar={(cual) => onAsignar(columna.campo, cual)}
    />
  );
  return (
    <details className="tarjeta" open={estadoDe(entidad) !== 'bien'}>
      <summary>
        <strong>{nombre}</strong> <span className="suave">{que}</span> <Sello entidad={entidad} />
      </summary>
      <div className="separadas">
        {problema !== null && (
          <p className="mal">
            {problema.mensaje} <strong>Qué hacer:</strong>{' '}
            {nombres.length > 0
              ? 'diga abajo qué columna es, o corríjalo en la consulta o el archivo.'
              : problema.queHacer}
          </p>
        )}
        {nombres.length > 0 && (
          <div className="tabla">
            <table className="apilada">
              <caption className="solo-lector">
                Las columnas de «{nombre}»: {cuantos(filas, 'fila')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">Lo que Puente busca</th>
                  <th scope="col">Columna</th>
                  <th scope="col">Lo primero que trae</th>
                  <th scope="col">Se lee</th>
                </tr>
              </thead>
              <tbody>{visto.map(fila)}</tbody>
              {resto.length > 0 && <tbody className="opcionales">{resto.map(fila)}</tbody>}
            </table>
          </div>
        )}
        {sueltas.length > 0 && (
          <p className="suave chico">
            No se usan: {sueltas.map((columna) => `${columna} (${ejemplo(columna) || 'vacía'})`).join(', ')}.
          </p>
        )}
      </div>
    </details>
  );
}

function Fila({
  columna: { campo, que, obligatoria, columna, ilegibles },
  nombre,
  nombres,
  ejemplo,
  asignada,
  onAsignar,
}: {
  columna: Columna;
  nombre: string;
  nombres: readonly string[];
  ejemplo: (columna: string) => string;
  asignada: string | undefined;
  onAsignar: (columna: string | null) => void;
}) {
  const elegida = asignada ?? columna ?? '';
  const sola = asignada === undefined ? columna : null;
  const pendiente = asignada !== undefined && asignada !== columna;
  return (
    <tr>
      <th scope="row">
        {que} <span className="suave chico">{campo}</span>
      </th>
      <td data-titulo="Columna">
        <select
          aria-label={`Columna de ${campo}, en ${nombre}`}
          value={elegida}
          onChange={({ currentTarget: { value } }) =>
            onAsignar(value === '' || value === sola ? null : value)
          }
        >
          {sola === null && <option value="">{obligatoria ? 'Elija una…' : 'No la trae'}</option>}
          {!nombres.includes(elegida) && elegida !== '' && <option value={elegida}>{elegida}</option>}
          {nombres.map((una) => (
            <option key={una} value={una}>
              {una}
            </option>
          ))}
        </select>
      </td>
      <td data-titulo="Lo primero que trae">{elegida === '' ? '—' : ejemplo(elegida) || 'vacía'}</td>
      <td data-titulo="Se lee">
        {pendiente ? (
          'se leerá otra vez'
        ) : columna === null ? (
          obligatoria ? (
            <span className="sello mal">Falta</span>
          ) : (
            <span className="suave">opcional</span>
          )
        ) : ilegibles > 0 ? (
          <span className="sello espera">
            {cuantos(ilegibles, 'fila')} no se lee{ilegibles === 1 ? '' : 'n'}
          </span>
        ) : (
          <span className="sello bien">Bien</span>
        )}
      </td>
    </tr>
  );
}

function Sello({ entidad }: { entidad: Entidad }) {
  const estado = estadoDe(entidad);
  const texto = {
    bien: filasDe(entidad),
    espera: `${filasDe(entidad)}, con algo que mirar`,
    mal: 'No se puede leer',
  };
  return <span className={`sello ${estado}`}>{entidad.lugar === null ? 'No está' : texto[estado]}</span>;
}

function filasDe({ filas }: Entidad): string {
  return filas === 0 ? 'ninguna fila' : cuantos(filas, 'fila');
}

export function estadoDe({ lugar, problema, columnas, filas }: Entidad): 'bien' | 'espera' | 'mal' {
  if (problema !== null || lugar === null) return 'mal';
  return filas === 0 || columnas.some(({ ilegibles }) => ilegibles > 0) ? 'espera' : 'bien';
}

/** The first rows, those that differ. */
function ejemploDe(columna: string, nombres: readonly string[], muestra: readonly string[][]): string {
  const at = nombres.indexOf(columna);
  const valores = muestra.flatMap((fila) => fila[at] || []);
  return [...new Set(valores)].join(' · ');
}
