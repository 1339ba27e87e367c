import { cuantos, numero } from '../format.ts';
import { type Alumno, claveDe, type Lado, PARTES } from './conciliacion-palabras.ts';

/** The whole as one bar, and in words. */
export function Reparto({ alumnos }: { alumnos: Alumno[] }) {
  const partes = PARTES.map((parte) => {
    const n = alumnos.filter(({ lado }) => lado === parte.lado).length;
    return { ...parte, n, texto: n === 1 ? parte.uno : parte.varios };
  }).filter(({ n }) => n > 0);
  const palabras = partes.map(({ n, texto }) => `${numero(n)} ${texto}`).join(', ');
  return (
    <section className="tarjeta separadas" aria-label="Resumen">
      <div
        className="reparto alta"
        role="img"
        aria-label={`De ${cuantos(alumnos.length, 'alumno')}: ${palabras}`}
      >
        {partes.map(({ lado, clase, n }) => (
          <span key={lado} className={clase} style={{ flexGrow: n }} />
        ))}
      </div>
      <div className="leyenda">
        <span>
          <b>{numero(alumnos.length)}</b> {alumnos.length === 1 ? 'alumno' : 'alumnos'}
        </span>
        {partes.map(({ lado, clase, n, texto }) => (
          <span key={lado}>
            <span className={`punto ${clase}`} />
            <b>{numero(n)}</b> {texto}
          </span>
        ))}
      </div>
    </section>
  );
}

const ORDEN: readonly { lado: Lado; ficha: string }[] = [
  ...(['por-mirar', 'cambio', 'conocido', 'sin-comparar', 'igual'] as const).map((lado) => ({
    lado,
    ficha: PARTES.find((parte) => parte.lado === lado)?.ficha ?? lado,
  })),
  { lado: 'ya-no-viene', ficha: 'Ya no vienen' },
];

/** What is shown: the number of each is the length of its list. */
export function Fichas({
  alumnos,
  todos,
  ver,
  onVer,
  curso,
  onCurso,
}: {
  alumnos: Alumno[];
  todos: Alumno[];
  ver: Lado;
  onVer: (lado: Lado) => void;
  curso: string;
  onCurso: (curso: string) => void;
}) {
  const cursos = new Map(todos.map((alumno) => [claveDe(alumno), alumno.titulo]));
  return (
    <fieldset className="fichas">
      <legend className="solo-lector">Qué ver</legend>
      {ORDEN.map(({ lado, ficha }) => {
        const n = alumnos.filter((alumno) => alumno.lado === lado).length;
        if (n === 0 && lado === 'sin-comparar') return null;
        return (
          <button
            key={lado}
            type="button"
            className="ficha"
            aria-pressed={ver === lado}
            onClick={() => onVer(lado)}
          >
            {ficha} <b>{numero(n)}</b>
          </button>
        );
      })}
      {cursos.size > 1 && (
        <select
          aria-label="Curso"
          value={curso}
          onChange={({ currentTarget }) => onCurso(currentTarget.value)}
        >
          <option value="">Los {numero(cursos.size)} cursos</option>
          {[...cursos].map(([clave, titulo]) => (
            <option key={clave} value={clave}>
              {titulo}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}
