import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CursoClave, CursoPorCerrar } from '../../../src/api.ts';
import { mandar, rutaCurso } from '../api.ts';
import { brindar } from '../parts/brindis.tsx';
import { usePuedeEnviar } from '../sesion.ts';

const PROGRAMAS = [
  ['franquicia', 'Franquicia'],
  ['social', 'Social'],
  ['otro', 'Otro'],
  ['', 'No sé'],
] as const;

/** Under which programme a course runs: steps and money are told under the franquicia alone. */
export function Programa({
  curso,
}: {
  curso: CursoClave & { titulo: string; programa: CursoPorCerrar['programa'] };
}) {
  const queryClient = useQueryClient();
  const puede = usePuedeEnviar();
  const elegir = useMutation({
    mutationFn: (programa: string) =>
      mandar('PUT', `${rutaCurso(curso)}/programa`, { programa: programa === '' ? null : programa }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['por-cerrar'] }),
    onError: (error) => brindar({ texto: error.message, acciones: [] }),
  });
  const valor = curso.programa ?? '';
  if (!puede) return PROGRAMAS.find(([programa]) => programa === valor)?.[1];
  return (
    <select
      className="chico"
      aria-label={`Programa de ${curso.titulo}`}
      value={elegir.isPending ? elegir.variables : valor}
      onChange={({ currentTarget }) => elegir.mutate(currentTarget.value)}
    >
      {PROGRAMAS.map(([programa, texto]) => (
        <option key={programa} value={programa}>
          {texto}
        </option>
      ))}
    </select>
  );
}
