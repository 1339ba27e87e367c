import { useQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { ApiError, type Of, subir } from '../api.ts';
import { rutaFuente, useSePuedeGuardar } from '../instalacion.ts';
import { Icono } from '../parts/icono.tsx';

const TOPE = 16 * 1024 * 1024;

export interface Subida {
  archivo: string;
  estado: 'bien' | 'mal';
  texto: string;
}

/** Takes files by drag and drop, by click or by the keyboard. */
export function SoltarArchivos({
  ocupado,
  onArchivos,
}: {
  ocupado: boolean;
  onArchivos: (archivos: File[]) => void;
}) {
  const [encima, setEncima] = useState(false);
  const sePuede = useSePuedeGuardar();
  return (
    <div className={encima ? 'soltar encima' : 'soltar'}>
      <Icono de={FileSpreadsheet} />
      <div>
        <strong>{ocupado ? 'Subiendo…' : 'Suelte aquí sus archivos, o elíjalos'}</strong>
        <p className="suave chico">
          Excel (.xlsx), CSV o LibreOffice (.ods), de hasta 16 MB cada uno. Reemplaza a la anterior del mismo
          curso, aunque tenga otro nombre.
        </p>
      </div>
      <input
        type="file"
        multiple
        accept=".csv,.xlsx,.ods,.json"
        aria-label="Elegir los archivos de avance"
        disabled={ocupado || !sePuede}
        onDragEnter={() => setEncima(true)}
        onDragLeave={() => setEncima(false)}
        onDrop={() => setEncima(false)}
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files !== null && files.length > 0) onArchivos([...files]);
          // The same file, corrected, may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** What became of each file. */
export function Subidas({
  subidas,
  fuente,
  archivos,
}: {
  subidas: Subida[];
  fuente: string | undefined;
  archivos: readonly File[];
}) {
  if (subidas.length === 0) return null;
  return (
    <div role="status">
      <ul className="lista" aria-label="Archivos subidos">
        {subidas.map((subida) => {
          const file = archivos.find(({ name }) => name === subida.archivo);
          return (
            <li key={subida.archivo}>
              {subida.estado === 'mal' && fuente !== undefined && file !== undefined ? (
                <NoSubida {...{ subida, fuente, file }} />
              ) : (
                <Resultado {...subida} sello={subida.estado === 'bien' ? 'Listo' : 'No se subió'} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What is asked below is not asked a second time as something to change in the sheet. */
function NoSubida({ subida, fuente, file }: { subida: Subida; fuente: string; file: File }) {
  const preguntas = useColumnasVistas(fuente, file)?.preguntas.length ?? 0;
  return preguntas === 0 ? (
    <Resultado {...subida} sello="No se subió" />
  ) : (
    <Resultado
      archivo={subida.archivo}
      estado="espera"
      sello="Falta contestar"
      texto="Conteste lo que se pregunta más abajo, y se sube sola. No hace falta cambiar la planilla."
    />
  );
}

function Resultado({
  archivo,
  estado,
  sello,
  texto,
}: Omit<Subida, 'estado'> & { estado: Subida['estado'] | 'espera'; sello: string }) {
  return (
    <>
      <span className={`sello ${estado}`}>{sello}</span> <strong>{archivo}</strong> {texto}
    </>
  );
}

/** How a sheet that was just handed over is understood; of what is no table, nothing. */
export function useColumnasVistas(fuente: string, file: File): Of<'columnasVistas'> | undefined {
  return useQuery({
    queryKey: ['columnas', fuente, file.name, file.lastModified, file.size],
    queryFn: () =>
      subir<'columnasVistas'>(
        `/api/planillas/${encodeURIComponent(fuente)}/${encodeURIComponent(file.name)}/columnas`,
        file,
      ),
    retry: false,
  }).data;
}

/** One after the other; one that fails does not keep the next from arriving. */
export async function subirTodos(fuente: string, archivos: File[]): Promise<Subida[]> {
  const done: Subida[] = [];
  for (const archivo of archivos) done.push(await subirUno(fuente, archivo));
  return done;
}

async function subirUno(fuente: string, file: File): Promise<Subida> {
  const archivo = file.name;
  if (file.size > TOPE) {
    return {
      archivo,
      estado: 'mal',
      texto: 'Pesa más de 16 MB. Divídalo, o cópielo directamente a la carpeta.',
    };
  }
  try {
    await subir<'archivoRecibido'>(`${rutaFuente(fuente)}/archivos/${encodeURIComponent(archivo)}`, file);
    return { archivo, estado: 'bien', texto: '' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { archivo, estado: 'mal', texto: `${error.message} ${error.queHacer}` };
  }
}
