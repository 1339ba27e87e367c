import type { Issue } from '@puente-sic/protocol';

type Detail = Pick<Issue, 'message' | 'fix'> & Partial<Omit<Issue, 'message' | 'fix' | 'severity' | 'path'>>;

/** Something that keeps data from being sent. */
export function error(detail: Detail): Issue {
  return { code: null, severity: 'error', scope: 'call', path: '', ...detail };
}

/** Something worth telling; nothing is held back for it. */
export function warning(detail: Detail): Issue {
  return { code: null, severity: 'warning', scope: 'call', path: '', ...detail };
}

/** `filas 3, 7 y 9`-like lists: the first few, and how many more. */
export function several(items: string[], most = 6): string {
  const shown = items.slice(0, most);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} y ${rest} más`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} y ${last}`;
}
