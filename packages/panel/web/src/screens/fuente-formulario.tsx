import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import type { FuenteNueva } from '../../../src/api.ts';
import { pedir } from '../api.ts';
import { rutaFuente, useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Opciones } from '../parts/campo.tsx';
import { Falla } from '../parts/estado.tsx';
import { SoltarArchivos, type Subida, Subidas, subirTodos } from './fuente-archivos.tsx';
import { CamposArchivo, CamposMoodleBd } from './fuente-campos.tsx';
import { CamposMoodleWs } from './fuente-campos-ws.tsx';
import { type FuenteConFormulario, fuenteDe, nombreLibre, TIPOS, type Tipo, tipoDe } from './fuente-datos.ts';
import { LoQuePreguntan } from './fuente-planillas.tsx';
import { ResultadoDeFuente } from './fuente-prueba.tsx';
import { OtroLms } from './otro-lms.tsx';

/** A source, new or known: the same in the guided set-up and in the settings. */
export function FormularioDeFuente({ fuente, tomados, guardar, onGuardada }: Formulario) {
  const [tipo, setTipo] = useState<Tipo>(fuente ? tipoDe(fuente) : 'archivo');
  const nombre = nombreLibre(tipo, tomados);
  const suya = fuente !== null && tipoDe(fuente) === tipo ? fuente : null;
  return (
    <div className="columna ancha">
      <Opciones
        titulo="¿Dónde está el avance de sus alumnos?"
        nombre="tipo"
        opciones={TIPOS}
        elegida={tipo}
        onElegir={setTipo}
      />
      {tipo === 'otro-lms' ? (
        <OtroLms
          fuente={suya?.tipo === 'sql' || suya?.tipo === 'entidades' ? suya : null}
          {...{ nombre, guardar, onGuardada }}
        />
      ) : (
        <DeUnTipo {...{ fuente, guardar, onGuardada, tipo }} nombre={suya?.nombre ?? nombre} />
      )}
    </div>
  );
}

interface Formulario {
  fuente: FuenteConFormulario | null;
  /** Names of the other sources. */
  tomados: string[];
  guardar: ReactNode;
  onGuardada: () => unknown;
}

/** What is asked of a source of one kind. */
function DeUnTipo({
  fuente,
  guardar: texto,
  onGuardada,
  tipo,
  nombre,
}: Omit<Formulario, 'tomados'> & {
  tipo: Exclude<Tipo, 'otro-lms'>;
  nombre: string;
}) {
  const ref = useRef<HTMLFormElement>(null);
  const queryClient = useQueryClient();
  // Under which name it is known; a file that is dropped keeps the source first.
  const [conocida, setConocida] = useState(fuente?.nombre);
  const [subidas, setSubidas] = useState<Subida[]>([]);
  const [entregados, setEntregados] = useState<File[]>([]);
  const probar = useMutation({
    mutationFn: (nueva: FuenteNueva) =>
      pedir<'pruebaDeFuente'>('POST', '/api/instalacion/fuentes', { fuente: nueva }),
  });
  const enviar = (nueva: FuenteNueva) =>
    pedir<'instalacion'>('PUT', rutaFuente(conocida ?? nueva.nombre), { fuente: nueva });
  const guardar = useCambio(enviar, onGuardada);
  const subir = useMutation({
    mutationFn: async ({ nueva, archivos }: { nueva: FuenteNueva; archivos: File[] }) => {
      queryClient.setQueryData(['instalacion'], await enviar(nueva));
      setConocida(nueva.nombre);
      return subirTodos(nueva.nombre, archivos);
    },
    onSuccess: (hechas, { nueva, archivos }) => {
      setEntregados((antes) => [
        ...antes.filter(({ name }) => !archivos.some((otro) => otro.name === name)),
        ...archivos,
      ]);
      setSubidas((antes) => [
        ...antes.filter(({ archivo }) => !hechas.some((hecha) => hecha.archivo === archivo)),
        ...hechas,
      ]);
      for (const key of ['cursos-sugeridos', 'prevision', 'instalacion'])
        void queryClient.invalidateQueries({ queryKey: [key] });
      if (hechas.some(({ estado }) => estado === 'bien')) probar.mutate(nueva);
    },
  });
  const conForm = (act: (nueva: FuenteNueva) => void) => {
    if (ref.current?.reportValidity()) act(fuenteDe(ref.current));
  };
  const falla = guardar.error ?? subir.error ?? probar.error;
  const alDecir = (malas: File[]) =>
    conForm((nueva) => {
      if (malas.length > 0) return subir.mutate({ nueva, archivos: malas });
      for (const key of ['cursos-sugeridos', 'prevision'])
        void queryClient.invalidateQueries({ queryKey: [key] });
      probar.mutate(nueva);
    });
  return (
    <>
      <form
        ref={ref}
        className="columna"
        onChange={(event) => {
          // Choosing files tries them by itself.
          if (!(event.target instanceof HTMLInputElement && event.target.type === 'file')) probar.reset();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          guardar.mutate(fuenteDe(event.currentTarget));
        }}
      >
        <input type="hidden" name="tipo" value={tipo} />
        {tipo === 'archivo' && (
          <>
            <SoltarArchivos
              ocupado={subir.isPending}
              onArchivos={(archivos) => conForm((nueva) => subir.mutate({ nueva, archivos }))}
            />
            <CamposArchivo de={fuente?.tipo === tipo ? fuente : null} nombre={nombre} />
          </>
        )}
        {tipo === 'moodle-bd' && (
          <CamposMoodleBd de={fuente?.tipo === tipo ? fuente : null} nombre={nombre} />
        )}
        {tipo === 'moodle-ws' && (
          <CamposMoodleWs de={fuente?.tipo === tipo ? fuente : null} nombre={nombre} />
        )}
        <div className="fila">
          <button type="button" disabled={probar.isPending} onClick={() => conForm(probar.mutate)}>
            {probar.isPending ? 'Probando…' : 'Probar la fuente'}
          </button>
          <BotonGuardar guardando={guardar.isPending}>{texto}</BotonGuardar>
        </div>
        {falla && <Falla error={falla} />}
        {tipo === 'archivo' && <Subidas {...{ subidas }} fuente={conocida} archivos={entregados} />}
        {probar.data && probar.variables.tipo === tipo && <ResultadoDeFuente prueba={probar.data} />}
      </form>
      {tipo === 'archivo' && conocida !== undefined && (
        <LoQuePreguntan fuente={conocida} archivos={entregados} subidas={subidas} onDichas={alDecir} />
      )}
    </>
  );
}
