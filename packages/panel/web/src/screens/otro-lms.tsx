import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { leer, pedir } from '../api.ts';
import { rutaFuente, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Aviso, Consulta, Falla } from '../parts/estado.tsx';
import { BaseDeOtroLms, ResultadoDeConexion } from './otro-lms-base.tsx';
import { type Borrador, borradorDe, type OtroLms as Fuente, fuenteDe } from './otro-lms-datos.ts';
import { EnsayoDeOtroLms } from './otro-lms-ensayo.tsx';
import { LecturaDeOtroLms, MasOpciones } from './otro-lms-lectura.tsx';
import { RevisionDeOtroLms } from './otro-lms-revision.tsx';

type Elegido = { curso?: string; rut?: string };

/** An LMS that is no Moodle, from where it is to one student as SENCE would get them. It is kept once that passes. */
export function OtroLms({
  fuente,
  nombre,
  guardar: texto,
  onGuardada,
}: {
  fuente: Fuente | null;
  /** Of a new one. */
  nombre: string;
  guardar: ReactNode;
  onGuardada: () => unknown;
}) {
  const ref = useRef<HTMLFormElement>(null);
  const [borrador, setBorrador] = useState<Borrador>(() => borradorDe(fuente, nombre));
  // Columns that were said since it was last read.
  const [dichas, setDichas] = useState(false);
  const ofrecidos = useQuery({
    queryKey: ['otros-lms'],
    queryFn: () => leer<'otrosLms'>('/api/instalacion/otros-lms'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const ruta = rutaFuente(fuente?.nombre ?? borrador.nombre);
  const conectar = useMutation({
    mutationFn: () => pedir<'conexionDeFuente'>('POST', `${ruta}/conexion`, { fuente: fuenteDe(borrador) }),
  });
  const revisar = useMutation({
    mutationFn: (elegido: Elegido) =>
      pedir<'revisionDeFuente'>('POST', `${ruta}/revision`, { fuente: fuenteDe(borrador), ...elegido }),
    onSuccess: () => setDichas(false),
  });
  const guardar = useCambio(
    () => pedir<'instalacion'>('PUT', ruta, { fuente: fuenteDe(borrador) }),
    onGuardada,
  );
  // What was read is of other settings.
  const cambiar = (cambio: Partial<Borrador>, esBase: boolean) => {
    setBorrador((antes) => ({ ...antes, ...cambio }));
    if (esBase) conectar.reset();
    revisar.reset();
    guardar.reset();
  };
  const esCarpeta = borrador.motor === 'carpeta';
  const conClave = fuente?.tipo === 'sql' && 'conClave' in fuente.base && fuente.base.conClave;
  const llega = esCarpeta || fuente !== null || conectar.data?.bien === true;
  const revision = revisar.data;
  const seGuarda = revision?.sePuedeGuardar === true && !dichas && !revisar.isPending;
  const leerSiEstaLleno = () => {
    if (ref.current?.reportValidity()) revisar.mutate({});
  };
  return (
    <form
      ref={ref}
      className="columna otro-lms"
      onSubmit={(event) => {
        event.preventDefault();
        if (seGuarda) guardar.mutate();
        else revisar.mutate({});
      }}
    >
      <BaseDeOtroLms borrador={borrador} conClave={conClave} cambiar={(cambio) => cambiar(cambio, true)} />
      {!esCarpeta && (
        <div className="fila">
          <button
            type="button"
            disabled={conectar.isPending}
            onClick={() => ref.current && estaLleno(ref.current, '.consultas') && conectar.mutate()}
          >
            {conectar.isPending ? 'Probando…' : 'Probar la conexión'}
          </button>
        </div>
      )}
      {conectar.error && <Falla error={conectar.error} />}
      {conectar.data && <ResultadoDeConexion conexion={conectar.data} />}
      {llega && esCarpeta && <MasOpciones borrador={borrador} cambiar={(cambio) => cambiar(cambio, false)} />}
      {llega && !esCarpeta && (
        <Consulta de={ofrecidos}>
          {(data) => (
            <LecturaDeOtroLms
              borrador={borrador}
              ofrecidos={data}
              cambiar={(cambio) => cambiar(cambio, false)}
            />
          )}
        </Consulta>
      )}
      {llega && (
        <div className="fila">
          <button
            type="button"
            className={seGuarda ? '' : 'principal'}
            disabled={revisar.isPending}
            onClick={leerSiEstaLleno}
          >
            {revisar.isPending ? 'Leyendo…' : revision ? 'Leer otra vez' : 'Leer y revisar'}
          </button>
        </div>
      )}
      {revisar.error && <Falla error={revisar.error} />}
      {revision && (
        <>
          <Veredicto revision={revision} dichas={dichas} />
          <RevisionDeOtroLms
            revision={revision}
            columnas={borrador.columnas}
            onColumnas={(columnas) => {
              setBorrador((antes) => ({ ...antes, columnas }));
              setDichas(true);
            }}
          />
          {dichas && (
            <div className="pegado fila medio">
              <button
                type="button"
                className="principal"
                disabled={revisar.isPending}
                onClick={leerSiEstaLleno}
              >
                {revisar.isPending ? 'Leyendo…' : 'Leer otra vez con estas columnas'}
              </button>
              <span className="suave chico">No se guarda ni se envía nada.</span>
            </div>
          )}
          {revision.ensayo !== null && !dichas && (
            <EnsayoDeOtroLms
              ensayo={revision.ensayo}
              cursos={revision.cursos}
              leyendo={revisar.isPending}
              onElegir={(elegido) => revisar.mutate(elegido)}
            />
          )}
          {guardar.error && <Falla error={guardar.error} />}
          {seGuarda && (
            <div className="fila">
              <BotonGuardar guardando={guardar.isPending}>{texto}</BotonGuardar>
            </div>
          )}
        </>
      )}
    </form>
  );
}

function Veredicto({
  revision: { sePuedeGuardar, mensaje, queHacer },
  dichas,
}: {
  revision: { sePuedeGuardar: boolean; mensaje: string; queHacer: string };
  dichas: boolean;
}) {
  return (
    <div role="status">
      {dichas ? (
        <Aviso tono="espera">
          <p>
            <strong>Dijo qué son algunas columnas: falta leer otra vez.</strong>
          </p>
        </Aviso>
      ) : (
        <Aviso tono={sePuedeGuardar ? 'bien' : 'mal'}>
          <p>
            <strong>{mensaje}</strong>
          </p>
          {queHacer !== '' && <p>{queHacer}</p>}
        </Aviso>
      )}
    </div>
  );
}

/** Whether all is filled in but what `menos` selects; the first that is not is told where it stands. */
function estaLleno(form: HTMLFormElement, menos: string): boolean {
  const fields = form.querySelectorAll<HTMLInputElement>('input, select, textarea');
  return [...fields].filter((field) => !field.matches(menos)).every((field) => field.reportValidity());
}
