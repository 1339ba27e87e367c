import type { Muestra } from '../metrics.ts';
import type { Estado } from '../store/pulso.ts';

/** What the processes of a machine know only together; of a service that is one process there is none. */
export interface Maquina {
  /** Whether a call still fits into its caller's second, counted over all processes. */
  admits(by: Limitado, caller: string | number): Promise<boolean>;
  salud(): Promise<SaludMaquina>;
  metrics(): Promise<MetricasMaquina>;
}

export type Limitado = 'otec' | 'address';

export interface SaludMaquina {
  /** The worst of all. */
  estado: Estado | 'un proceso no responde';
  procesos: { pedidos: number; atienden: number };
}

/** Sums over all processes, of those too that have ended. */
export interface MetricasMaquina {
  contadores: Muestra;
  rss: number;
  heap: number;
  atienden: number;
  reinicios: number;
}
