import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/** The repository's address for links to its files, with the slash at its end; empty until it has a public one. */
const REPOSITORY = '';

/** The anchor of a heading as GitHub makes it: one link holds in both places. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** A link to a file of the repository that is no page: to the repository, or, while it has no address, plain words. */
export function leavesTheSite(md: MarkdownRenderer): void {
  md.core.ruler.push('leaves_the_site', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let isInside = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const path = outside(String(token.attrGet('href')), String(env.relativePath ?? ''));
          isInside = path !== null;
          if (path !== null && REPOSITORY !== '') token.attrSet('href', new URL(path, REPOSITORY).href);
          else if (path !== null) Object.assign(token, { tag: 'span', type: 'outside_open', attrs: [] });
        } else if (token.type === 'link_close' && isInside && REPOSITORY === '') {
          Object.assign(token, { tag: 'span', type: 'outside_close' });
        }
      }
    }
  });
}

/** The path from the repository's root of what is no page and no file of the site; null of all else. */
function outside(href: string, page: string): string | null {
  if (/^(#|[a-z]+:)/i.test(href)) return null;
  const [file = ''] = href.split('#');
  const path = posix.normalize(posix.join('docs', posix.dirname(page), file));
  return path.startsWith('docs/') && /\.(md|json|png|svg)$/.test(path) ? null : path;
}

/** A diagram of states as the table that it is: who cannot see a drawing reads the same. */
export function asTable(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const { info, content } = tokens[index] ?? { info: '', content: '' };
    if (info.trim() === 'mermaid') return md.render(table(content), env);
    return fence === undefined ? '' : fence(tokens, index, options, env, self);
  };
}

function table(diagram: string): string {
  const rows = [...diagram.matchAll(/^\s*(\S+) --> (\S+?)(?:: (.*))?$/gm)].map(
    ([, from, to, why = '']) => `| ${state(from)} | ${state(to)} | ${why} |`,
  );
  return ['| de | a | cuándo |', '|---|---|---|', ...rows].join('\n');
}

function state(name = ''): string {
  return name === '[*]' ? '·' : `\`${name.replace('_', '-')}\``;
}
