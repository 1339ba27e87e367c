import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CursoClave } from '../../../src/api.ts';
import { mandar, pedir } from '../api.ts';
import { brindar } from '../parts/brindis.tsx';

type Curso = CursoClave & { titulo: string };

/** Whether a whole course is reported, as a person says it: counts from the next night that is planned. */
export function useDecidirCurso(isOpen: boolean) {
  const queryClient = useQueryClient();
  const cuando = isOpen ? 'la noche de mañana' : 'esta noche';
  const releer = () =>
    Promise.all(
      ['hoy', 'decisiones', 'curso'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    );
  const deshacer = useMutation({
    mutationFn: (id: number) => mandar('POST', `/api/decisiones/${id}/deshacer`),
    onSettled: releer,
  });
  const decidir = useMutation({
    mutationFn: ({ curso, tipo }: { curso: Curso; tipo: 'informar' | 'no-informar' }) => {
      const { rutOtec, codigoOferta, codigoGrupo } = curso;
      return pedir<'decision'>('POST', '/api/decisiones', { rutOtec, codigoOferta, codigoGrupo, tipo });
    },
    onSuccess: async ({ id }, { curso: { titulo }, tipo }) => {
      await releer();
      const que = tipo === 'informar' ? `se informa desde ${cuando}` : 'no se informa';
      brindar({
        texto: `«${titulo}» ${que}.`,
        acciones: [{ texto: 'Deshacer', hacer: () => deshacer.mutate(id) }],
      });
    },
    onError: releer,
  });
  return {
    /** From which night on it counts, in words. */
    cuando,
    ocupado: decidir.isPending || deshacer.isPending,
    falla: decidir.error ?? deshacer.error,
    decidir: (curso: Curso, tipo: 'informar' | 'no-informar') => decidir.mutate({ curso, tipo }),
    deshacer: (id: number) => deshacer.mutate(id),
  };
}

export type DecidirCurso = ReturnType<typeof useDecidirCurso>;
