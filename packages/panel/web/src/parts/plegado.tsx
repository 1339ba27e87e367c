import type { ReactNode } from 'react';

/** Part of a form that few need. It opens by itself where something in it is wrong: nobody could see it otherwise. */
export function Plegado({
  titulo,
  abierto = false,
  children,
}: {
  titulo: string;
  abierto?: boolean;
  children: ReactNode;
}) {
  return (
    <details
      open={abierto}
      onInvalidCapture={(event) => {
        event.currentTarget.open = true;
      }}
    >
      <summary>{titulo}</summary>
      <div className="columna">{children}</div>
    </details>
  );
}
