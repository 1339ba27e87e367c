import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { mandar, type Of, subir } from '../api.ts';
import { cuantos } from '../format.ts';
import { Falla } from '../parts/estado.tsx';
import { CAMPOS } from './planilla-campos.ts';

type Vistas = Of<'columnasVistas'>;

/** What each column of a sheet was taken for, with what stands in it; a person says it otherwise, once. */
export function ColumnasDePlanilla({
  file,
  fuente,
  abierta,
  onDichas,
}: {
  file: File;
  fuente: string;
  /** Open at once: without a word the sheet cannot be read. */
  abierta: boolean;
  /** They are remembered: the sheet is to be read anew. */
  onDichas: () => void;
}) {
  const ruta = `/api/planillas/${encodeURIComponent(fuente)}`;
  const { mutate, ...vistas } = useMutation({
    mutationFn: () => subir<'columnasVistas'>(`${ruta}/${encodeURIComponent(file.name)}/columnas`, file),
  });
  useEffect(() => mutate(), [mutate]);
  const [dichas, setDichas] = useState<Record<string, string | null>>({});
  const recordar = useMutation({
    mutationFn: () => mandar('POST', `${ruta}/columnas`, { columnas: dichas }),
    onSuccess: () => {
      setDichas({});
      mutate();
      onDichas();
    },
  });
  if (vistas.data === undefined || vistas.data.columnas.length === 0) return null;
  const { columnas, campos } = vistas.data;
  const usadas = columnas.filter(({ campo }) => campo !== null).length;
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
            <caption className="solo-lector">Las columnas de «{file.name}»</caption>
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
  columna: { tabla, letra, encabezado, ejemplo, campo, leido },
  campos,
  dicha,
  onDecir,
}: {
  columna: Vistas['columnas'][number];
  campos: readonly string[];
  dicha: string | null | undefined;
  onDecir: (campo: string | null) => void;
}) {
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
          value={dicha ?? campo ?? 'no'}
          onChange={({ currentTarget: { value } }) => onDecir(value)}
        >
          <option value="no">No se usa</option>
          {campos.map((uno) => (
            <option key={uno} value={uno}>
              {CAMPOS[uno] ?? uno}
            </option>
          ))}
        </select>
      </td>
      <td data-titulo="Se lee">{dicha === undefined ? (leido ?? '—') : 'se leerá de nuevo'}</td>
    </tr>
  );
}
