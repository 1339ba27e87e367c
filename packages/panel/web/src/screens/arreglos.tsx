import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { DecisionVista, ErrorAbierto, PedidoDeEnvio } from '../../../src/api.ts';
import { mandar, type Of, pedir } from '../api.ts';
import { decisionesQuery } from '../consultas.ts';
import { numero } from '../format.ts';
import { brindar } from '../parts/brindis.tsx';
import { useEnviar } from '../parts/enviar.tsx';

type Decision = Of<'decisionesVistas'>['decisiones'][number];
type Nueva = Pick<
  DecisionVista,
  'rutOtec' | 'codigoOferta' | 'codigoGrupo' | 'rut' | 'codigoModulo' | 'tipo'
> & {
  valor?: string;
  motivo?: string;
};

/** What is prepared for the night about a problem: in words, and how it is taken back. */
export interface Listo {
  texto: string;
  deshacer: () => void;
}

/**
 * Mending: what a person decides here counts from the night on and sends nothing by itself. Each deed is told at the
 * foot of the page, where it can be sent at once or taken back.
 */
export function useArreglos() {
  const queryClient = useQueryClient();
  const decisiones = useQuery(decisionesQuery).data?.decisiones ?? [];
  const reintentos = useReintentos();
  const { enviar, marcha } = useEnviar();
  const releer = () =>
    Promise.all(
      ['decisiones', 'errores', 'hoy', 'curso', 'alumno'].map((key) =>
        queryClient.invalidateQueries({ queryKey: [key] }),
      ),
    );
  const deshacer = useMutation({
    mutationFn: async (ids: readonly number[]) => {
      for (const id of ids) await mandar('POST', `/api/decisiones/${id}/deshacer`);
    },
    onSettled: releer,
  });
  const decidir = useMutation({
    mutationFn: async ({
      nuevas,
    }: {
      nuevas: readonly Nueva[];
      texto: string;
      errores: readonly ErrorAbierto[];
    }) => {
      const hechas: Decision[] = [];
      for (const nueva of nuevas) hechas.push(await pedir<'decision'>('POST', '/api/decisiones', nueva));
      return hechas;
    },
    onSuccess: async (hechas, { texto, errores, nuevas }) => {
      await releer();
      const isSent = nuevas.every(({ tipo }) => tipo === 'mantener' || tipo === 'codigo');
      brindar({
        texto,
        acciones: [
          ...(isSent ? [{ texto: 'Enviar ahora', hacer: () => enviar(pedidoDe(errores)) }] : []),
          { texto: 'Deshacer', hacer: () => deshacer.mutate(hechas.map(({ id }) => id)) },
        ],
      });
    },
    onError: releer,
  });

  const abiertas = decisiones.filter(({ fin }) => fin === null);
  const decididaDe = (error: ErrorAbierto) =>
    abiertas.find(
      (one) =>
        (one.tipo === 'codigo' || one.tipo === 'mantener') &&
        ARREGLA[one.tipo] === error.codigo &&
        one.rutOtec === error.rutOtec &&
        one.codigoOferta === error.codigoOferta &&
        one.codigoGrupo === error.codigoGrupo &&
        (one.rut === null || one.rut === error.rut) &&
        (one.codigoModulo === null || one.codigoModulo === error.codigoModulo),
    );

  return {
    abiertas,
    ocupado: decidir.isPending || deshacer.isPending,
    falla: decidir.error ?? deshacer.error,
    marcha,
    enviarAhora: (errores: readonly ErrorAbierto[]) => enviar(pedidoDe(errores)),
    decidir: (nuevas: readonly Nueva[], errores: readonly ErrorAbierto[], texto: string) =>
      decidir.mutate({ nuevas, errores, texto }),
    deshacer: (ids: readonly number[]) => deshacer.mutate(ids),
    /** Null: nothing is prepared. */
    listo: (error: ErrorAbierto): Listo | null => {
      const decidida = decididaDe(error);
      if (decidida !== undefined)
        return { texto: enPalabras(decidida, error), deshacer: () => deshacer.mutate([decidida.id]) };
      if (!reintentos.has(claveDe(error))) return null;
      return { texto: 'Se intenta otra vez. Sale esta noche.', deshacer: () => olvidar([error]) };
    },
    /** Every night tries again what SENCE refused; this says that somebody has seen to it. */
    reintentar: (errores: readonly ErrorAbierto[]) => {
      recordar(errores);
      brindar({
        texto: errores.length === 1 ? 'Se intenta otra vez esta noche.' : 'Se intentan otra vez esta noche.',
        acciones: [
          { texto: 'Enviar ahora', hacer: () => enviar(pedidoDe(errores)) },
          { texto: 'Deshacer', hacer: () => olvidar(errores) },
        ],
      });
    },
    usarCodigo: (errores: readonly ErrorAbierto[]) => {
      const [first] = errores;
      if (first === undefined || first.sugerencia === null) return;
      const { rutOtec, codigoOferta, codigoGrupo, codigoModulo, sugerencia } = first;
      const nueva: Nueva = {
        ...{ rutOtec, codigoOferta, codigoGrupo, codigoModulo },
        ...{ rut: null, tipo: 'codigo', valor: sugerencia.codigoModulo },
        motivo: 'El código de la planilla difiere del que SENCE acepta de los demás alumnos.',
      };
      decidir.mutate({
        ...{ nuevas: [nueva], errores },
        texto: `Se leerá como …${sugerencia.codigoModulo.slice(-4)}. Sale esta noche.`,
      });
    },
  };
}

export type Arreglos = ReturnType<typeof useArreglos>;

const ARREGLA: Partial<Record<Decision['tipo'], string>> = { codigo: '010', mantener: '025' };

function enPalabras({ tipo, valor }: Decision, { bajada }: ErrorAbierto): string {
  if (tipo === 'codigo') return `Se lee como …${(valor ?? '').slice(-4)}. Sale esta noche.`;
  return bajada === null
    ? 'Se sigue informando lo anterior. Sale esta noche.'
    : `Se sigue informando ${numero(bajada.de)} %. Sale esta noche.`;
}

/** The smallest send that covers these. Outside the window too: who presses «ahora» has said so. */
export function pedidoDe(errores: readonly ErrorAbierto[]): PedidoDeEnvio {
  const [first] = errores;
  const ruts = new Set(errores.flatMap(({ rut }) => rut ?? []));
  const everybody = errores.some(({ rut }) => rut === null);
  const oneCourse =
    first !== undefined &&
    errores.every(
      ({ rutOtec, codigoOferta, codigoGrupo }) =>
        rutOtec === first.rutOtec && codigoOferta === first.codigoOferta && codigoGrupo === first.codigoGrupo,
    );
  return {
    fueraDeVentana: true,
    ...(oneCourse && {
      curso: { rutOtec: first.rutOtec, codigoOferta: first.codigoOferta, codigoGrupo: first.codigoGrupo },
    }),
    ...(everybody ? { soloErrores: true } : { alumnos: [...ruts] }),
  };
}

// What was asked to be tried again: nothing of it is to be kept, for the night tries it anyway.

let pedidos: ReadonlySet<string> = new Set();
const oyentes = new Set<() => void>();

function useReintentos(): ReadonlySet<string> {
  return useSyncExternalStore(
    (tell) => {
      oyentes.add(tell);
      return () => oyentes.delete(tell);
    },
    () => pedidos,
  );
}

function recordar(errores: readonly ErrorAbierto[]): void {
  cambiar(new Set([...pedidos, ...errores.map(claveDe)]));
}

function olvidar(errores: readonly ErrorAbierto[]): void {
  const claves = new Set(errores.map(claveDe));
  cambiar(new Set([...pedidos].filter((clave) => !claves.has(clave))));
}

function cambiar(next: ReadonlySet<string>): void {
  pedidos = next;
  for (const tell of oyentes) tell();
}

/** Once SENCE has answered again it is another matter. */
function claveDe({ id, ultimaVez }: ErrorAbierto): string {
  return `${id} ${ultimaVez}`;
}
