import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { leer, subir } from '../api.ts';
import { Cargando, Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { SoltarPlanilla } from '../parts/soltar.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { MarchaDeTrabajo } from '../parts/trabajo.tsx';
import { usePlanillaElegida } from '../planilla.ts';
import { ColumnasDePlanilla } from './planilla-columnas.tsx';
import { Decidir, Descartar } from './planilla-decidir.tsx';
import { DescargarPlantilla } from './planilla-plantilla.tsx';
import { PreguntasDePlanilla } from './planilla-preguntas.tsx';

/** What a sheet would change, by name, before anything is kept or sent. */
export function Planilla() {
  const file = usePlanillaElegida();
  const planillas = useQuery({ queryKey: ['planillas'], queryFn: () => leer<'planillas'>('/api/planillas') });
  const [trabajo, setTrabajo] = useState<string | null>(null);
  return (
    <>
      {file === null && (
        <Titulo texto="Planilla">Aquí verá qué cambia con una planilla, antes de enviar nada.</Titulo>
      )}
      <Consulta de={planillas}>
        {({ fuentes: [fuente] }) => {
          if (fuente === undefined) return <SinPlanillas />;
          if (file === null) {
            return (
              <>
                {trabajo !== null && <MarchaDeTrabajo id={trabajo} />}
                <SoltarPlanilla titulo="Suelte aquí la planilla, o en cualquier parte de la página">
                  Reemplaza a la anterior del mismo curso, aunque tenga otro nombre.
                </SoltarPlanilla>
                <DescargarPlantilla />
              </>
            );
          }
          return (
            <Mirar
              key={`${file.name} ${file.lastModified}`}
              file={file}
              fuente={fuente}
              onEnviada={setTrabajo}
            />
          );
        }}
      </Consulta>
    </>
  );
}

function SinPlanillas() {
  return (
    <Vacio titulo="Esta OTEC no trabaja con planillas.">
      <p>Sus datos se leen de la plataforma: corríjalos ahí y la noche los lleva.</p>
    </Vacio>
  );
}

function Mirar({
  file,
  fuente,
  onEnviada,
}: {
  file: File;
  fuente: string;
  onEnviada: (trabajo: string) => void;
}) {
  const ruta = `/api/planillas/${encodeURIComponent(fuente)}/${encodeURIComponent(file.name)}`;
  const { mutate, ...vista } = useMutation({
    mutationFn: () => subir<'planillaVista'>(`${ruta}/vista`, file),
  });
  const { mutate: mirarColumnas, data: vistas } = useMutation({
    mutationFn: () => subir<'columnasVistas'>(`${ruta}/columnas`, file),
  });
  const leerDeNuevo = useCallback(() => {
    mutate();
    mirarColumnas();
  }, [mutate, mirarColumnas]);
  useEffect(() => leerDeNuevo(), [leerDeNuevo]);
  const preguntas = vistas && (
    <PreguntasDePlanilla preguntas={vistas.preguntas} fuente={fuente} onDichas={leerDeNuevo} />
  );
  const columnas = vistas && (
    <ColumnasDePlanilla
      {...{ vistas, fuente, nombre: file.name }}
      abierta={vista.isError}
      onDichas={leerDeNuevo}
    />
  );
  if (vista.isError) {
    return (
      <>
        <Titulo texto={`No se pudo leer «${file.name}»`} ventana="Planilla">
          La planilla anterior sigue en uso. Nada se guardó.
        </Titulo>
        <Falla error={vista.error} reintentar={leerDeNuevo} />
        {preguntas}
        {columnas}
        <div className="fila medio">
          <DescargarPlantilla />
          <Descartar />
        </div>
      </>
    );
  }
  // Who is asked and who is not is known together: what comes later would push away what is read.
  if (vista.data === undefined || vistas === undefined) {
    return (
      <>
        <Titulo texto={`Leyendo «${file.name}»…`} ventana="Planilla" />
        <Cargando />
      </>
    );
  }
  return (
    <Decidir vista={vista.data} ruta={ruta} file={file} onEnviada={onEnviada} preguntas={preguntas}>
      {columnas}
    </Decidir>
  );
}
