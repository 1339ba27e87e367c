import { Link, type LinkProps } from '@tanstack/react-router';
import {
  CalendarCheck,
  FolderCheck,
  GitCompareArrows,
  GraduationCap,
  LifeBuoy,
  ListChecks,
  type LucideIcon,
  Send,
  Settings2,
  Sunrise,
} from 'lucide-react';
import { Icono } from '../parts/icono.tsx';
import { useSesion } from '../sesion.ts';
import { useCuentas } from './cuentas.ts';

interface Entrada {
  to: NonNullable<LinkProps['to']>;
  texto: string;
  icono: LucideIcon;
  cuenta?: { cuantos: number; de: string };
}

/** Where one can go, with what waits there; one list for the wide screen and for the telephone. */
export function useEntradas(): { principales: Entrada[]; otras: Entrada[] } {
  const { alarmas, porCorregir, porCerrar } = useCuentas();
  const { rol } = useSesion();
  return {
    principales: [
      {
        to: '/',
        texto: 'Hoy',
        icono: Sunrise,
        cuenta: { cuantos: alarmas, de: alarmas === 1 ? 'alarma' : 'alarmas' },
      },
      {
        to: '/por-corregir',
        texto: 'Por corregir',
        icono: ListChecks,
        cuenta: { cuantos: porCorregir, de: porCorregir === 1 ? 'alumno' : 'alumnos' },
      },
      { to: '/cursos', texto: 'Cursos', icono: GraduationCap },
      {
        to: '/por-cerrar',
        texto: 'Por cerrar',
        icono: CalendarCheck,
        cuenta: { cuantos: porCerrar, de: porCerrar === 1 ? 'curso' : 'cursos' },
      },
      { to: '/envios', texto: 'Envíos', icono: Send },
      { to: '/conciliacion', texto: 'Comparar con SENCE', icono: GitCompareArrows },
      { to: '/evidencia', texto: 'Evidencia', icono: FolderCheck },
    ],
    otras: [
      ...(rol === 'administrador' ? [{ to: '/ajustes' as const, texto: 'Ajustes', icono: Settings2 }] : []),
      { to: '/ayuda', texto: 'Ayuda', icono: LifeBuoy },
    ],
  };
}

export function EnlaceDeMenu({ entrada: { to, texto, icono, cuenta } }: { entrada: Entrada }) {
  return (
    <Link to={to} activeOptions={{ exact: to === '/' }}>
      <Icono de={icono} />
      {texto}
      {cuenta !== undefined && cuenta.cuantos > 0 && (
        <>
          {' '}
          <span className="cuenta">
            {cuenta.cuantos}
            <span className="solo-lector"> {cuenta.de}</span>
          </span>
        </>
      )}
    </Link>
  );
}
