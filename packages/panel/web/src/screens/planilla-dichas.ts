import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { mandar } from '../api.ts';

/**
 * What a person says of a source's columns, by their names, until it is remembered; null takes back what was said.
 * @param onDichas it is remembered: the sheet is to be read anew.
 */
export function useDichas(fuente: string, onDichas: () => void) {
  const [dichas, setDichas] = useState<Record<string, string | null>>({});
  const recordar = useMutation({
    mutationFn: () =>
      mandar('POST', `/api/planillas/${encodeURIComponent(fuente)}/columnas`, { columnas: dichas }),
    onSuccess: () => {
      setDichas({});
      onDichas();
    },
  });
  return { dichas, setDichas, recordar };
}
