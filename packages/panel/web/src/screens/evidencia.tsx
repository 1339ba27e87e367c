import { useQuery } from '@tanstack/react-query';
import { leer, type Of } from '../api.ts';
import { decisionesQuery } from '../consultas.ts';
import { cuantos, dia, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec } from '../otec.tsx';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { Comprobacion } from './evidencia-comprobacion.tsx';
import { PorCurso } from './evidencia-cursos.tsx';
import { DecisionesVigentes } from './evidencia-decisiones.tsx';

type Curso = Of<'resumenDeEvidencia'>['cursos'][number];

/** What left, what SENCE answered and what people decided: for whoever asks afterwards. */
export function Evidencia() {
  const resumen = useQuery({
    queryKey: ['evidencia'],
    queryFn: () => leer<'resumenDeEvidencia'>('/api/evidencia/resumen'),
  });
  return <Consulta de={resumen}>{({ cursos }) => <Prueba cursos={cursos} />}</Consulta>;
}

function Prueba({ cursos: todos }: { cursos: Curso[] }) {
  const decir = useDecir();
  const cursos = useDeLaOtec(todos);
  const vigentes = useDeLaOtec(useQuery(decisionesQuery).data?.decisiones ?? NADA).filter(
    ({ fin }) => fin === null,
  );
  const envios = sum(cursos.map((curso) => curso.envios));
  const [primera] = cursos.map(({ desde }) => desde).sort();
  return (
    <>
      <Titulo
        texto={
          primera === undefined
            ? 'Todavía no hay ningún envío que probar'
            : `Hay prueba de ${cuantos(envios, 'envío')}, desde el ${dia(primera)}`
        }
        ventana="Evidencia"
      >
        {decir(
          'Lo que salió, lo que SENCE contestó y lo que decidieron las personas. Sirve si SENCE, un OTIC o una empresa pregunta.',
        )}
      </Titulo>
      {primera !== undefined && <Cifras cursos={cursos} vigentes={vigentes.length} />}
      {primera === undefined ? (
        <Vacio titulo="Aún no se ha enviado nada.">
          <p>La prueba de cada curso aparecerá aquí con su primer envío.</p>
        </Vacio>
      ) : (
        <PorCurso cursos={cursos} />
      )}
      <DecisionesVigentes decisiones={vigentes} />
      <Comprobacion />
    </>
  );
}

const NADA: never[] = [];

function Cifras({ cursos, vigentes }: { cursos: Curso[]; vigentes: number }) {
  const decir = useDecir();
  const envios = sum(cursos.map((curso) => curso.envios));
  const conRespuesta = sum(cursos.map((curso) => curso.conRespuesta));
  const sin = envios - conRespuesta;
  return (
    <section className="tarjeta partida cifras" aria-label="Resumen">
      <div>
        <div className="suave">Envíos con respuesta guardada</div>
        <div className="cifra">{numero(conRespuesta)}</div>
        <p className="suave">de {numero(envios)}</p>
      </div>
      <div>
        <div className="suave">Sin respuesta guardada</div>
        <div className={sin > 0 ? 'cifra espera' : 'cifra'}>{numero(sin)}</div>
        {sin > 0 && (
          <p className="suave">{decir('No llegó, o pasó el plazo en que se guarda. Están en Envíos.')}</p>
        )}
      </div>
      <div>
        <div className="suave">Decisiones de personas que siguen vigentes</div>
        <div className="cifra">{numero(vigentes)}</div>
        {vigentes > 0 && (
          <p className="suave">
            <a href="#decisiones">Ver cuáles</a>
          </p>
        )}
      </div>
    </section>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
