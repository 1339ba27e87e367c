import { SUPUESTOS } from '@puente-sic/gestor';

/** `docs/supuestos.md`: what our Gestor takes the real service to do where no source says, and its switches. */
export function renderSupuestos(): string {
  const rows = Object.entries(SUPUESTOS).map(
    ([name, { texto, base, valor }]) => `| \`${name}\` | ${texto} | \`${JSON.stringify(valor)}\` | ${base} |`,
  );
  return `<!-- Generado desde packages/gestor/src/supuestos.ts con \`npm run docs\`: no se edita a mano. -->
# Supuestos del Gestor

Lo que ninguna fuente publica del servicio real y nuestro Gestor tuvo que decidir. Cada supuesto es un interruptor de
\`startGestor({ supuestos: { … } })\`: cuando el servicio real muestre otra cosa, se cambia ahí y en ningún otro lugar.
De ${rows.length} con interruptor, ${rows.length} siguen abiertos y 0 están zanjados por el servicio real: los zanja la primera OTEC que corra
\`puente probar --oficial --acepto\` y publique su archivo. Los que no tienen interruptor están en [\`protocol.md\`](protocol.md#assumptions), con su lugar en el código.

| supuesto | qué significa | valor de partida | por qué |
|---|---|---|---|
${rows.join('\n')}
`;
}
