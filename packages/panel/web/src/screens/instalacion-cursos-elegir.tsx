import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FuenteInstalada } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { cuantos } from '../format.ts';
import { rutaFuente, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { brindar } from '../parts/brindis.tsx';
import { Opciones } from '../parts/campo.tsx';
import { Aviso, Falla, Vacio } from '../parts/estado.tsx';
import { Hallazgos } from '../parts/hallazgos.tsx';
import {
  type Borrador,
  borradorDe,
  entradasDe,
  entradasGuardadas,
  faltaAlgo,
} from './instalacion-codigos.ts';
import { ListaDeCursos } from './instalacion-cursos-lista.tsx';
import {
  CUALES,
  type Cuales,
  CursosAusentes,
  FaltanCodigos,
  NingunCurso,
} from './instalacion-cursos-partes.tsx';

type Instalacion = Of<'instalacion'>;

/** The courses of one source for one provider, as drafts until they are kept together. */
export function ElegirCursos({
  instalacion,
  fuente,
  rutOtec,
  sugeridos: { cursos, hallazgos },
  releer,
  leyendo,
}: {
  instalacion: Instalacion;
  fuente: FuenteInstalada;
  rutOtec: string;
  sugeridos: Of<'cursosSugeridos'>;
  releer: () => void;
  leyendo: boolean;
}) {
  const navigate = useNavigate();
  const ref = useRef<HTMLFormElement>(null);
  // As it stood before anything was kept here: what is undone goes back to that.
  const [eranTodos] = useState(instalacion.cursos === null);
  const [antes] = useState(() => entradasGuardadas(instalacion, fuente.nombre, rutOtec));
  const comoEstaban = (): Record<string, Borrador> =>
    Object.fromEntries(
      cursos.map((uno) => [uno.curso, borradorDe(uno, antes.get(uno.curso) ?? [], antes.size === 0)]),
    );
  const [borradores, setBorradores] = useState(comoEstaban);
  const ausentes = [...antes].filter(([curso]) => borradores[curso] === undefined);
  const [olvidados, setOlvidados] = useState<ReadonlySet<string>>(new Set());
  const puedenTodos =
    fuente.tipo === 'archivo' &&
    instalacion.otecs.length === 1 &&
    cursos.every((uno) => !faltaAlgo(uno, borradorDe(uno, [], true)));
  const cualesEran: Cuales = puedenTodos && antes.size === 0 ? 'todos' : 'elegidos';
  const [cuales, setCuales] = useState(cualesEran);
  // Only these are listed after somebody wanted to go on without them.
  const [incompletos, setIncompletos] = useState<ReadonlySet<string> | null>(null);
  const [pregunta, setPregunta] = useState(false);
  const varias = instalacion.fuentes.length > 1 || instalacion.otecs.length > 1;
  const guardar = useCambio(
    (entradas: Of<'cursoInstalado'>[] | null) =>
      pedir<'instalacion'>('PUT', `${rutaFuente(fuente.nombre)}/cursos`, { rutOtec, cursos: entradas }),
    () => {
      if (nadaElegido) return brindar(ninguno());
      return varias ? undefined : navigate({ to: '/instalacion', search: { paso: 'primer-envio' } });
    },
  );
  const deshacer = useCambio(
    () =>
      pedir<'instalacion'>('PUT', `${rutaFuente(fuente.nombre)}/cursos`, {
        rutOtec,
        cursos: eranTodos ? null : [...antes.values()].flat(),
      }),
    // As it was before, without reading the source once more: what is marked next must not be taken away.
    () => {
      setBorradores(comoEstaban());
      setOlvidados(new Set());
      setCuales(cualesEran);
      setIncompletos(null);
    },
  );
  const ninguno = () => ({
    texto: `Ningún curso de «${fuente.nombre}» se informa desde esta noche.`,
    acciones: [{ texto: 'Deshacer', hacer: () => deshacer.mutate() }],
  });
  const { reset } = guardar;
  const cambiar = useCallback(
    (cuales: string[], next: (antes: Borrador) => Borrador) => {
      reset();
      setBorradores((all) => {
        const changed = { ...all };
        for (const curso of cuales) {
          const one = all[curso];
          if (one !== undefined) changed[curso] = next(one);
        }
        return changed;
      });
    },
    [reset],
  );
  useEffect(() => {
    if (incompletos !== null) ref.current?.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus();
  }, [incompletos]);

  const pares = cursos.flatMap((uno) => {
    const borrador = borradores[uno.curso];
    return borrador === undefined ? [] : [{ curso: uno, borrador }];
  });
  const elegidos = pares.filter(({ borrador }) => borrador.elegido).length;
  const nadaElegido = cuales === 'elegidos' && elegidos === 0 && ausentes.length === olvidados.size;
  const faltan = pares.filter(({ curso, borrador }) => borrador.elegido && faltaAlgo(curso, borrador));
  const restan = incompletos === null ? 0 : faltan.length;
  const enviar = (isSure = false) => {
    if (cuales === 'todos') return guardar.mutate(null);
    if (nadaElegido && !isSure) return setPregunta(true);
    setPregunta(false);
    setIncompletos(faltan.length === 0 ? null : new Set(faltan.map(({ curso }) => curso.curso)));
    if (faltan.length > 0) return;
    guardar.mutate([
      ...pares.flatMap(({ curso, borrador }) => entradasDe(curso, borrador)),
      ...ausentes.flatMap(([curso, entradas]) => (olvidados.has(curso) ? [] : entradas)),
    ]);
  };

  return (
    <form
      ref={ref}
      className="columna"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        enviar();
      }}
    >
      <Hallazgos de={hallazgos} titulo="al mirar los cursos" />
      {puedenTodos && (
        <div className="ancha">
          <Opciones
            titulo="Los archivos traen todos los códigos"
            nombre="cuales"
            opciones={CUALES}
            elegida={cuales}
            onElegir={setCuales}
          />
        </div>
      )}
      {cursos.length === 0 && (
        <Vacio titulo={`La fuente «${fuente.nombre}» todavía no trae ningún curso.`}>
          <p>Agregue el avance de sus alumnos a la fuente y mire de nuevo.</p>
        </Vacio>
      )}
      {cuales === 'elegidos' && cursos.length > 0 && (
        <ListaDeCursos
          pares={pares}
          soloEstos={incompletos}
          onTodos={() => setIncompletos(null)}
          onCambio={cambiar}
        />
      )}
      {cuales === 'elegidos' && (
        <CursosAusentes
          cursos={ausentes.map(([curso]) => curso)}
          olvidados={olvidados}
          onAlternar={(curso) => setOlvidados(alternado(olvidados, curso))}
        />
      )}
      <div className="fila medio">
        <BotonGuardar guardando={guardar.isPending}>{varias ? 'Guardar' : 'Guardar y seguir'}</BotonGuardar>
        <button type="button" disabled={leyendo} onClick={releer}>
          {leyendo ? 'Mirando…' : 'Mirar otra vez'}
        </button>
        {varias && (
          <button
            type="button"
            onClick={() => navigate({ to: '/instalacion', search: { paso: 'primer-envio' } })}
          >
            Seguir al primer envío
          </button>
        )}
        {cuales === 'elegidos' && (
          <span className="suave">{cuantos(elegidos, 'curso elegido', 'cursos elegidos')}</span>
        )}
      </div>
      {restan > 0 && <FaltanCodigos cursos={restan} />}
      {pregunta && (
        <NingunCurso fuente={fuente.nombre} onSi={() => enviar(true)} onClose={() => setPregunta(false)} />
      )}
      {nadaElegido && (
        <Aviso tono="espera">
          <p>No hay ningún curso elegido: así no se informa nada de esta fuente.</p>
        </Aviso>
      )}
      {guardar.isError && <Falla error={guardar.error} />}
      {guardar.isSuccess && varias && (
        <div role="status">
          <Aviso tono="bien">
            <p>
              <strong>Guardado.</strong> Si falta otra fuente u otra OTEC, elíjala arriba.
            </p>
          </Aviso>
        </div>
      )}
    </form>
  );
}

function alternado(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
