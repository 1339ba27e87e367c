import { FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { ApiError, subir } from '../api.ts';
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
export function Subidas({ subidas }: { subidas: Subida[] }) {
  if (subidas.length === 0) return null;
  return (
    <div role="status">
      <ul className="lista" aria-label="Archivos subidos">
        {subidas.map(({ archivo, estado, texto }) => (
          <li key={archivo}>
            <span className={`sello ${estado}`}>{estado === 'bien' ? 'Listo' : 'No se subió'}</span>{' '}
            <strong>{archivo}</strong> {texto}
          </li>
        ))}
      </ul>
    </div>
  );
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
