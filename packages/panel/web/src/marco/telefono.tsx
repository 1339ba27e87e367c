import { Link } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { Icono } from '../parts/icono.tsx';
import { EnlaceDeMenu, useEntradas } from './menu.tsx';

/** At the foot of a narrow screen, within the thumb's reach. */
export function MenuDeTelefono() {
  const { principales } = useEntradas();
  return (
    <nav className="abajo" aria-label="Principal, teléfono">
      {principales.slice(0, 4).map((entrada) => (
        <EnlaceDeMenu
          key={entrada.to}
          entrada={{ ...entrada, texto: CORTOS[entrada.texto] ?? entrada.texto }}
        />
      ))}
      <Link to="/mas">
        <Icono de={Menu} />
        Más
      </Link>
    </nav>
  );
}

const CORTOS: Record<string, string> = { 'Comparar con SENCE': 'Comparar' };
