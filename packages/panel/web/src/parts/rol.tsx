import { type SelectHTMLAttributes, useId } from 'react';
import type { Rol } from '../../../src/api.ts';

const ROLES: { rol: Rol; texto: string }[] = [
  { rol: 'lector', texto: 'Lector: solo mirar' },
  { rol: 'operador', texto: 'Operador: mirar, enviar y marcar' },
  { rol: 'administrador', texto: 'Administrador: todo' },
];

export function RolSelect({
  etiqueta,
  onRol,
  ...select
}: { etiqueta?: string; onRol: (rol: Rol) => void } & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  const campo = (
    <select
      id={id}
      {...select}
      onChange={(event) => {
        const chosen = ROLES.find(({ rol }) => rol === event.currentTarget.value);
        if (chosen) onRol(chosen.rol);
      }}
    >
      {ROLES.map(({ rol, texto }) => (
        <option key={rol} value={rol}>
          {texto}
        </option>
      ))}
    </select>
  );
  if (etiqueta === undefined) return campo;
  return (
    <div className="campo">
      <label htmlFor={id}>{etiqueta}</label>
      {campo}
    </div>
  );
}
