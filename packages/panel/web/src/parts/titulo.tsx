import { type ReactNode, useEffect, useRef } from 'react';

/** A screen's heading: names the window and takes the focus, so that a screen reader tells where one is now. */
export function Titulo({ children, texto }: { children?: ReactNode; texto: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${texto} · Puente SIC`;
    ref.current?.focus({ preventScroll: true });
  }, [texto]);
  return (
    <>
      <h1 ref={ref} tabIndex={-1}>
        {texto}
      </h1>
      {children && <p className="suave">{children}</p>}
    </>
  );
}
