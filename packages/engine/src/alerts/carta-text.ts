import { type Carta, type Enlace, hrefOf, type Remite } from './carta.ts';

/** The letter in plain text, with what the HTML says. */
export function textOf(carta: Carta, remite: Remite): string {
  const link = (enlace: Enlace) => {
    const href = hrefOf(enlace, remite);
    return href === null ? `${enlace.texto}: en Puente.` : `${enlace.texto}: ${href}`;
  };
  const { franja, titulo, bajo, filas, partes, boton, bajoBoton, pie } = carta;
  return [
    [franja ?? '', titulo, bajo],
    ...filas.map((fila) => [
      fila.cuantos === null ? fila.titulo : `${fila.cuantos}: ${fila.titulo}`,
      ...fila.quienes.map((line) => `   ${line}`),
      fila.detalle === '' ? '' : `   ${fila.detalle}`,
    ]),
    [boton === null ? '' : link(boton), bajoBoton],
    ...partes.map(({ titulo: head, texto, enlace }) => [
      `${head}. ${texto}`,
      enlace === undefined ? '' : link(enlace),
    ]),
    ['--', `Lo envía Puente SIC, de ${remite.otec}. ${pie}`.trim(), link(AVISOS)],
  ]
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Where a person changes who is told, and when. */
export const AVISOS: Enlace = { texto: 'Cambiar a quién y cuándo se avisa', ruta: '/ajustes/avisos' };
