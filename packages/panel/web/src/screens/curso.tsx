import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronRight, RotateCw, Send } from 'lucide-react';
import { leer, type Of, rutaCurso } from '../api.ts';
import { cuantos, dia } from '../format.ts';
import { useEnviar } from '../parts/enviar.tsx';
import { Consulta } from '../parts/estado.tsx';
import { Fallas, Hallazgos } from '../parts/hallazgos.tsx';
import { Icono } from '../parts/icono.tsx';
import { SubirPlanilla } from '../parts/subir.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { useConectado, usePuedeEnviar } from '../sesion.ts';
import { Comparacion } from './curso-alumnos.tsx';
import { CursoAtrasado } from './curso-atrasado.tsx';
import { CifrasDelCurso } from './curso-cifras.tsx';
import { ComoVaElGrupo } from './curso-grupo.tsx';
import { Mapeo } from './curso-mapeo.tsx';
import { Modulos } from './curso-modulos.tsx';
import { NocheANoche } from './curso-noches.tsx';
import { CuerpoPrevisto } from './curso-previsto.tsx';
import { Reglas } from './curso-reglas.tsx';

const route = getRouteApi('/cursos/$rutOtec/$codigoOferta/$codigoGrupo');

type Comparado = Of<'cursoComparado'>;

/** A course as the source has it now, beside what SENCE accepted last. Reading it sends nothing. */
export function Curso() {
  const clave = route.useParams();
  const curso = useQuery({
    queryKey: ['curso', clave],
    queryFn: () => leer<'cursoComparado'>(rutaCurso(clave)),
  });
  const envio = useEnviar();
  const puede = usePuedeEnviar();
  const conectado = useConectado();
  return (
    <>
      <div>
        <p className="migas">
          <Link to="/">Hoy</Link>
          <Icono de={ChevronRight} />
          <span>{clave.codigoOferta}</span>
        </p>
        <Titulo
          texto={curso.data?.titulo ?? `Curso ${clave.codigoOferta}`}
          acciones={
            // The title above them is longer once the course's name is here.
            !curso.isPending && (
              <>
                <SubirPlanilla />
                {puede && (
                  <button
                    type="button"
                    disabled={envio.ocupado || !conectado || curso.data?.prevision.registros === 0}
                    onClick={() => envio.enviar({ curso: clave })}
                  >
                    <Icono de={Send} />
                    Enviar ahora
                  </button>
                )}
                <button
                  type="button"
                  className="icono"
                  disabled={curso.isFetching}
                  aria-label={curso.isFetching ? 'Leyendo…' : 'Leer los datos otra vez'}
                  onClick={() => curso.refetch()}
                >
                  <Icono de={RotateCw} />
                </button>
              </>
            )
          }
        >
          {/* Only below a title that is whole: on a telephone it takes more lines than the code before it. */}
          {curso.data && <Bajada curso={curso.data} />}
        </Titulo>
      </div>
      {envio.marcha}
      {curso.isPending && <p className="suave">Se están leyendo los datos; puede tardar unos segundos.</p>}
      <Consulta de={curso}>
        {(data) => (
          <>
            <Fallas de={data.fallas} />
            <CursoAtrasado curso={data} />
            <CifrasDelCurso curso={data} />
            <div className="mitades">
              <NocheANoche clave={clave} />
              <ComoVaElGrupo alumnos={data.alumnos} />
            </div>
            <Hallazgos de={[...data.retenidos, ...data.hallazgos]} titulo="del curso" />
            <Comparacion curso={data} />
            <DeEsteCurso curso={data} />
          </>
        )}
      </Consulta>
      {/* Also where the source is down. */}
      {curso.isError && <NocheANoche clave={clave} />}
    </>
  );
}

function Bajada({
  curso: { codigoOferta, codigoGrupo, fechaInicio, fechaFin, url, alumnos },
}: {
  curso: Comparado;
}) {
  return (
    <>
      {codigoOferta} · grupo {codigoGrupo}
      {fechaInicio && fechaFin && ` · del ${dia(fechaInicio)} al ${dia(fechaFin)}`} ·{' '}
      {cuantos(alumnos.length, 'alumno')}
      {url !== null && (
        <>
          {' · '}
          <a href={url} target="_blank" rel="noreferrer">
            Abrir en la plataforma<span className="solo-lector"> (se abre aparte)</span>
          </a>
        </>
      )}
    </>
  );
}

/** What few need to look at: folded, each by itself. */
function DeEsteCurso({ curso }: { curso: Comparado }) {
  return (
    <section className="tarjeta columna" aria-labelledby="de-este-curso">
      <h2 id="de-este-curso">Reglas y códigos de este curso</h2>
      {curso.modulos !== null && <Modulos modulos={curso.modulos} />}
      <Mapeo curso={curso} />
      <Reglas curso={curso} />
      <CuerpoPrevisto clave={curso} />
    </section>
  );
}
