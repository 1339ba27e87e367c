import { useQuery } from '@tanstack/react-query';
import { leer } from '../api.ts';
import { MarchaDeTrabajo } from '../parts/trabajo.tsx';

/** Sends that a person asked for and that still go on. */
export function EnviosEnMarcha() {
  const trabajos = useQuery({ queryKey: ['trabajos'], queryFn: () => leer<'trabajos'>('/api/trabajos') });
  const enCurso = trabajos.data?.trabajos.filter(({ estado }) => estado === 'en-curso') ?? [];
  return enCurso.map(({ id }) => <MarchaDeTrabajo key={id} id={id} />);
}
