import { type Issue, validateEnvio } from '@puente-sic/protocol';
import { locate, readDocument } from './locate.ts';

/** The validator's page: everything happens here, nothing that is pasted leaves the browser. */
const body = element('cuerpo', HTMLTextAreaElement);
const results = element('resultado', HTMLElement);

element('revisar', HTMLButtonElement).addEventListener('click', () => {
  results.replaceChildren(...review(body.value));
  results.focus();
});

function review(text: string): Node[] {
  if (text.trim() === '') return [paragraph('Pegue primero el cuerpo de un envío.', 'mal')];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return [
      paragraph('Esto no es JSON, así que el servicio no lo podría leer.', 'mal'),
      paragraph(`Revise comas, comillas y llaves. El navegador dice: ${detail}`),
    ];
  }
  if (!text.trim().includes('\n')) body.value = JSON.stringify(value, null, 2);
  const issues = validateEnvio(value);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const summary = paragraph(
    errors === 0
      ? `Sin errores. Lo que sólo SENCE sabe (alumnos y cursos inscritos, porcentajes anteriores) se ve al enviar.`
      : `Errores que el servicio rechazaría: ${errors}.`,
    errors === 0 ? 'bien' : 'mal',
  );
  return issues.length === 0 ? [summary] : [summary, findings(body.value, issues)];
}

/** A row per finding, in the order of the lines; the line's button goes to it. */
function findings(text: string, issues: readonly Issue[]): HTMLElement {
  const document = readDocument(text);
  const lines = text.split('\n');
  const rows = issues
    .map((issue) => ({ issue, place: locate(document, issue.path) }))
    .sort((a, b) => a.place.start - b.place.start)
    .map(({ issue, place }) => {
      const button = create('button', `Línea ${place.line}`);
      button.type = 'button';
      button.className = 'leve';
      button.addEventListener('click', () => {
        body.focus();
        body.setSelectionRange(place.start, place.end);
      });
      const where = create('td');
      where.append(button, create('br'), create('code', (lines[place.line - 1] ?? '').trim().slice(0, 60)));
      const what = create('td');
      const kind = create('strong', issue.severity === 'error' ? 'Error' : 'Aviso');
      kind.className = issue.severity === 'error' ? 'mal' : 'espera';
      what.append(kind, `${issue.code ? ` ${issue.code}` : ''}: ${issue.message} `, create('br'), issue.fix);
      const row = create('tr');
      row.append(where, what);
      return row;
    });
  const head = create('tr');
  for (const title of ['Dónde', 'Qué pasa y qué hacer']) {
    const cell = create('th', title);
    cell.scope = 'col';
    head.append(cell);
  }
  const table = create('table');
  const thead = create('thead');
  const tbody = create('tbody');
  thead.append(head);
  tbody.append(...rows);
  table.append(create('caption', 'Hallazgos, por línea'), thead, tbody);
  const box = create('div');
  box.className = 'tabla';
  box.append(table);
  return box;
}

function paragraph(text: string, kind?: 'bien' | 'mal'): HTMLElement {
  const made = create('p', text);
  made.className = kind ? `aviso ${kind}` : '';
  return made;
}

function create<K extends keyof HTMLElementTagNameMap>(name: K, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no #${id}`);
}
