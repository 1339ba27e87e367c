import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { leer, type Of } from '../api.ts';
import { rutDe } from '../format.ts';
import { rutaFuente } from '../instalacion.ts';
import { Selector } from '../parts/campo.tsx';
import { Consulta, Vacio } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { ElegirCursos } from './instalacion-cursos-elegir.tsx';

const route = getRouteApi('/instalacion');

type Instalacion = Of<'instalacion'>;

/** Which courses are reported, and under which codes of SIC. */
export function PasoCursos({ instalacion }: { instalacion: Instalacion }) {
  const { otecs, fuentes } = instalacion;
  return (
    <>
      <Titulo texto="¿Qué cursos se informan?">
        Puente propone los códigos que encuentra en su fuente. Revíselos: deben ser los mismos que muestra
        SIC, en Mantenedores → Cursos.
      </Titulo>
      {otecs.length === 0 || fuentes.length === 0 ? (
        <Vacio titulo={otecs.length === 0 ? 'Primero hace falta la OTEC.' : 'Primero hace falta la fuente.'}>
          <p>
            <Link to="/instalacion" search={{ paso: otecs.length === 0 ? 'otec' : 'fuente' }}>
              {otecs.length === 0 ? 'Ir al paso «OTEC»' : 'Ir al paso «Fuente»'}
            </Link>
          </p>
        </Vacio>
      ) : (
        <DeUnaFuente instalacion={instalacion} />
      )}
    </>
  );
}

function DeUnaFuente({ instalacion }: { instalacion: Instalacion }) {
  const { otecs, fuentes } = instalacion;
  const { fuente: pedida } = route.useSearch();
  const [nombre, setNombre] = useState(pedida ?? fuentes[0]?.nombre);
  const [rut, setRut] = useState(otecs[0]?.rut);
  const fuente = fuentes.find((una) => una.nombre === nombre) ?? fuentes[0];
  const otec = otecs.find((una) => una.rut === rut) ?? otecs[0];
  const sugeridos = useQuery({
    queryKey: ['cursos-sugeridos', fuente?.nombre],
    queryFn: () => leer<'cursosSugeridos'>(`${rutaFuente(String(fuente?.nombre))}/cursos`),
    enabled: fuente !== undefined,
    // Reading the whole source is dear, and what is being typed must not be taken away by a newer answer.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (fuente === undefined || otec === undefined) return null;
  return (
    <>
      {(fuentes.length > 1 || otecs.length > 1) && (
        <div className="fila acciones">
          {fuentes.length > 1 && (
            <Selector
              etiqueta="Fuente"
              value={fuente.nombre}
              onChange={(event) => setNombre(event.currentTarget.value)}
              opciones={fuentes.map((una) => ({ valor: una.nombre, texto: una.nombre }))}
            />
          )}
          {otecs.length > 1 && (
            <Selector
              etiqueta="OTEC que los informa"
              value={otec.rut}
              onChange={(event) => setRut(event.currentTarget.value)}
              opciones={otecs.map((una) => ({ valor: una.rut, texto: una.nombre ?? rutDe(una.rut) }))}
            />
          )}
        </div>
      )}
      {sugeridos.isPending && (
        <p className="suave">Se están mirando los cursos de «{fuente.nombre}»; puede tardar unos minutos.</p>
      )}
      <Consulta de={sugeridos}>
        {(data) => (
          <ElegirCursos
            key={`${fuente.nombre} ${otec.rut} ${sugeridos.dataUpdatedAt}`}
            instalacion={instalacion}
            fuente={fuente}
            rutOtec={otec.rut}
            sugeridos={data}
            releer={() => sugeridos.refetch()}
            leyendo={sugeridos.isFetching}
          />
        )}
      </Consulta>
    </>
  );
}
