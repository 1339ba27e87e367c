import { useQueryClient } from '@tanstack/react-query';
import { type Subida, useColumnasVistas } from './fuente-archivos.tsx';
import { ColumnasDePlanilla } from './planilla-columnas.tsx';
import { PreguntasDePlanilla } from './planilla-preguntas.tsx';

/** What sheets that were just handed over leave open: answered here, and not found out by a send that sends nobody. */
export function LoQuePreguntan({
  fuente,
  archivos,
  subidas,
  onDichas,
}: {
  fuente: string;
  archivos: readonly File[];
  subidas: readonly Subida[];
  /** Answered: the sheets that could not be taken are to be handed over again. */
  onDichas: (malas: File[]) => void;
}) {
  const queryClient = useQueryClient();
  const isMala = (file: File) =>
    subidas.some(({ archivo, estado }) => archivo === file.name && estado === 'mal');
  return archivos.map((file) => (
    <UnaPlanilla
      key={`${file.name} ${file.lastModified}`}
      {...{ fuente, file }}
      mala={isMala(file)}
      onDichas={() => {
        void queryClient.invalidateQueries({ queryKey: ['columnas'] });
        onDichas(archivos.filter(isMala));
      }}
    />
  ));
}

function UnaPlanilla({
  fuente,
  file,
  mala,
  onDichas,
}: {
  fuente: string;
  file: File;
  mala: boolean;
  onDichas: () => void;
}) {
  const vistas = useColumnasVistas(fuente, file);
  if (vistas === undefined || (vistas.preguntas.length === 0 && !mala)) return null;
  return (
    <section className="separadas ancha" aria-label={file.name}>
      <PreguntasDePlanilla preguntas={vistas.preguntas} de={file.name} {...{ fuente, onDichas }} />
      <ColumnasDePlanilla
        {...{ vistas, fuente, onDichas }}
        nombre={file.name}
        abierta={mala && vistas.preguntas.length === 0}
      />
    </section>
  );
}
