import { useMutation } from '@tanstack/react-query';
import type { CursoClave } from '../../../src/api.ts';
import { type Of, rutaCurso, subir } from '../api.ts';
import { cuantos } from '../format.ts';
import { Aviso, Falla } from '../parts/estado.tsx';
import { QuienEs } from '../parts/quien.tsx';
import { usePuedeEnviar } from '../sesion.ts';

/** SENCE's list of sessions, dropped: who of the course stands in it. Nothing of the file is kept. */
export function SesionesDeGca({ curso }: { curso: CursoClave & { titulo: string } }) {
  const puede = usePuedeEnviar();
  const mirar = useMutation({
    mutationFn: (archivo: File) =>
      subir<'sesionesDeCurso'>(`${rutaCurso(curso)}/sesiones/${encodeURIComponent(archivo.name)}`, archivo),
  });
  if (!puede) return null;
  return (
    <div className="columna separada">
      <label className="soltar-fila">
        <span className="boton chico" aria-hidden="true">
          {mirar.isPending ? 'Leyendo…' : 'Elegir la descarga de GCA'}
        </span>
        <span className="chico suave">
          O suéltela aquí: la planilla de sesiones que se baja de GCA, tal como llega. Puente la lee y no la
          guarda.
        </span>
        <input
          type="file"
          aria-label={`Elegir la descarga de GCA de ${curso.titulo}`}
          accept=".csv,.xlsx,.xls,.ods,.txt"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file !== undefined) mirar.mutate(file);
            currentTarget.value = '';
          }}
        />
      </label>
      {mirar.isError && <Falla error={mirar.error} />}
      {mirar.data && <Quienes curso={curso} archivo={mirar.variables.name} visto={mirar.data} />}
    </div>
  );
}

function Quienes({
  curso,
  archivo,
  visto: { con, sin, otros },
}: {
  curso: CursoClave;
  archivo: string;
  visto: Of<'sesionesDeCurso'>;
}) {
  const total = con.length + sin.length;
  return (
    <div role="status">
      <Aviso tono={con.length === 0 ? 'espera' : sin.length === 0 ? 'bien' : 'marca'}>
        <p>
          <strong>
            {con.length === 0
              ? `Ninguno de los ${cuantos(total, 'alumno')} de este curso aparece en «${archivo}».`
              : `${con.length} de ${cuantos(total, 'alumno')} de este curso ${con.length === 1 ? 'aparece' : 'aparecen'} en «${archivo}».`}
          </strong>
        </p>
        {con.length === 0 ? (
          <p>Revise que sea la descarga de este curso.</p>
        ) : sin.length === 0 ? (
          <p>Cada uno tiene al menos una fila.</p>
        ) : (
          <>
            <p>Sin ninguna fila, y por eso, según ese archivo, todavía sin sesión:</p>
            <ul>
              {sin.map(({ rut, nombre }, index) => (
                <li key={rut || index}>
                  <QuienEs curso={curso} rut={rut} nombre={nombre} />
                </li>
              ))}
            </ul>
          </>
        )}
        {otros > 0 && (
          <p className="chico suave">
            {cuantos(otros, 'persona')} más de ese archivo no {otros === 1 ? 'es' : 'son'} de este curso.
          </p>
        )}
      </Aviso>
    </div>
  );
}
