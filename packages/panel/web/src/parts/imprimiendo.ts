import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** Whether the page goes to paper: all is shown then, what only scrolling or a button would bring too. */
export function useImprimiendo(): boolean {
  return useSyncExternalStore(escuchar, () => enPapel);
}

const papel = window.matchMedia('print');
let enPapel = papel.matches;
const oyentes = new Set<() => void>();

function decir(ahora: boolean): void {
  if (ahora === enPapel) return;
  enPapel = ahora;
  // The paper is made as soon as this returns: nothing may be left for later.
  flushSync(() => {
    for (const oir of oyentes) oir();
  });
}

window.addEventListener('beforeprint', () => decir(true));
window.addEventListener('afterprint', () => decir(false));
papel.addEventListener('change', ({ matches }) => decir(matches));

function escuchar(oir: () => void): () => void {
  oyentes.add(oir);
  return () => oyentes.delete(oir);
}
