import { Upload } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { ACEPTA, useMirarPlanilla } from '../planilla.ts';
import { usePuedeEnviar } from '../sesion.ts';
import { Icono } from './icono.tsx';

/** Chooses a sheet; what it would change is shown before anything is kept or sent. */
export function SubirPlanilla({
  children = 'Subir planilla',
  clase = '',
}: {
  children?: ReactNode;
  clase?: string;
}) {
  const campo = useRef<HTMLInputElement>(null);
  const mirar = useMirarPlanilla();
  if (!usePuedeEnviar()) return null;
  return (
    <>
      <button type="button" className={clase} onClick={() => campo.current?.click()}>
        <Icono de={Upload} />
        {children}
      </button>
      <input
        ref={campo}
        type="file"
        accept={ACEPTA}
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) mirar(file);
          // The same file, corrected, may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
