import type { Codigo, Issue, Scope } from '@puente-sic/protocol';

/** A finding of the rules; `path` stays empty, the tree is not yet an envío. */
export interface FindingWords {
  message: string;
  fix: string;
  code?: Codigo;
  scope?: Scope;
  rut?: string;
  codigoModulo?: string;
  /** Link or menu path into Moodle. */
  place?: string;
}

export function warning(words: FindingWords): Issue {
  return finding('warning', words);
}

export function failure(words: FindingWords): Issue {
  return finding('error', words);
}

function finding(
  severity: Issue['severity'],
  { code = undefined, scope = 'call', ...words }: FindingWords,
): Issue {
  return { code: code ?? null, severity, scope, path: '', ...words };
}
