import { Link } from '@tanstack/react-router';
import { useEnsayo, useSesion } from '../sesion.ts';

/** On every page, and on paper, for as long as what is sent does not go to SENCE. */
export function Ensayo() {
  const { rol } = useSesion();
  if (!useEnsayo()) return null;
  return (
    <aside className="ensayo" aria-label="Ensayo">
      <b>ENSAYO</b>
      <span>Nada de esto llega a SENCE. Quien responde es un Gestor de ensayo.</span>
      {rol === 'administrador' && <Link to="/ajustes">Pasar a SENCE</Link>}
    </aside>
  );
}
