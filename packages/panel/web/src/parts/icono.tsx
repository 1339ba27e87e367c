import type { LucideIcon } from 'lucide-react';

/** A drawing beside words that say the same: nothing that a screen reader would tell. */
export function Icono({ de: Dibujo, menudo = false }: { de: LucideIcon; menudo?: boolean }) {
  return <Dibujo className={menudo ? 'i s' : 'i'} strokeWidth={menudo ? 2 : 1.75} aria-hidden="true" />;
}
