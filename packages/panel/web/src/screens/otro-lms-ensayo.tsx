import type { Of } from '../api.ts';
import { cuantos, rutDe } from '../format.ts';
import { Selector } from '../parts/campo.tsx';
import { Aviso } from '../parts/estado.tsx';
import { Hallazgos } from '../parts/hallazgos.tsx';
import { Texto } from '../parts/texto.tsx';

type Revision = Of<'revisionDeFuente'>;
type Ensayo = NonNullable<Revision['ensayo']>;

const POR_ELEGIR: Record<Ensayo['porElegir'][number], string> = {
  codigoOferta: 'su código en SIC',
  codigoModulo: 'los códigos de sus módulos',
  inicio: 'su primer día',
  fin: 'su último día',
};

/** One real student as SENCE would get them, and where each figure came from. */
export function EnsayoDeOtroLms({
  ensayo,
  cursos,
  leyendo,
  onElegir,
}: {
  ensayo: Ensayo;
  cursos: Revision['cursos'];
  leyendo: boolean;
  onElegir: (cual: { curso: string; rut?: string }) => void;
}) {
  const { curso, titulo, porElegir, retenidos, personas, persona } = ensayo;
  return (
    <section className="separadas" aria-labelledby="ensayo">
      <h2 id="ensayo">
        {persona === null ? `«${titulo}»` : `Así recibiría SENCE a ${persona.nombre ?? rutDe(persona.rut)}`}
      </h2>
      <p className="suave">
        Compárelo con lo que muestra su plataforma de esa persona. Mirarlo no envía ni guarda nada.
      </p>
      {(cursos.length > 1 || personas.length > 1) && (
        <div className="codigos">
          {cursos.length > 1 && (
            <Selector
              etiqueta="Curso"
              value={curso}
              disabled={leyendo}
              onChange={({ currentTarget: { value } }) => onElegir({ curso: value })}
              opciones={cursos.map((uno) => ({ valor: uno.curso, texto: uno.nombre ?? uno.curso }))}
            />
          )}
          {persona !== null && personas.length > 1 && (
            <Selector
              etiqueta="Persona"
              value={persona.rut}
              disabled={leyendo}
              onChange={({ currentTarget: { value } }) => onElegir({ curso, rut: value })}
              opciones={personas.map(({ rut, nombre }) => ({ valor: rut, texto: nombre ?? rutDe(rut) }))}
            />
          )}
        </div>
      )}
      {porElegir.length > 0 && (
        <Aviso tono="marca">
          <p>
            Su plataforma no dice {new Intl.ListFormat('es').format(porElegir.map((que) => POR_ELEGIR[que]))}{' '}
            de este curso: se elige en el paso siguiente, «Cursos».
          </p>
        </Aviso>
      )}
      {persona !== null && <Persona persona={persona} />}
      <Hallazgos
        de={retenidos}
        titulo={`que ${retenidos.length === 1 ? 'retiene' : 'retienen'} datos de este curso`}
      />
    </section>
  );
}

function Persona({ persona: { deDonde, cuerpo, explicacion } }: { persona: NonNullable<Ensayo['persona']> }) {
  const modulos = explicacion?.modulos ?? [];
  return (
    <>
      <div className="tabla corta">
        <table className="apilada">
          <caption className="solo-lector">De dónde sale cada dato</caption>
          <thead>
            <tr>
              <th scope="col">Dato</th>
              <th scope="col">Se enviaría</th>
              <th scope="col">De dónde sale</th>
            </tr>
          </thead>
          <tbody>
            {deDonde.map(({ que, valor, de }) => (
              <tr key={que}>
                <th scope="row">{que}</th>
                <td data-titulo="Se enviaría">{valor}</td>
                <td data-titulo="De dónde sale">{de}</td>
              </tr>
            ))}
            {modulos.map(({ codigoModulo, porcentajeAvance, actividades }) => (
              <tr key={codigoModulo}>
                <th scope="row">Módulo {codigoModulo}</th>
                <td data-titulo="Se enviaría">{porcentajeAvance} %</td>
                <td data-titulo="De dónde sale">
                  {actividades.filter(({ hecha }) => hecha).length} de{' '}
                  {cuantos(
                    actividades.filter(({ exigida }) => exigida).length,
                    'actividad obligatoria',
                    'actividades obligatorias',
                  )}
                  .
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>Los datos exactos, como los recibiría SENCE</summary>
        <Texto nombre="Los datos exactos">{JSON.stringify(cuerpo, null, 2)}</Texto>
      </details>
    </>
  );
}
