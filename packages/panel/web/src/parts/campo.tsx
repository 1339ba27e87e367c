import { type InputHTMLAttributes, useId } from 'react';

export function Campo({
  etiqueta,
  ayuda,
  ...input
}: { etiqueta: string; ayuda?: string } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="campo">
      <label htmlFor={id}>{etiqueta}</label>
      <input id={id} {...(ayuda !== undefined && { 'aria-describedby': `${id}-ayuda` })} {...input} />
      {ayuda !== undefined && (
        <span id={`${id}-ayuda`} className="suave chico">
          {ayuda}
        </span>
      )}
    </div>
  );
}
