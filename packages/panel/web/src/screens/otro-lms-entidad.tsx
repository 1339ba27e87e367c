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
  const { entidad: nombre, que, lugar, filas, columnas, nombres, muestra, problema } = entidad;
  const visto = columnas
    .filter(({ campo, columna, obligatoria }) => columna !== null || obligatoria || asignadas[campo])
    // What is missing is what somebody came to say.
    .sort((una, otra) => Number(una.columna !== null) - Number(otra.columna !== null));
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
  const cabeza = (
    <thead>
      <tr>
        <th scope="col">Lo que Puente busca</th>
        <th scope="col">Columna</th>
        <th scope="col">Lo primero que trae</th>
        <th scope="col">Se lee</th>
      </tr>
    </thead>
  );
  return (
    <details className="tarjeta" open={estadoDe(entidad) !== 'bien'}>
      <summary>
        <strong>{nombre}</strong> <span className="suave">{que}</span> <Sello entidad={entidad} />
      </summary>
      <div className="separadas">
        {lugar === null && (
          <p>
            Hace falta. Agregue una consulta bajo la línea «-- entidad: {nombre}», o un archivo {nombre}.csv
            en la carpeta, con:{' '}
            {columnas
              .filter(({ obligatoria }) => obligatoria)
              .map(({ campo, que: dato }) => `${campo} (${dato})`)
              .join(', ')}
            .
          </p>
        )}
        {problema !== null && (
          <p className="mal">
            {problema.mensaje} {nombres.length === 0 && problema.queHacer}
          </p>
        )}
        {nombres.length > 0 && (
          <div className="tabla corta">
            <table className="apilada">
              <caption className="solo-lector">
                Las columnas de «{nombre}»: {cuantos(filas, 'fila')}
              </caption>
              {cabeza}
              <tbody>{visto.map(fila)}</tbody>
            </table>
          </div>
        )}
        {nombres.length > 0 && resto.length > 0 && (
          <details>
            <summary className="chico">
              {cuantos(resto.length, 'dato opcional que no trae', 'datos opcionales que no trae')}
              <span className="solo-lector"> {nombre}</span>
            </summary>
            <div className="tabla corta">
              <table className="apilada">
                <caption className="solo-lector">Lo opcional de «{nombre}»</caption>
                {cabeza}
                <tbody>{resto.map(fila)}</tbody>
              </table>
            </div>
          </details>
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

/** What is kept where a person says that no column has it; as docs/entidades.md names it. */
const NINGUNA = 'ninguna';

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
  const sinUsar = asignada === NINGUNA;
  const pendiente = asignada !== undefined && (sinUsar ? columna !== null : asignada !== columna);
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
          {!obligatoria && <option value={NINGUNA}>No usar ninguna</option>}
          {!nombres.includes(elegida) && elegida !== '' && !sinUsar && (
            <option value={elegida}>{elegida}</option>
          )}
          {nombres.map((una) => (
            <option key={una} value={una}>
              {una}
            </option>
          ))}
        </select>
      </td>
      <td data-titulo="Lo primero que trae">
        {elegida === '' || sinUsar ? '—' : ejemplo(elegida) || 'vacía'}
      </td>
      <td data-titulo="Se lee">
        {pendiente ? (
          'se leerá otra vez'
        ) : columna === null ? (
          obligatoria ? (
            <span className="sello mal">Falta</span>
          ) : (
            <span className="suave">{sinUsar ? 'no se usa' : 'opcional'}</span>
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
