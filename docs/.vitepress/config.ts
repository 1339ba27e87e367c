import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DOCS_BASE } from '@puente-sic/protocol';
import { defineConfig } from 'vitepress';
import { searchOptions, WORDS_OF_SEARCH } from './busqueda.ts';
import { anchorOf, asTable, leavesTheSite } from './markdown.ts';
import { SIDEBAR } from './paginas.ts';

const docs = new URL('..', import.meta.url).pathname;

/** The documents as a site: `npm run docs:site`. Every page is a file of docs/ as it stands. */
export default defineConfig({
  lang: 'es-CL',
  title: 'Puente',
  description: 'Informa el avance de los alumnos al Gestor Intermedio de SENCE',
  base: DOCS_BASE === '' ? '/' : new URL(DOCS_BASE).pathname,
  cleanUrls: true,
  cacheDir: '../node_modules/.vitepress',
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: anchorOf },
    config: (md) => {
      leavesTheSite(md);
      asTable(md);
    },
  },
  // What is not in Spanish says so: to whoever hears it read, and to the browser's translator.
  transformHtml: (html, _, { pageData }) =>
    ENGLISH.test(pageData.relativePath) ? html.replace('<html lang="es-CL"', '<html lang="en"') : html,
  // Schemas and descriptions that pages link to.
  buildEnd: ({ outDir }) => {
    for (const file of readdirSync(docs, { recursive: true, encoding: 'utf8' })) {
      if (!/^(esquemas[\\/])?[^\\/]+\.json$/.test(file)) continue;
      mkdirSync(dirname(join(outDir, file)), { recursive: true });
      copyFileSync(join(docs, file), join(outDir, file));
    }
  },
  themeConfig: {
    nav: [
      { text: 'Coordinar', link: '/puertas/coordinacion' },
      { text: 'Instalar', link: '/puertas/instalacion' },
      { text: 'Integrar', link: '/puertas/integracion' },
      { text: 'SENCE', link: '/puertas/sence' },
    ],
    sidebar: SIDEBAR,
    outline: { level: [2, 3], label: 'En esta página' },
    docFooter: { prev: 'Anterior', next: 'Siguiente' },
    darkModeSwitchLabel: 'Apariencia',
    lightModeSwitchTitle: 'Cambiar a claro',
    darkModeSwitchTitle: 'Cambiar a oscuro',
    sidebarMenuLabel: 'Menú',
    returnToTopLabel: 'Volver arriba',
    skipToContentLabel: 'Ir al contenido',
    notFound: {
      title: 'Aquí no hay nada',
      quote: 'La dirección no existe en esta documentación.',
      linkText: 'Volver al inicio',
      linkLabel: 'Volver al inicio',
    },
    search: { provider: 'local', options: { ...WORDS_OF_SEARCH, miniSearch: searchOptions } },
  },
});

const ENGLISH = /^(decisions\/|protocol\.md|glossary\.md|referencia-sdk\.md|simulacion\.md)/;
