import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

/** What came of reading a source, in words, with some of its courses: whether it is the right one. */
export function ResultadoDeFuente({ prueba }: { prueba: Of<'pruebaDeFuente'> }) {
  const { bien, mensaje, queHacer, cursos, ejemplos } = prueba;
  return (
    <div role="status">
      <Aviso tono={bien ? 'bien' : 'mal'}>
        <p>
          <strong>{mensaje}</strong>
        </p>
        {queHacer !== '' && <p>{queHacer}</p>}
        {ejemplos.length > 0 && (
          <>
            <p>{ejemplos.length < cursos ? `Trae ${cuantos(cursos, 'curso')}, entre ellos:` : 'Trae:'}</p>
            <ul>
              {ejemplos.map((titulo) => (
                <li key={titulo}>{titulo}</li>
              ))}
            </ul>
          </>
        )}
      </Aviso>
    </div>
  );
}
