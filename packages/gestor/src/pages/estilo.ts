/** The one style sheet of the service's pages: system fonts, light and dark, nothing loaded from elsewhere. */
export const ESTILO = `
:root {
  color-scheme: light dark;
  --fondo: #fbfbfa; --papel: #fff; --tinta: #1d2430; --suave: #525c6b; --linea: #d5d9e0;
  --marca: #0b4f8a; --bien: #17693a; --mal: #a4161a; --espera: #7a4b00; --resalte: #e8f0f8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --fondo: #12161c; --papel: #1a2029; --tinta: #e8ebf0; --suave: #aab4c2; --linea: #353e4b;
    --marca: #8ec5ff; --bien: #7fd8a0; --mal: #ff9c9c; --espera: #f0c274; --resalte: #223044;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--fondo); color: var(--tinta); font: 16px/1.5 system-ui, sans-serif; }
header { border-bottom: 1px solid var(--linea); background: var(--papel); }
header > div, main, footer { max-width: 72rem; margin: 0 auto; padding: .75rem 1rem; }
header > div { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; }
header strong { margin-right: auto; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
main { padding-block: 1rem 3rem; }
footer { color: var(--suave); font-size: .875rem; border-top: 1px solid var(--linea); }
a { color: var(--marca); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--marca); outline-offset: 2px;
}
.saltar { position: absolute; left: -999rem; }
.saltar:focus { left: 1rem; top: .5rem; background: var(--papel); padding: .5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { max-width: 46rem; }
.suave { color: var(--suave); }
.bien { color: var(--bien); } .mal { color: var(--mal); } .espera { color: var(--espera); }
.aviso { border-left: .3rem solid var(--marca); background: var(--resalte); padding: .5rem .75rem; margin: 1rem 0; max-width: 46rem; }
.aviso.mal { border-color: var(--mal); color: inherit; }
.aviso.bien { border-color: var(--bien); color: inherit; }
.tabla { overflow-x: auto; background: var(--papel); border: 1px solid var(--linea); border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .5rem .75rem; color: var(--suave); }
th, td { text-align: left; padding: .4rem .75rem; border-top: 1px solid var(--linea); vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
td.n, th.n { text-align: right; white-space: nowrap; }
.junto { white-space: nowrap; }
form.filtro { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1rem 0; }
form.columna { display: grid; gap: .75rem; max-width: 28rem; }
label { display: grid; gap: .2rem; font-size: .9rem; color: var(--suave); }
input, select, textarea, button { font: inherit; color: var(--tinta); background: var(--papel); border: 1px solid var(--suave); border-radius: .3rem; padding: .4rem .6rem; max-width: 100%; }
button { background: var(--marca); color: var(--papel); border-color: var(--marca); cursor: pointer; }
button.leve { background: var(--papel); color: var(--marca); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--suave); } dd { margin: 0; overflow-wrap: anywhere; }
pre, code, textarea { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { overflow: auto; background: var(--papel); border: 1px solid var(--linea); border-radius: .4rem; padding: .75rem; max-height: 28rem; }
.paginas { display: flex; gap: 1.5rem; margin: 1rem 0; }
svg { max-width: 100%; height: auto; background: var(--papel); border: 1px solid var(--linea); border-radius: .4rem; }
svg text { fill: var(--suave); font: 12px system-ui, sans-serif; }
svg .eje { stroke: var(--linea); } svg .curva { fill: none; stroke: var(--marca); stroke-width: 2; }
svg .punto { fill: var(--marca); } svg .barra { fill: var(--marca); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
`;
