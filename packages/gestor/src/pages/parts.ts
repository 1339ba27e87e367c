import { type Html, type HtmlValue, html } from './html.ts';

/** A table that scrolls by itself on a narrow screen. `columns` that begin with `#` hold figures. */
export function table(caption: string, columns: readonly string[], rows: readonly HtmlValue[][]): Html {
  const isFigure = (index: number) => columns[index]?.startsWith('#') === true;
  const head = columns.map((column, index) =>
    isFigure(index)
      ? html`<th scope="col" class="n">${column.slice(1)}</th>`
      : html`<th scope="col">${column}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => (isFigure(index) ? html`<td class="n">${cell}</td>` : html`<td>${cell}</td>`))}</tr>`,
  );
  return html`<div class="tabla" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Terms and what they are. */
export function definitions(entries: readonly (readonly [string, HtmlValue])[]): Html {
  return html`<dl>${entries.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
}

/** An address with parameters; those that are empty are left out. */
export function link(path: string, parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
