import { FileSpreadsheet, Upload } from 'lucide-react';
import { useState } from 'react';
import { ACEPTA, useMirarPlanilla } from '../planilla.ts';
import { usePuedeEnviar } from '../sesion.ts';
import { Icono } from './icono.tsx';

/** A place to drop a sheet on, or to choose one by click or by the keyboard. */
export function SoltarPlanilla({ titulo, children }: { titulo: string; children: string }) {
  const [encima, setEncima] = useState(false);
  const mirar = useMirarPlanilla();
  if (!usePuedeEnviar()) return null;
  return (
    <div className={encima ? 'soltar encima' : 'soltar'}>
      <Icono de={FileSpreadsheet} />
      <div>
        <strong>{titulo}</strong>
        <p className="suave">{children}</p>
      </div>
      <span className="boton principal" aria-hidden="true">
        <Icono de={Upload} />
        Elegir la planilla
      </span>
      <input
        type="file"
        accept={ACEPTA}
        aria-label="Elegir la planilla"
        onDragEnter={() => setEncima(true)}
        onDragLeave={() => setEncima(false)}
        onDrop={() => setEncima(false)}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) mirar(file);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
