import { Casilla } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';

export type Cuales = 'todos' | 'elegidos';

export const CUALES: { valor: Cuales; texto: string; ayuda: string }[] = [
  {
    valor: 'todos',
    texto: 'Informar todos los cursos que traigan los archivos, también los nuevos',
    ayuda: 'Lo más simple: un curso nuevo en sus archivos se informa desde esa misma noche.',
  },
  {
    valor: 'elegidos',
    texto: 'Elegir los cursos, y corregir sus códigos',
    ayuda: 'Un curso nuevo no se informa hasta que usted lo agregue aquí.',
  },
];

/** Courses that were set up and that the source no longer brings: shown, so that nobody loses one unawares. */
export function CursosAusentes({
  cursos,
  olvidados,
  onAlternar,
}: {
  cursos: string[];
  olvidados: ReadonlySet<string>;
  onAlternar: (curso: string) => void;
}) {
  if (cursos.length === 0) return null;
  return (
    <fieldset className="tarjeta">
      <legend className="solo-lector">Guardados que la fuente ya no trae</legend>
      <p>
        <strong>La fuente ya no trae estos cursos.</strong> Desmarque los que no haya que informar más.
      </p>
      {cursos.map((curso) => (
        <Casilla
          key={curso}
          etiqueta={curso}
          checked={!olvidados.has(curso)}
          onChange={() => onAlternar(curso)}
        />
      ))}
    </fieldset>
  );
}

export function FaltanCodigos({ cursos }: { cursos: number }) {
  return (
    <div className="aviso mal" role="alert">
      <p>
        <strong>
          {cursos === 1
            ? 'A un curso elegido le falta algún código.'
            : `A ${cursos} cursos elegidos les falta algún código.`}
        </strong>
      </p>
      <p>Cópielos de SIC, en Mantenedores → Cursos, o desmarque los cursos que no se informan.</p>
    </div>
  );
}

/** To choose none is to stop reporting: asked before it is kept. */
export function NingunCurso({
  fuente,
  onSi,
  onClose,
}: {
  fuente: string;
  onSi: () => void;
  onClose: () => void;
}) {
  return (
    <Dialogo titulo="¿No informar ningún curso?" onClose={onClose}>
      <p>
        Desde esta noche no sale ningún curso de «{fuente}». Lo que SENCE ya tiene se queda como está, y se
        puede deshacer.
      </p>
      <div className="acciones">
        <button type="button" onClick={onClose}>
          Cancelar
        </button>
        <button type="button" className="peligro" onClick={onSi}>
          No informar ninguno
        </button>
      </div>
    </Dialogo>
  );
}
