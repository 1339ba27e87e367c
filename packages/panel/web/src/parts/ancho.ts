import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How wide a drawing's place is, so that its letters keep their size whatever that is. */
export function useAncho<E extends HTMLElement>(inicial: number): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [ancho, setAncho] = useState(inicial);
  useLayoutEffect(() => {
    const place = ref.current;
    if (place === null) return;
    const measure = () => setAncho(Math.max(240, Math.round(place.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(place);
    return () => observer.disconnect();
  }, []);
  return [ref, ancho];
}
