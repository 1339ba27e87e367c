import { useId } from 'react';
import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';
import { Falla } from '../parts/estado.tsx';
import { CAMPOS, RESPUESTAS } from './planilla-campos.ts';
import { useDichas } from './planilla-dichas.ts';

type Pregunta = Of<'columnasVistas'>['preguntas'][number];

/** All that a sheet leaves open, together: each is answered by choosing, once for all sheets like it. */
export function PreguntasDePlanilla({
  preguntas,
  fuente,
  de,
  onDichas,
}: {
  preguntas: readonly Pregunta[];
  fuente: string;
  /** The file, where there may be several. */
  de?: string;
  /** They are remembered: the sheet is to be read anew. */
  onDichas: () => void;
}) {
  const id = useId();
  const { dichas, setDichas, recordar } = useDichas(fuente, onDichas);
  if (preguntas.length === 0) return null;
  return (
    <section className="tarjeta separadas" aria-labelledby={id}>
      <h2 id={id}>
        {preguntas.length === 1 ? 'Falta una respuesta' : `Faltan ${cuantos(preguntas.length, 'respuesta')}`}{' '}
        para leer
        {de === undefined ? 'la' : ` «${de}»`}
      </h2>
      <p className="suave">
        Puente no adivina: lo que puede querer decir dos cosas no se envía hasta que usted lo diga. Se
        pregunta una vez, y se recuerda para las próximas planillas.
      </p>
      <form
        className="separadas"
        onSubmit={(event) => {
          event.preventDefault();
          recordar.mutate();
        }}
      >
        {preguntas.map((pregunta) => (
          <Respuesta
            key={pregunta.clave}
            pregunta={pregunta}
            onDecir={(valor) => {
              const { [pregunta.clave]: _, ...otras } = dichas;
              setDichas(valor === '' ? otras : { ...otras, [pregunta.clave]: valor });
            }}
          />
        ))}
        {recordar.isError && <Falla error={recordar.error} />}
        <div className="fila medio">
          <button
            type="submit"
            className="principal"
            disabled={Object.keys(dichas).length === 0 || recordar.isPending}
          >
            Recordar y leer de nuevo
          </button>
          <span className="suave chico">No se envía nada.</span>
        </div>
      </form>
    </section>
  );
}

function Respuesta({
  pregunta: { clave, porque, opciones },
  onDecir,
}: {
  pregunta: Pregunta;
  onDecir: (valor: string) => void;
}) {
  const id = useId();
  const esGrupo = clave.startsWith(GRUPO);
  return (
    <div className="campo">
      <label htmlFor={id}>
        {opciones === null ? queCodigo(clave) : `¿Cómo viene «${CAMPOS[clave] ?? clave}»?`}
      </label>
      {opciones === null ? (
        <input
          id={id}
          aria-describedby={`${id}-porque`}
          autoComplete="off"
          placeholder={esGrupo ? 'CAP-26-01-13-0446-1' : 'PRES028008000558'}
          onChange={({ currentTarget: { value } }) =>
            onDecir(value.trim() === '' || esGrupo ? value.trim() : `modulo ${value.trim()}`)
          }
        />
      ) : (
        <select
          id={id}
          aria-describedby={`${id}-porque`}
          defaultValue=""
          onChange={({ currentTarget: { value } }) => onDecir(value)}
        >
          <option value="">Elija…</option>
          {opciones.map((una) => (
            <option key={una} value={una}>
              {RESPUESTAS[una] ?? una}
            </option>
          ))}
        </select>
      )}
      <span id={`${id}-porque`} className="suave chico">
        {porque}
      </span>
    </div>
  );
}

/** What the group of a course is asked under. */
const GRUPO = 'grupo ';

function queCodigo(clave: string): string {
  return clave.startsWith(GRUPO)
    ? `Código del grupo del curso ${clave.slice(GRUPO.length)} en SIC`
    : `Código del módulo «${clave}» en SIC`;
}
