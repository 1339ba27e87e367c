import type { ReactNode } from 'react';
import type { Of } from '../api.ts';

/** Which codes the source gave and which somebody wrote by hand: the first thing to look at when SENCE knows none. */
export function Mapeo({ curso }: { curso: Of<'cursoComparado'> }) {
  const { mapeo, fuente, codigoOferta, codigoGrupo } = curso;
  return (
    <details>
      <summary>De dónde salen los códigos</summary>
      <div className="columna">
        <p className="suave">
          {mapeo === null
            ? `Todos vienen de la fuente «${fuente}»: nadie escribió nada aparte sobre este curso.`
            : `Lo escrito a mano manda; lo demás viene de la fuente «${fuente}».`}
        </p>
        <dl>
          {mapeo !== null && (
            <>
              <dt>Curso en la fuente</dt>
              <dd>{mapeo.curso}</dd>
            </>
          )}
          <dt>Código de oferta</dt>
          <dd>
            {codigoOferta} <Origen escrito={(mapeo?.codigoOferta ?? null) !== null} />
          </dd>
          <dt>Código de grupo</dt>
          <dd>
            {codigoGrupo} <Origen escrito={(mapeo?.codigoGrupo ?? null) !== null} />
          </dd>
          {mapeo !== null && mapeo.grupo !== null && (
            <>
              <dt>Grupo en el LMS</dt>
              <dd>
                {mapeo.grupo} <Origen escrito />
              </dd>
            </>
          )}
          <dt>Códigos de módulo</dt>
          <dd>
            <ModulosEscritos modulos={mapeo?.modulos ?? {}} />
          </dd>
        </dl>
      </div>
    </details>
  );
}

function ModulosEscritos({ modulos }: { modulos: Record<string, string> }) {
  const escritos = Object.entries(modulos);
  if (escritos.length === 0) return <Origen escrito={false} />;
  return (
    <>
      <ul>
        {escritos.map(([seccion, codigo]) => (
          <li key={seccion}>
            «{seccion}» → {codigo.trim() === '' ? 'no es un módulo' : codigo} <Origen escrito />
          </li>
        ))}
      </ul>
      <span className="suave chico">Los de otras secciones vienen de la fuente.</span>
    </>
  );
}

function Origen({ escrito }: { escrito: boolean }): ReactNode {
  return escrito ? (
    <span className="sello">escrito a mano</span>
  ) : (
    <span className="suave chico">de la fuente</span>
  );
}
