import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FuenteInstalada } from '../../../src/api.ts';
import { type Of, pedir } from '../api.ts';
import { rutaFuente, useCambio, useSePuedeGuardar } from '../instalacion.ts';
import { Confirmar } from '../parts/confirmar.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla } from '../parts/estado.tsx';
import { SoltarArchivos, Subidas, subirTodos } from './fuente-archivos.tsx';
import { dondeLee, type FuenteConFormulario, tieneFormulario } from './fuente-datos.ts';
import { FormularioDeFuente } from './fuente-formulario.tsx';
import { LoQuePreguntan } from './fuente-planillas.tsx';
import { ResultadoDeFuente } from './fuente-prueba.tsx';

/** Where the progress is read from. */
export function AjustesFuentes({ instalacion: { fuentes } }: { instalacion: Of<'instalacion'> }) {
  const queryClient = useQueryClient();
  const [editada, setEditada] = useState<FuenteConFormulario | 'nueva' | null>(null);
  const sePuede = useSePuedeGuardar();
  const fuente = editada === 'nueva' ? null : editada;
  const cerrar = () => setEditada(null);
  return (
    <section>
      <h2>Fuentes</h2>
      <div className="separadas">
        {fuentes.length === 0 && <p className="tarjeta">Todavía no hay ninguna.</p>}
        {fuentes.map((una) => (
          <Fuente
            key={una.nombre}
            fuente={una}
            onCambiar={tieneFormulario(una) ? () => setEditada(una) : null}
          />
        ))}
        <p>
          <button type="button" disabled={!sePuede} onClick={() => setEditada('nueva')}>
            Agregar una fuente
          </button>
        </p>
      </div>
      {editada !== null && (
        <Dialogo
          titulo={fuente === null ? 'Agregar una fuente' : `Cambiar la fuente «${fuente.nombre}»`}
          onClose={cerrar}
        >
          <FormularioDeFuente
            fuente={fuente}
            tomados={fuentes.map(({ nombre }) => nombre).filter((nombre) => nombre !== fuente?.nombre)}
            guardar="Guardar"
            onGuardada={() => {
              cerrar();
              return queryClient.invalidateQueries({ queryKey: ['cursos-sugeridos'] });
            }}
          />
          <p className="separada">
            <button type="button" onClick={cerrar}>
              Cerrar
            </button>
          </p>
        </Dialogo>
      )}
    </section>
  );
}

function Fuente({ fuente, onCambiar }: { fuente: FuenteInstalada; onCambiar: (() => void) | null }) {
  const { nombre } = fuente;
  const queryClient = useQueryClient();
  const [quitando, setQuitando] = useState(false);
  const sePuede = useSePuedeGuardar();
  const probar = useMutation({
    mutationFn: () => pedir<'pruebaDeFuente'>('POST', '/api/instalacion/fuentes', { fuente }),
  });
  const subir = useMutation({
    mutationFn: (archivos: File[]) => subirTodos(nombre, archivos),
    onSuccess: () => {
      probar.mutate();
      return queryClient.invalidateQueries({ queryKey: ['cursos-sugeridos'] });
    },
  });
  const quitar = useCambio(
    () => pedir<'instalacion'>('DELETE', rutaFuente(nombre)),
    () => setQuitando(false),
  );
  const de = <span className="solo-lector"> de {nombre}</span>;
  const falla = subir.error ?? probar.error;
  return (
    <article className="tarjeta separadas" aria-label={nombre}>
      <p>
        <strong>{nombre}</strong>
        <br />
        <span className="suave">{dondeLee(fuente)}</span>
      </p>
      {fuente.tipo === 'moodle-ws' && fuente.tiempo === null && (
        <p className="mal">Falta decir de dónde sale el tiempo conectado: sin eso no se envía nada.</p>
      )}
      {onCambiar === null && <p className="suave">Se configura en puente.yaml.</p>}
      {fuente.tipo === 'archivo' && (
        <SoltarArchivos ocupado={subir.isPending} onArchivos={(archivos) => subir.mutate(archivos)} />
      )}
      <div className="fila">
        <button type="button" disabled={probar.isPending} onClick={() => probar.mutate()}>
          {probar.isPending ? 'Probando…' : 'Probar la fuente'}
          <span className="solo-lector"> {nombre}</span>
        </button>
        {onCambiar && (
          <button type="button" disabled={!sePuede} onClick={onCambiar}>
            Cambiar<span className="solo-lector"> la fuente {nombre}</span>
          </button>
        )}
        <Link className="boton" to="/instalacion" search={{ paso: 'cursos', fuente: nombre }}>
          Sus cursos{de}
        </Link>
        <button type="button" className="peligro" disabled={!sePuede} onClick={() => setQuitando(true)}>
          Quitar<span className="solo-lector"> {nombre}</span>
        </button>
      </div>
      {falla && <Falla error={falla} />}
      {subir.data && <Subidas subidas={subir.data} fuente={nombre} archivos={subir.variables ?? []} />}
      {subir.data && subir.variables && (
        <LoQuePreguntan
          fuente={nombre}
          archivos={subir.variables}
          subidas={subir.data}
          onDichas={(malas) => (malas.length > 0 ? subir.mutate(malas) : probar.mutate())}
        />
      )}
      {probar.data && <ResultadoDeFuente prueba={probar.data} />}
      {quitando && (
        <Confirmar
          titulo={`¿Quitar la fuente «${nombre}»?`}
          quitar={quitar}
          onClose={() => setQuitando(false)}
        >
          Sus cursos dejan de informarse desde esta noche. No se borra ningún archivo ni nada de su Moodle, y
          lo que ya se envió queda en Envíos.
        </Confirmar>
      )}
    </article>
  );
}
