/** What this browser remembers for whoever sits before it; one that keeps nothing remembers nothing. */
export function anotado(clave: string): string | null {
  try {
    return window.localStorage.getItem(clave);
  } catch {
    return null;
  }
}

/** Null: forgotten. Where nothing can be kept, it holds until the page is left. */
export function anotar(clave: string, valor: string | null): void {
  try {
    if (valor === null) window.localStorage.removeItem(clave);
    else window.localStorage.setItem(clave, valor);
  } catch {
    // As said above.
  }
}
