import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FuenteInstalada } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { cuantos } from '../format.ts';
import { rutaFuente, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Casilla, Opciones } from '../parts/campo.tsx';
import { Aviso, Falla, Vacio } from '../parts/estado.tsx';
import { Hallazgos } from '../parts/hallazgos.tsx';
import { type Borrador, borradorDe, entradasDe, faltaAlgo } from './instalacion-codigos.ts';
import { ListaDeCursos } from './instalacion-cursos-lista.tsx';

type Instalacion = Of<'instalacion'>;
type Cuales = 'todos' | 'elegidos';

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
  const [antes] = useState(() => entradasGuardadas(instalacion, fuente.nombre, rutOtec));
  const [borradores, setBorradores] = useState<Record<string, Borrador>>(() =>
    Object.fromEntries(
      cursos.map((uno) => [uno.curso, borradorDe(uno, antes.get(uno.curso) ?? [], antes.size === 0)]),
    ),
  );
  const ausentes = [...antes].filter(([curso]) => borradores[curso] === undefined);
  const [olvidados, setOlvidados] = useState<ReadonlySet<string>>(new Set());
  const puedenTodos =
    fuente.tipo === 'archivo' &&
    instalacion.otecs.length === 1 &&
    cursos.every((uno) => !faltaAlgo(uno, borradorDe(uno, [], true)));
  const [cuales, setCuales] = useState<Cuales>(puedenTodos && antes.size === 0 ? 'todos' : 'elegidos');
  // Only these are listed after somebody wanted to go on without them.
  const [incompletos, setIncompletos] = useState<ReadonlySet<string> | null>(null);
  const varias = instalacion.fuentes.length > 1 || instalacion.otecs.length > 1;
  const guardar = useCambio(
    (entradas: Of<'cursoInstalado'>[] | null) =>
      pedir<'instalacion'>('PUT', `${rutaFuente(fuente.nombre)}/cursos`, { rutOtec, cursos: entradas }),
    () => !varias && navigate({ to: '/instalacion', search: { paso: 'primer-envio' } }),
  );
  const { reset } = guardar;
  const cambiar = useCallback(
    (curso: string, next: (antes: Borrador) => Borrador) => {
      reset();
      setBorradores((all) => {
        const one = all[curso];
        return one === undefined ? all : { ...all, [curso]: next(one) };
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
  const enviar = () => {
    if (cuales === 'todos') return guardar.mutate(null);
    const faltan = pares.filter(({ curso, borrador }) => borrador.elegido && faltaAlgo(curso, borrador));
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
      {cuales === 'elegidos' && ausentes.length > 0 && (
        <fieldset className="tarjeta">
          <legend className="solo-lector">Guardados que la fuente ya no trae</legend>
          <p>
            <strong>La fuente ya no trae estos cursos.</strong> Desmarque los que no haya que informar más.
          </p>
          {ausentes.map(([curso]) => (
            <Casilla
              key={curso}
              etiqueta={curso}
              checked={!olvidados.has(curso)}
              onChange={() => setOlvidados(alternado(olvidados, curso))}
            />
          ))}
        </fieldset>
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
      {incompletos !== null && (
        <div className="aviso mal" role="alert">
          <p>
            <strong>
              A {cuantos(incompletos.size, 'curso elegido', 'cursos elegidos')}{' '}
              {incompletos.size === 1 ? 'le' : 'les'} falta algún código.
            </strong>
          </p>
          <p>Cópielos de SIC, en Mantenedores → Cursos, o desmarque los cursos que no se informan.</p>
        </div>
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

const CUALES: { valor: Cuales; texto: string; ayuda: string }[] = [
  {
    valor: 'todos',
    texto: 'Informar todos los cursos que traigan los archivos, también los nuevos',
    ayuda: 'Lo más simple: un curso nuevo en sus archivos se informa desde esa misma noche.',
  },
  {
    valor: 'elegidos',
    texto: 'Elegir los cursos, y corregir sus códigos',
    ayuda: 'Un curso nuevo no se informa hasta que usted lo agregue aquí.',
  },
];

function entradasGuardadas(
  { cursos, otecs }: Instalacion,
  fuente: string,
  rutOtec: string,
): Map<string, Of<'cursoInstalado'>[]> {
  const found = new Map<string, Of<'cursoInstalado'>[]>();
  if (cursos === null) return found;
  for (const { fuente: suya, rutOtec: deQuien, ...entrada } of cursos) {
    if (suya !== fuente || (deQuien !== rutOtec && otecs.length > 1)) continue;
    found.set(entrada.curso, [...(found.get(entrada.curso) ?? []), entrada]);
  }
  return found;
}

function alternado(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
