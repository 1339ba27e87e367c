import { LogOut } from 'lucide-react';
import { rutDe } from '../format.ts';
import { useOtec } from '../otec.tsx';
import { Icono } from '../parts/icono.tsx';
import { type Persona, useSalir, useSesion } from '../sesion.ts';
import { EnlaceDeMenu, useEntradas } from './menu.tsx';

/** Beside every page: whose it is, where one can go, who is looking. */
export function Lateral() {
  const { principales, otras } = useEntradas();
  return (
    <header className="lateral">
      <div className="logo">
        <img src="/icono.svg" alt="" /> Puente SIC
      </div>
      <Otec />
      <nav className="menu" aria-label="Principal">
        {principales.map((entrada) => (
          <EnlaceDeMenu key={entrada.to} entrada={entrada} />
        ))}
      </nav>
      <div className="lateral-pie">
        <nav className="menu" aria-label="Otros">
          {otras.map((entrada) => (
            <EnlaceDeMenu key={entrada.to} entrada={entrada} />
          ))}
        </nav>
        <Quien />
      </div>
    </header>
  );
}

/** With several providers one chooses; its place is there before the name is. */
function Otec() {
  const { rutOtec, elegir, todas } = useOtec();
  const [unica, otra] = todas;
  if (otra === undefined) {
    return (
      <div className="otec-cual">
        <b>{unica?.nombre ?? '\u00a0'}</b>
        <span className="codigo">
          {unica !== undefined && unica.nombre !== unica.rutOtec && rutDe(unica.rutOtec)}
        </span>
      </div>
    );
  }
  return (
    <select
      className="otec-cual"
      aria-label="OTEC"
      value={rutOtec ?? ''}
      onChange={({ currentTarget: { value } }) => elegir(value === '' ? null : value)}
    >
      <option value="">Todas las OTEC ({todas.length})</option>
      {todas.map((otec) => (
        <option key={otec.rutOtec} value={otec.rutOtec}>
          {otec.nombre}
        </option>
      ))}
    </select>
  );
}

const ROLES: Record<Persona['rol'], string> = {
  lector: 'Puede mirar',
  operador: 'Puede enviar',
  administrador: 'Administra',
};

function Quien() {
  const { usuario, rol } = useSesion();
  const salir = useSalir();
  return (
    <div className="persona">
      <span className="avatar" aria-hidden="true">
        {iniciales(usuario)}
      </span>
      <span>
        <b>{usuario}</b>
        <span className="chico tenue">{ROLES[rol]}</span>
      </span>
      <button type="button" className="llano bajo icono" aria-label="Salir" onClick={() => salir.mutate()}>
        <Icono de={LogOut} />
      </button>
    </div>
  );
}

function iniciales(nombre: string): string {
  const palabras = nombre.split(/\s+/).filter((palabra) => /^\p{L}/u.test(palabra));
  return palabras
    .slice(0, 2)
    .map((palabra) => palabra.charAt(0).toUpperCase())
    .join('');
}
