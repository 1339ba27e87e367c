import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { leer, type Of, rutaCurso } from '../api.ts';
import { cuantos, dia, numero } from '../format.ts';
import { useEnviar } from '../parts/enviar.tsx';
import { Consulta } from '../parts/estado.tsx';
import { Fallas } from '../parts/hallazgos.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { Comparacion } from './curso-alumnos.tsx';
import { Mapeo } from './curso-mapeo.tsx';
import { Modulos } from './curso-modulos.tsx';
import { Calendario } from './curso-noches.tsx';
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
  return (
    <>
      <Titulo texto={curso.data?.titulo ?? `Curso ${clave.codigoOferta}`}>
        {/* Only below a title that is whole: on a telephone it takes more lines than the code before it. */}
        {curso.data && (
          <>
            {clave.codigoOferta} · grupo {clave.codigoGrupo}
            {curso.data.fechaInicio && curso.data.fechaFin && (
              <>
                {' '}
                · del {dia(curso.data.fechaInicio)} al {dia(curso.data.fechaFin)}
              </>
            )}
          </>
        )}
      </Titulo>
      {curso.isPending && <p className="suave">Se está leyendo la fuente; puede tardar unos segundos.</p>}
      {/* Also where the source is down; but not above its answer, which brings a longer title and would push it. */}
      {!curso.isPending && <Calendario clave={clave} />}
      <Consulta de={curso}>
        {(data) => (
          <>
            <Fallas de={data.fallas} />
            <Prevision curso={data} releer={() => curso.refetch()} leyendo={curso.isFetching} />
            <Hallazgos curso={data} />
            <Comparacion curso={data} />
            <Modulos modulos={data.modulos} />
            <Mapeo curso={data} />
            <Reglas curso={data} />
            <CuerpoPrevisto clave={clave} />
          </>
        )}
      </Consulta>
    </>
  );
}

/** What a send made now would do, before anything is sent. */
function Prevision({ curso, releer, leyendo }: { curso: Comparado; releer: () => void; leyendo: boolean }) {
  const { prevision, rutOtec, codigoOferta, codigoGrupo } = curso;
  const { enviar, ocupado, marcha } = useEnviar();
  const puede = usePuedeEnviar();
  return (
    <section aria-label="Si se enviara ahora">
      <div className="cifras">
        <Cifra
          titulo="Se enviarían"
          cifra={prevision.registros}
          bajo={`registros de ${cuantos(prevision.alumnos, 'alumno')}`}
        />
        <Cifra titulo="Cambian" cifra={prevision.cambiados} bajo="respecto de lo que SENCE aceptó" />
        <Cifra
          titulo="Se retendrían"
          cifra={prevision.retenidos}
          bajo="porque SENCE los rechazaría"
          tono={prevision.retenidos > 0 ? 'espera' : ''}
        />
      </div>
      <div className="fila medio">
        <button
          type="button"
          className="principal"
          disabled={!puede || ocupado || prevision.registros === 0}
          onClick={() => enviar({ curso: { rutOtec, codigoOferta, codigoGrupo } })}
        >
          Enviar ahora
        </button>
        <button type="button" disabled={leyendo} onClick={releer}>
          {leyendo ? 'Leyendo…' : 'Leer la fuente otra vez'}
        </button>
        {curso.url !== null && (
          <a className="boton" href={curso.url} target="_blank" rel="noreferrer">
            Abrir en el LMS<span className="solo-lector"> (se abre aparte)</span>
          </a>
        )}
        {!puede && <span className="suave chico">Su cuenta puede mirar, no enviar.</span>}
      </div>
      <div className="separada">{marcha}</div>
    </section>
  );
}

function Cifra({
  titulo,
  cifra,
  bajo,
  tono = '',
}: {
  titulo: string;
  cifra: number;
  bajo: string;
  tono?: string;
}) {
  return (
    <div className="tarjeta">
      <div className="suave">{titulo}</div>
      <div className={`cifra ${tono}`}>{numero(cifra)}</div>
      <div className="chico">{bajo}</div>
    </div>
  );
}

function Hallazgos({ curso: { retenidos, hallazgos } }: { curso: Comparado }) {
  if (retenidos.length + hallazgos.length === 0) return null;
  return (
    <details className="aviso espera">
      <summary>
        <strong>
          {cuantos(retenidos.length + hallazgos.length, 'observación', 'observaciones')} del curso
        </strong>
      </summary>
      <ul>
        {[...retenidos, ...hallazgos].map(({ mensaje, queHacer, lugar, rut, codigoModulo }) => (
          <li key={`${rut} ${codigoModulo} ${mensaje}`}>
            {mensaje} <strong>Qué hacer:</strong> {queHacer}
            {lugar !== undefined && <span className="suave"> ({lugar})</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
