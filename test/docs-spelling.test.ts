import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTrie, type ITrie } from 'cspell-trie-lib';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** In English; the SDK's reference and the decisions are too. */
const ENGLISH = /^docs\/(decisions\/|protocol\.md|glossary\.md|referencia-sdk\.md|simulacion\.md)/;
const FILES = [
  'README.es.md',
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .map((file) => `docs/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.md') && !ENGLISH.test(file)),
].sort();

/** Names, words of the trade and of computers, and Spanish ones that the dictionary has not: one a line, in order. */
const ACCEPTED = read('test/palabras.txt').split('\n').filter(Boolean);

test.each(FILES)('%s is written in Spanish, with its accents', (file) => {
  const known = new Set(ACCEPTED);
  const wrong = [...wordsOf(read(file))].filter((word) => !known.has(word) && !isSpanish(word));
  expect(wrong).toEqual([]);
});

test('no word is accepted that nobody writes, or that the dictionary has', () => {
  const written = new Set(FILES.flatMap((file) => [...wordsOf(read(file))]));
  expect(ACCEPTED.filter((word) => !written.has(word) || isSpanish(word))).toEqual([]);
  expect(ACCEPTED).toEqual([...new Set(ACCEPTED)].sort(new Intl.Collator('es').compare));
});

/** The words that are prose: no code, no addresses, no sentence that says that it is English. */
function wordsOf(markdown: string): Set<string> {
  const prose = markdown
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, ' ')
    // The names of tests, which are English.
    .replace(/\.test\.ts`(,? «[^»]*»)+/g, '.test.ts`')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/^\*In English: .*$/gm, ' ')
    .replace(/\]\([^)\s]*\)/g, '] ')
    .replace(/<[^>]*>|https?:\S+|\S+@\S+|\{\w+\}/g, ' ')
    .replace(/\S*[\w-]+[./_=][\w-]\S*/g, ' ');
  return new Set(prose.match(/(?<![\p{L}\p{N}…-])\p{L}{2,}(?![\p{L}\p{N}])/gu) ?? []);
}

function isSpanish(word: string): boolean {
  // SENCE, CSV, and names of things in code (idSistema) are no words.
  if (word === word.toUpperCase() || /\p{Ll}\p{Lu}/u.test(word)) return true;
  return spanish().hasWord(word, true) || spanish().hasWord(word.toLowerCase(), true);
}

let dictionary: ITrie | undefined;
function spanish(): ITrie {
  const folder = dirname(createRequire(import.meta.url).resolve('@cspell/dict-es-es'));
  dictionary ??= decodeTrie(gunzipSync(readFileSync(join(folder, 'Spanish.trie.gz'))));
  return dictionary;
}
