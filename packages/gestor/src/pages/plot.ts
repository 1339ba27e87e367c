import { formatInstant } from './format.ts';
import { type Html, html } from './html.ts';

export interface Serie {
  nombre: string;
  /** Instant in milliseconds, percentage 0–100; in order of time. */
  puntos: { x: number; y: number }[];
}

const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 44;
const RIGHT = 150;
const TOP = 16;
const BOTTOM = 34;

/** Percentages over time, a curve per series, labelled at its end. The same figures stand in a table beside it. */
export function plotPercentages(title: string, series: readonly Serie[]): Html {
  const all = series.flatMap(({ puntos }) => puntos.map(({ x }) => x));
  const from = Math.min(...all);
  const to = Math.max(...all, from + 1);
  const atX = (x: number) => round(LEFT + ((x - from) / (to - from)) * (WIDTH - LEFT - RIGHT));
  const atY = (y: number) => round(HEIGHT - BOTTOM - (y / 100) * (HEIGHT - TOP - BOTTOM));
  const grid = [0, 25, 50, 75, 100].map(
    (y) => html`<line class="eje" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${atY(y)}" y2="${atY(y)}"/>
<text x="${LEFT - 6}" y="${atY(y) + 4}" text-anchor="end">${y} %</text>`,
  );
  const labels = spread(series.map(({ puntos }) => atY(puntos.at(-1)?.y ?? 0)));
  const curves = series.map(({ nombre, puntos }, index) => {
    const path = puntos.map(({ x, y }) => `${atX(x)},${atY(y)}`).join(' ');
    const dots = puntos.map(({ x, y }) => html`<circle class="punto" cx="${atX(x)}" cy="${atY(y)}" r="3"/>`);
    return html`<polyline class="curva" points="${path}"/>${dots}
<text x="${WIDTH - RIGHT + 8}" y="${(labels[index] ?? 0) + 4}">${nombre}</text>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}">
${grid}${curves}
<text x="${LEFT}" y="${HEIGHT - 10}">${formatInstant(from)}</text>
<text x="${WIDTH - RIGHT}" y="${HEIGHT - 10}" text-anchor="end">${formatInstant(to)}</text>
</svg>`;
}

/** Bars with their figure under each. */
export function plotBars(title: string, bars: readonly { nombre: string; valor: number }[]): Html {
  const highest = Math.max(1, ...bars.map(({ valor }) => valor));
  const step = Math.min(60, (WIDTH - LEFT) / Math.max(1, bars.length));
  const shapes = bars.map(({ nombre, valor }, index) => {
    const height = round((valor / highest) * (HEIGHT - TOP - BOTTOM));
    const x = round(LEFT / 2 + index * step);
    return html`<rect class="barra" x="${x}" y="${HEIGHT - BOTTOM - height}" width="${round(step * 0.7)}" height="${height}"/>
<text x="${round(x + step * 0.35)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${nombre}</text>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}">${shapes}</svg>`;
}

/** Labels at least a line apart, in the order of their heights. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  let lowest = Number.NEGATIVE_INFINITY;
  const placed: number[] = [];
  for (const { height, index } of order) {
    lowest = Math.max(height, lowest + 15);
    placed[index] = lowest;
  }
  return placed;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
