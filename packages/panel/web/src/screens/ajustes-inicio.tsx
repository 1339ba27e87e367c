import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { hoyQuery, instalacionQuery } from '../consultas.ts';
import { cuando } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec } from '../otec.tsx';
import { Cargando, Consulta } from '../parts/estado.tsx';
import { SoloLectura } from '../parts/solo-lectura.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { AjustesFuentes } from './ajustes-fuentes.tsx';
import { AjustesOtec } from './ajustes-otec.tsx';
import { AjustesPlanillas } from './ajustes-planillas.tsx';

/** Who reports and where the data comes from. */
export function AjustesInicio() {
  const instalacion = useQuery(instalacionQuery);
  const hoy = useQuery(hoyQuery);
  const respuesta = useRespuesta();
  const decir = useDecir();
  // The heading is an answer: what stands below must not jump when it comes.
  if (hoy.isPending) return <Cargando />;
  return (
    <>
      <Titulo texto={decir(respuesta)} ventana="OTEC y fuentes">
        {decir('Quién informa a SENCE y de dónde salen los datos.')} Lo que cambie aquí vale de inmediato.
      </Titulo>
      <Consulta de={instalacion}>
        {(data) => (
          <>
            <SoloLectura de={data} />
            <AjustesOtec instalacion={data} />
            <AjustesFuentes instalacion={data} />
            <AjustesPlanillas />
            <p className="suave chico separada">
              ¿Prefiere ir paso a paso? <Link to="/instalacion">Abrir la puesta en marcha</Link>. Todo queda
              escrito en {data.archivo}.
            </p>
          </>
        )}
      </Consulta>
    </>
  );
}

const NADA: never[] = [];

/** Whether SENCE takes what is sent, by what was last seen of it; until something was, only what the page is about. */
function useRespuesta(): string {
  const proveedores = useDeLaOtec(useQuery(hoyQuery).data?.proveedores ?? NADA);
  const sinToken = proveedores.filter(({ problemas }) => problemas.some(({ clave }) => clave === 'token'));
  const [una, otra] = sinToken;
  if (otra !== undefined) return `SENCE no acepta el token de ${sinToken.length} OTEC`;
  if (una !== undefined) return `SENCE no acepta el token de ${una.nombre}`;
  const ultimo = proveedores
    .flatMap(({ cursos }) => cursos.flatMap(({ ultimoAceptado }) => ultimoAceptado ?? []))
    .reduce((last, one) => (one > last ? one : last), '');
  return ultimo === '' ? 'OTEC y fuentes' : `SENCE aceptó el último envío el ${cuando(ultimo)}`;
}
