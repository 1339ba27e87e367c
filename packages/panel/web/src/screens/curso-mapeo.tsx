import type { ReactNode } from 'react';
import type { Of } from '../api.ts';

/** Which codes the source gave and which somebody wrote by hand: the first thing to look at when SENCE knows none. */
export function Mapeo({ curso }: { curso: Of<'cursoComparado'> }) {
  const { mapeo, fuente, codigoOferta, codigoGrupo } = curso;
  return (
    <section>
      <h2>De dónde salen los códigos</h2>
      <p className="suave">
        {mapeo === null
          ? `Todos vienen de la fuente «${fuente}»: en puente.yaml no hay nada escrito sobre este curso.`
          : `Lo escrito en puente.yaml manda; lo demás viene de la fuente «${fuente}».`}
      </p>
      <dl className="tarjeta">
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
    </section>
  );
}

function ModulosEscritos({ modulos }: { modulos: Record<string, string> }) {
  const escritos = Object.entries(modulos);
  if (escritos.length === 0) return <Origen escrito={false} />;
  return (
    <>
      <ul className="lista">
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
    <span className="sello">escrito en puente.yaml</span>
  ) : (
    <span className="suave chico">de la fuente</span>
  );
}
