import { useId } from 'react';
import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';
import { Falla } from '../parts/estado.tsx';
import { CAMPOS } from './planilla-campos.ts';
import { useDichas } from './planilla-dichas.ts';

type Vistas = Of<'columnasVistas'>;

/** What each column of a sheet was taken for, with what stands in it; a person says it otherwise, once. */
export function ColumnasDePlanilla({
  vistas: { columnas, campos, modulos },
  nombre,
  fuente,
  abierta,
  onDichas,
}: {
  vistas: Vistas;
  /** Of the file. */
  nombre: string;
  fuente: string;
  /** Open at once: without a word the sheet cannot be read. */
  abierta: boolean;
  /** They are remembered: the sheet is to be read anew. */
  onDichas: () => void;
}) {
  const { dichas, setDichas, recordar } = useDichas(fuente, onDichas);
  if (columnas.length === 0) return null;
  const usadas = columnas.filter(({ campo }) => campo !== null).length;
  // Each row is of one module where a column says of which.
  const aLoLargo = columnas.some(({ campo }) => campo === 'codigoModulo');
  return (
    <details className="tarjeta" open={abierta}>
      <summary>
        {cuantos(columnas.length, 'columna')}: {cuantos(usadas, 'se usa', 'se usan')}. Así se entiende cada
        una
      </summary>
      <form
        className="separadas"
        onSubmit={(event) => {
          event.preventDefault();
          recordar.mutate();
        }}
      >
        <div className="tabla">
          <table className="apilada">
            <caption className="solo-lector">Las columnas de «{nombre}»</caption>
            <thead>
              <tr>
                <th scope="col">Columna</th>
                <th scope="col">Lo primero que trae</th>
                <th scope="col">Qué es</th>
                <th scope="col">Se lee</th>
              </tr>
            </thead>
            <tbody>
              {columnas.map((columna) => (
                <Fila
                  key={`${columna.tabla} ${columna.letra}`}
                  columna={columna}
                  campos={campos}
                  modulos={aLoLargo ? null : modulos.map((uno) => uno.nombre)}
                  dicha={dichas[columna.encabezado]}
                  onDecir={(campo) => setDichas({ ...dichas, [columna.encabezado]: campo })}
                />
              ))}
            </tbody>
          </table>
        </div>
        {recordar.isError && <Falla error={recordar.error} />}
        <div className="fila medio">
          <button
            type="submit"
            className="principal"
            disabled={Object.keys(dichas).length === 0 || recordar.isPending}
          >
            Recordar estas columnas y leer de nuevo
          </button>
          <span className="suave chico">Lo que no se elige no se usa. No se envía nada.</span>
        </div>
      </form>
    </details>
  );
}

function Fila({
  columna: { tabla, letra, encabezado, ejemplo, campo, modulo, leido },
  campos,
  modulos,
  dicha,
  onDecir,
}: {
  columna: Vistas['columnas'][number];
  campos: readonly string[];
  /** As the sheet calls those that stand side by side; null: each row is of one. */
  modulos: readonly string[] | null;
  dicha: string | null | undefined;
  onDecir: (campo: string | null) => void;
}) {
  const [elegido = '', ...deQuien] = (dicha ?? campo ?? 'no').split(' ');
  const suyo = dicha === undefined ? (modulo ?? '') : deQuien.join(' ') || (modulo ?? '');
  const decir = (que: string, quien: string) =>
    onDecir(DE_MODULO.test(que) && modulos !== null && quien !== '' ? `${que} ${quien}` : que);
  return (
    <tr>
      <th scope="row">
        <span className="suave">{letra}</span> {encabezado}
        <span className="solo-lector">, {tabla}</span>
      </th>
      <td data-titulo="Lo primero que trae">
        {ejemplo === '' ? <span className="suave">vacía</span> : ejemplo}
      </td>
      <td data-titulo="Qué es">
        <select
          aria-label={`Qué es «${encabezado}»`}
          value={elegido}
          onChange={({ currentTarget: { value } }) => decir(value, suyo)}
        >
          <option value="no">No se usa</option>
          {campos.map((uno) => (
            <option key={uno} value={uno}>
              {CAMPOS[uno] ?? uno}
            </option>
          ))}
        </select>
        {modulos !== null && DE_MODULO.test(elegido) && (
          <Modulo
            encabezado={encabezado}
            modulos={modulos}
            valor={suyo}
            onDecir={(quien) => decir(elegido, quien)}
          />
        )}
      </td>
      <td data-titulo="Se lee">{dicha === undefined ? (leido ?? '—') : 'se leerá de nuevo'}</td>
    </tr>
  );
}

/** What a module has a column of, but for its code. */
const DE_MODULO = /^(modulo|notaModulo|actividades)/;

/** Of which module a column is: one that the sheet names, or a code of SIC. */
function Modulo({
  encabezado,
  modulos,
  valor,
  onDecir,
}: {
  encabezado: string;
  modulos: readonly string[];
  valor: string;
  onDecir: (modulo: string) => void;
}) {
  const id = useId();
  return (
    <>
      <input
        aria-label={`De qué módulo es «${encabezado}»`}
        placeholder="M1, o el código del módulo"
        autoComplete="off"
        list={id}
        value={valor}
        onChange={({ currentTarget: { value } }) => onDecir(value)}
      />
      <datalist id={id}>
        {modulos.map((uno) => (
          <option key={uno} value={uno} />
        ))}
      </datalist>
    </>
  );
}
