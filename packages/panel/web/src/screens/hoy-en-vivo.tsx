import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { leer } from '../api.ts';
import { MarchaDeTrabajo } from '../parts/trabajo.tsx';

/** Sends that a person asked for: those that go on, and what came of those that were seen to go on here. */
export function EnviosEnMarcha() {
  const trabajos = useQuery({ queryKey: ['trabajos'], queryFn: () => leer<'trabajos'>('/api/trabajos') });
  const [vistos, setVistos] = useState<readonly string[]>([]);
  const enMarcha = trabajos.data?.trabajos.filter(({ estado }) => estado === 'en-curso') ?? [];
  const nuevos = enMarcha.map(({ id }) => id).filter((id) => !vistos.includes(id));
  const clave = nuevos.join(' ');
  useEffect(() => {
    if (clave !== '') setVistos((before) => [...clave.split(' '), ...before]);
  }, [clave]);
  return [...nuevos, ...vistos].map((id) => <MarchaDeTrabajo key={id} id={id} conQuien />);
}
