import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { descargar, leer, type Of } from '../api.ts';
import { cuantos, duracion, numero } from '../format.ts';
import { Aviso, Consulta, Falla } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';

type Respuesta = Of<'conciliacion'>;
type Diferencia = Respuesta['diferencias'][number];
type Dato = Diferencia['distintos'][number];

const TIPOS: Record<Diferencia['tipo'], string> = {
  'falta-en-sence': 'Falta en SENCE',
  'valor-distinto': 'Valor distinto',
  'desconocido-en-lms': 'SENCE lo tiene, la fuente no',
  'salio-del-lms': 'Salió de la fuente',
  'nunca-enviado': 'Nunca enviado',
  retenido: 'Retenido: no se envía',
};

/** The source, our own record and SENCE's history beside each other. Asked only on request: it may take minutes. */
export function Conciliacion() {
  const conciliacion = useQuery({
    queryKey: ['conciliacion'],
    queryFn: () => leer<'conciliacion'>('/api/conciliacion'),
    enabled: false,
  });
  return (
    <>
      <Titulo texto="Comparar con SENCE">
        Tres cosas, alumno por alumno: lo que dicen sus datos, lo que Puente envió y lo que SENCE tiene en su
        historial. No envía ni cambia nada.
      </Titulo>
      <p>
        <button
          type="button"
          className="principal"
          disabled={conciliacion.isFetching}
          onClick={() => conciliacion.refetch()}
        >
          {conciliacion.isFetching ? 'Comparando; puede tardar minutos…' : 'Comparar ahora'}
        </button>
      </p>
      {(conciliacion.data !== undefined || conciliacion.isError) && (
        <Consulta de={conciliacion}>{(data) => <Diferencias respuesta={data} />}</Consulta>
      )}
    </>
  );
}

function Diferencias({ respuesta }: { respuesta: Respuesta }) {
  const { comparados, iguales, diferencias, fallas, sinHistorial } = respuesta;
  const retenidos = diferencias.filter(({ tipo }) => tipo === 'retenido').length;
  return (
    <>
      {[...fallas, ...sinHistorial].map(({ mensaje, queHacer }) => (
        <Aviso key={mensaje} tono="mal">
          <p>
            <strong>{mensaje}</strong>
          </p>
          <p>{queHacer}</p>
        </Aviso>
      ))}
      <Aviso tono={diferencias.length === 0 ? 'bien' : 'espera'}>
        <p>
          <strong>
            {numero(iguales)} de {cuantos(comparados, 'registro')} son iguales en los tres.
          </strong>{' '}
          {diferencias.length === 0
            ? 'No hay diferencias.'
            : `${cuantos(diferencias.length - retenidos, 'diferencia')} por mirar${
                retenidos > 0 ? ` y ${cuantos(retenidos, 'registro retenido', 'registros retenidos')}` : ''
              }.`}
        </p>
      </Aviso>
      {diferencias.length > 0 && (
        <>
          <Descarga />
          <Tabla diferencias={diferencias} />
        </>
      )}
    </>
  );
}

/** The server compares once more, so that the file tells what is true when it is saved. */
function Descarga() {
  const bajar = useMutation({ mutationFn: () => descargar('/api/conciliacion.csv', {}) });
  return (
    <>
      <p>
        <button type="button" disabled={bajar.isPending} onClick={() => bajar.mutate()}>
          {bajar.isPending ? 'Preparando…' : 'Descargar para Excel'}
        </button>
      </p>
      {bajar.isError && <Falla error={bajar.error} />}
    </>
  );
}

function Tabla({ diferencias }: { diferencias: Diferencia[] }) {
  return (
    <div className="tabla">
      <table className="apilada">
        <thead>
          <tr>
            <th scope="col">Alumno</th>
            <th scope="col">Diferencia</th>
            <th scope="col" className="n">
              Fuente
            </th>
            <th scope="col" className="n">
              Puente
            </th>
            <th scope="col" className="n">
              SENCE
            </th>
            <th scope="col">Qué pasó y qué hacer</th>
          </tr>
        </thead>
        <tbody>
          {diferencias.map(({ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo, ...diferencia }) => (
            <tr key={`${codigoOferta} ${codigoGrupo} ${rut} ${codigoModulo}`}>
              <th scope="row">
                <Link
                  to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut"
                  params={{ rutOtec, codigoOferta, codigoGrupo, rut }}
                >
                  {rut}
                </Link>
                <div className="suave chico">{codigoModulo}</div>
              </th>
              <td>
                <span className="sello espera">{TIPOS[diferencia.tipo]}</span>
              </td>
              <td className="n" data-titulo="Fuente">
                {avance(diferencia.lms)}
              </td>
              <td className="n" data-titulo="Puente">
                {avance(diferencia.registro)}
              </td>
              <td className="n" data-titulo="SENCE">
                {avance(diferencia.sence)}
              </td>
              <td>
                {diferencia.explicacion}
                <Distintos datos={diferencia.distintos} /> <strong>Qué hacer:</strong> {diferencia.queHacer}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the three do not say alike, beyond the percentage that the columns show. */
function Distintos({ datos }: { datos: Dato[] }) {
  const otros = datos.filter(({ campo }) => campo !== 'modulo.porcentajeAvance');
  if (otros.length === 0) return null;
  return (
    <ul className="chico">
      {otros.map(({ campo, nombre, lms, registro, sence }) => (
        <li key={campo}>
          {nombre}: fuente {dato(campo, lms)}, Puente {dato(campo, registro)}, SENCE {dato(campo, sence)}
        </li>
      ))}
    </ul>
  );
}

function dato(campo: Dato['campo'], value: number | string | null): string {
  if (value === null) return '—';
  if (typeof value === 'string') return value.split('-').reverse().join('-');
  if (campo.endsWith('.tiempoConectividad')) return duracion(value);
  return campo.endsWith('.estado') ? (ESTADOS[value] ?? numero(value)) : avance(value);
}

const ESTADOS: Readonly<Record<number, string>> = { 1: 'cursando', 2: 'aprobado', 3: 'reprobado' };

function avance(value: number | null): string {
  return value === null ? '—' : `${numero(value)} %`;
}
