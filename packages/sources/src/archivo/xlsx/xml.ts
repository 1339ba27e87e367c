import { SaxesParser } from 'saxes';
import { corrupt } from './problems.ts';

export interface XmlHandlers {
  /** `name` without its prefix. */
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** Walks through a part of a workbook once. Throws the file's `corrupt` error when it is not well formed. */
export function scanXml(xml: Uint8Array, file: string, handlers: XmlHandlers): void {
  const parser = new SaxesParser();
  parser.on('error', (cause) => {
    throw corrupt(file, cause);
  });
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(local(name), attributes));
  parser.on('closetag', ({ name }) => handlers.close?.(local(name)));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.write(new TextDecoder(encodingOf(xml)).decode(xml)).close();
}

function encodingOf([first, second]: Uint8Array): string {
  return first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
