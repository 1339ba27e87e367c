import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { brindar } from './brindis.tsx';
import { Icono } from './icono.tsx';

/** Keeps what a table shows as an Excel file. */
export function BajarExcel({ bajar }: { bajar: () => Promise<void> }) {
  const { mutate, isPending } = useMutation({
    mutationFn: bajar,
    onError: () =>
      brindar({ texto: 'No se pudo hacer el Excel. Recargue la página y pruebe otra vez.', acciones: [] }),
  });
  return (
    <button type="button" className="chico" disabled={isPending} onClick={() => mutate()}>
      <Icono de={Download} menudo />
      Descargar Excel
    </button>
  );
}
