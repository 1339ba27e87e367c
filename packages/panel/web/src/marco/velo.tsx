import { useEffect, useState } from 'react';
import { useMirarPlanilla } from '../planilla.ts';
import { usePuedeEnviar } from '../sesion.ts';

/** A file that is dragged over any page may be let go there. */
export function Velo() {
  const [encima, setEncima] = useState(false);
  const puede = usePuedeEnviar();
  const mirar = useMirarPlanilla();
  useEffect(() => {
    if (!puede) return;
    const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    // A place that takes files by itself keeps what is let go on it.
    const isTaken = ({ target }: DragEvent) =>
      target instanceof HTMLElement && target.closest('.soltar, dialog') !== null;
    const over = (event: DragEvent) => {
      if (!isFile(event) || isTaken(event)) return;
      event.preventDefault();
      setEncima(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setEncima(false);
    };
    const drop = (event: DragEvent) => {
      setEncima(false);
      if (!isFile(event) || isTaken(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) mirar(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  });
  if (!encima) return null;
  return (
    <div className="velo">
      <div>Suelte la planilla. Le mostraremos qué cambia antes de enviar.</div>
    </div>
  );
}
