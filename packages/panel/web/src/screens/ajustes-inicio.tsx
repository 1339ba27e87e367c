import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { instalacionQuery } from '../consultas.ts';
import { Consulta } from '../parts/estado.tsx';
import { SoloLectura } from '../parts/solo-lectura.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { AjustesFuentes } from './ajustes-fuentes.tsx';
import { AjustesOtec } from './ajustes-otec.tsx';
import { AjustesPlanillas } from './ajustes-planillas.tsx';

/** Who reports and where the data comes from. */
export function AjustesInicio() {
  const instalacion = useQuery(instalacionQuery);
  return (
    <>
      <Titulo texto="OTEC y fuentes">
        Quién informa a SENCE y de dónde salen los datos. Lo que cambie aquí vale de inmediato.
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
