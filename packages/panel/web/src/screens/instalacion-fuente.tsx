import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Of } from '../api.ts';
import { Selector } from '../parts/campo.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { tieneFormulario } from './fuente-datos.ts';
import { FormularioDeFuente } from './fuente-formulario.tsx';

/** Where the progress is read from. */
export function PasoFuente({ instalacion: { fuentes } }: { instalacion: Of<'instalacion'> }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  // Held since the step was opened: a file that is dropped keeps the source while its form is still open.
  const [alAbrir] = useState(() => fuentes.filter(tieneFormulario));
  const [nombre, setNombre] = useState(alAbrir[0]?.nombre);
  return (
    <>
      <Titulo texto="¿De dónde salen los datos?">
        Puente solo lee: no cambia nada en sus archivos ni en su Moodle.
        {alAbrir.length > 0 && (
          <>
            {' '}
            ¿Tiene otra fuente además? Agréguela en <Link to="/ajustes">Ajustes</Link>.
          </>
        )}
      </Titulo>
      {alAbrir.length > 1 && (
        <div className="ancha acciones">
          <Selector
            etiqueta="Fuente"
            value={nombre}
            onChange={(event) => setNombre(event.currentTarget.value)}
            opciones={alAbrir.map((fuente) => ({ valor: fuente.nombre, texto: fuente.nombre }))}
          />
        </div>
      )}
      <FormularioDeFuente
        key={nombre}
        fuente={alAbrir.find((fuente) => fuente.nombre === nombre) ?? null}
        tomados={fuentes.map((fuente) => fuente.nombre).filter((otra) => otra !== nombre)}
        guardar="Guardar y seguir"
        onGuardada={() => {
          void queryClient.invalidateQueries({ queryKey: ['cursos-sugeridos'] });
          return navigate({ to: '/instalacion', search: { paso: 'cursos' } });
        }}
      />
    </>
  );
}
