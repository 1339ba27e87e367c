import type { InputHTMLAttributes, ReactNode } from 'react';

export function Campo({
  etiqueta,
  ayuda,
  ...input
}: { etiqueta: string; ayuda?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label>
      {etiqueta}
      <input {...input} />
      {ayuda && <span className="suave chico">{ayuda}</span>}
    </label>
  );
}
