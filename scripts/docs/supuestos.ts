import { countSupuestos, SUPUESTOS, type Supuesto } from '@puente-sic/gestor';

/** `docs/supuestos.md`: what our Gestor takes the real service to do where no source says, and its switches. */
export function renderSupuestos(): string {
  const entries: [string, Supuesto][] = Object.entries(SUPUESTOS);
  const { todos, abiertos, zanjados } = countSupuestos();
  const shown = entries.filter(([, { prueba, zanjado }]) => prueba && !zanjado).length;
  const rows = entries.map(
    ([name, { texto, base, valor, prueba, zanjado }]) =>
      `| \`${name}\` | ${texto} | \`${JSON.stringify(valor)}\` | ${base} | ${zanjado ? `zanjado: ${zanjado}` : 'abierto'} | ${prueba ? `\`${prueba}\`` : ''} |`,
  );
  return `<!-- Generado desde packages/gestor/src/supuestos.ts con \`npm run docs\`: no se edita a mano. -->
# Supuestos del Gestor

Lo que ninguna fuente publica del servicio real y nuestro Gestor tuvo que decidir. Cada supuesto es un interruptor de
\`startGestor({ supuestos: { … } })\` y de \`puente gestor sandbox --supuesto NOMBRE=VALOR\`: cuando el servicio real muestre otra
cosa, se cambia ahí y en ningún otro lugar.

**De ${todos} con interruptor, ${abiertos} siguen abiertos y ${zanjados} están zanjados por el servicio real.** De los abiertos, ${shown} los muestra
\`puente probar --oficial --acepto\`: los zanja la primera OTEC que la corra y publique su archivo. Los que no tienen interruptor están en
[\`protocol.md\`](protocol.md#assumptions), con su lugar en el código.

| supuesto | qué significa | valor de partida | por qué | estado | hallazgo de la prueba oficial |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
