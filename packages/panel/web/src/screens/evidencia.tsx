import { useMutation, useQuery } from '@tanstack/react-query';
import { descargar } from '../api.ts';
import { hoyQuery } from '../consultas.ts';
import { Campo } from '../parts/campo.tsx';
import { Aviso, Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';

/** Everything that was sent of a course and what SENCE answered, sealed: for an inspection or a dispute. */
export function Evidencia() {
  const hoy = useQuery(hoyQuery);
  const bajar = useMutation({
    mutationFn: (query: Record<string, string>) => descargar('/api/evidencia', query),
  });
  return (
    <>
      <Titulo texto="Evidencia">
        Un archivo con todo lo enviado de un curso y lo que SENCE respondió, para una fiscalización o un
        reclamo. Lleva un manifiesto que permite comprobar después que nada se cambió.
      </Titulo>
      <Consulta de={hoy}>
        {({ proveedores }) => {
          const ofertas = new Map(
            proveedores.flatMap(({ rutOtec, cursos }) =>
              cursos.map(({ codigoOferta, titulo }) => [`${rutOtec}/${codigoOferta}`, titulo] as const),
            ),
          );
          if (ofertas.size === 0) return <Vacio titulo="Todavía no se ha enviado ningún curso." />;
          return (
            <form
              className="tarjeta columna angosta"
              onSubmit={(event) => {
                event.preventDefault();
                const form = new FormData(event.currentTarget);
                const [rutOtec = '', ...rest] = String(form.get('oferta')).split('/');
                bajar.mutate({
                  rutOtec,
                  codigoOferta: rest.join('/'),
                  desde: String(form.get('desde')),
                  hasta: String(form.get('hasta')),
                });
              }}
            >
              <label>
                Curso
                <select name="oferta">
                  {[...ofertas].map(([clave, titulo]) => (
                    <option key={clave} value={clave}>
                      {titulo} ({clave.slice(clave.indexOf('/') + 1)})
                    </option>
                  ))}
                </select>
              </label>
              <div className="fila">
                <Campo etiqueta="Desde (opcional)" name="desde" type="date" />
                <Campo etiqueta="Hasta (opcional)" name="hasta" type="date" />
              </div>
              {bajar.isError && <Falla error={bajar.error} />}
              {bajar.isSuccess && (
                <Aviso tono="bien">
                  <p>
                    <strong>Descargada.</strong> Trae datos personales: guárdela donde solo la vea quien deba.
                  </p>
                </Aviso>
              )}
              <button type="submit" className="principal" disabled={bajar.isPending}>
                {bajar.isPending ? 'Preparando…' : 'Descargar la evidencia'}
              </button>
            </form>
          );
        }}
      </Consulta>
    </>
  );
}
