import { type ReactNode, useEffect, useRef } from 'react';

/** A screen's heading: names the window and takes the focus, so that a screen reader tells where one is now. */
export function Titulo({
  children,
  texto,
  ventana = texto,
  acciones,
}: {
  children?: ReactNode;
  texto: string;
  /** What the window is called, where the heading is a whole sentence. */
  ventana?: string;
  acciones?: ReactNode;
}) {
  return (
    <div className="titulo">
      <div>
        <Encabezado texto={texto} ventana={ventana} />
        {children && <p className="suave">{children}</p>}
      </div>
      {acciones && <div className="acciones">{acciones}</div>}
    </div>
  );
}

/** The heading alone. */
export function Encabezado({
  texto,
  ventana = texto,
  clase,
}: {
  texto: string;
  ventana?: string;
  clase?: string;
}) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${ventana} · Puente SIC`;
    ref.current?.focus({ preventScroll: true });
  }, [ventana]);
  return (
    <h1 ref={ref} tabIndex={-1} {...(clase !== undefined && { className: clase })}>
      {texto}
    </h1>
  );
}
