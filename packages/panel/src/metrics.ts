import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Figures } from '@puente-sic/engine';

/** The delay of this process's event loop since it was last asked for, in seconds. */
export interface LoopDelay {
  /** The greatest one; begins anew. */
  take(): number;
  close(): void;
}

export function watchLoop(): LoopDelay {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    take() {
      const greatest = delay.max / 1e9 - RESOLUTION_MS / 1000;
      delay.reset();
      return Math.max(0, greatest);
    },
    close: () => delay.disable(),
  };
}

/** Text exposition format of Prometheus, version 0.0.4. Labels come from small fixed sets: no RUT, no course. */
export function writeMetrics(figures: Figures, isWell: boolean, loopDelay: number): string {
  const { noches, envios, aceptados, rechazados, erroresAbiertos, ultimoAceptado } = figures;
  return [
    ...health(isWell),
    ...family('puente_noches_total', 'counter', 'Courses × nights by result.', labelled('resultado', noches)),
    ...family('puente_envios', 'gauge', 'Calls by state.', labelled('estado', envios)),
    ...family('puente_envios_inciertos', 'gauge', 'Calls whose outcome is not known.', {
      '': envios.incierto ?? 0,
    }),
    ...family(
      'puente_registros_total',
      'counter',
      'Student × module records by what SENCE did.',
      labelled('estado', { aceptado: aceptados, rechazado: rechazados }),
    ),
    ...family('puente_errores_abiertos', 'gauge', 'Refused or held and not yet put right.', {
      '': erroresAbiertos,
    }),
    ...family('puente_ultimo_aceptado_segundos', 'gauge', 'Unix time of the last accepted send; 0: never.', {
      '': (ultimoAceptado?.getTime() ?? 0) / 1000,
    }),
    ...family('puente_retraso_bucle_segundos', 'gauge', 'Greatest event-loop delay since the last scrape.', {
      '': loopDelay,
    }),
  ]
    .join('\n')
    .concat('\n');
}

/** While there is no usable ledger: nothing else is known. */
export function writeUnusable(): string {
  return `${health(false).join('\n')}\n`;
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

function health(isWell: boolean): string[] {
  return family('puente_salud', 'gauge', '1 when GET /salud answers 200.', { '': isWell ? 1 : 0 });
}

function family(name: string, type: string, help: string, values: Record<string, number>): string[] {
  const lines = Object.entries(values).map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function labelled(label: string, values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([value, count]) => [`{${label}="${value}"}`, count]));
}

const RESOLUTION_MS = 20;
