import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';

interface Comun {
  etiqueta: string;
  ayuda?: ReactNode;
}

export function Campo({ etiqueta, ayuda, ...input }: Comun & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Marco etiqueta={etiqueta} ayuda={ayuda}>
      {(ids) => <input {...ids} {...input} />}
    </Marco>
  );
}

/** A time of day, as text: what a browser makes of its own time field depends on the computer's language. */
export function CampoHora(props: Comun & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Campo
      {...props}
      inputMode="numeric"
      pattern="([01]\d|2[0-3]):[0-5]\d"
      title="Una hora como 22:00"
      placeholder="22:00"
      maxLength={5}
      size={8}
      autoComplete="off"
      required
    />
  );
}

export function Selector({
  etiqueta,
  ayuda,
  opciones,
  ...select
}: Comun & {
  opciones: readonly { valor: string; texto: string }[];
} & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Marco etiqueta={etiqueta} ayuda={ayuda}>
      {(ids) => (
        <select {...ids} {...select}>
          {opciones.map(({ valor, texto }) => (
            <option key={valor} value={valor}>
              {texto}
            </option>
          ))}
        </select>
      )}
    </Marco>
  );
}

/** A yes or no. */
export function Casilla({
  etiqueta,
  ayuda,
  ...input
}: { etiqueta: ReactNode; ayuda?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="campo">
      <label className="casilla">
        <input type="checkbox" {...(ayuda !== undefined && { 'aria-describedby': id })} {...input} />
        <span>{etiqueta}</span>
      </label>
      <Ayuda id={id}>{ayuda}</Ayuda>
    </div>
  );
}

/** One of a few, each with a line on when to choose it. */
export function Opciones<V extends string>({
  titulo,
  nombre,
  opciones,
  elegida,
  onElegir,
  disabled = false,
}: {
  titulo: string;
  nombre: string;
  opciones: readonly { valor: V; texto: string; ayuda: string }[];
  elegida: V | null;
  onElegir: (valor: V) => void;
  disabled?: boolean;
}) {
  return (
    <fieldset className="opciones" disabled={disabled}>
      <legend>{titulo}</legend>
      {opciones.map(({ valor, texto, ayuda }) => (
        <label key={valor} className="opcion">
          <input
            type="radio"
            name={nombre}
            value={valor}
            checked={elegida === valor}
            onChange={() => onElegir(valor)}
          />
          <span>
            {texto}
            <span className="suave chico">{ayuda}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Marco({
  etiqueta,
  ayuda,
  children,
}: Comun & { children: (ids: { id: string; 'aria-describedby'?: string }) => ReactNode }) {
  const id = useId();
  const idAyuda = `${id}-ayuda`;
  return (
    <div className="campo">
      <label htmlFor={id}>{etiqueta}</label>
      {children({ id, ...(ayuda !== undefined && { 'aria-describedby': idAyuda }) })}
      <Ayuda id={idAyuda}>{ayuda}</Ayuda>
    </div>
  );
}

function Ayuda({ id, children }: { id: string; children: ReactNode }) {
  if (children === undefined) return null;
  return (
    <span id={id} className="suave chico">
      {children}
    </span>
  );
}
