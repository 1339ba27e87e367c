import type { CanalVisto } from '../../../src/api.ts';
import { Casilla } from '../parts/campo.tsx';

export type Recibe = CanalVisto['recibe'][number];

const CLASES: readonly { cual: Recibe; texto: string; ayuda: string }[] = [
  {
    cual: 'resumen',
    texto: 'Cada mañana, cómo fue la noche',
    ayuda: 'Cuántos alumnos quedaron pendientes y quiénes son. Para coordinación.',
  },
  {
    cual: 'problemas',
    texto: 'Lo que sale mal',
    ayuda:
      'Una noche perdida, un token que SENCE no acepta, una planilla que no se puede leer; y cuando se arregla.',
  },
  {
    cual: 'cierre',
    texto: 'Los lunes, lo que está por cerrar',
    ayuda: 'Cursos que terminan, alumnos bajo sus mínimos y cifras que se mantienen. Para la dirección.',
  },
];

/** What of all goes to a person. */
export function CamposRecibe({ elegidos }: { elegidos: readonly Recibe[] }) {
  return (
    <fieldset className="opciones">
      <legend>Qué recibe</legend>
      {CLASES.map(({ cual, texto, ayuda }) => (
        <Casilla
          key={cual}
          etiqueta={texto}
          name="recibe"
          value={cual}
          ayuda={ayuda}
          defaultChecked={elegidos.includes(cual)}
        />
      ))}
    </fieldset>
  );
}

export const TODO: readonly Recibe[] = CLASES.map(({ cual }) => cual);

export function recibeDe(form: FormData): Recibe[] {
  const elegidos = form.getAll('recibe');
  return TODO.filter((cual) => elegidos.includes(cual));
}
