import type { ReactNode } from 'react';

/** One matter of a long page, which its index and other pages lead to: `id` is its place in the address. */
export function Seccion({
  id,
  titulo,
  texto,
  children,
}: {
  id: string;
  titulo: string;
  texto?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} className="seccion" aria-labelledby={`h-${id}`}>
      <h2 id={`h-${id}`} tabIndex={-1}>
        {titulo}
      </h2>
      {texto !== undefined && <p className="suave">{texto}</p>}
      {children}
    </section>
  );
}
