import { Failure } from '../failure.ts';

// What every database that the panel is told of has in common.

/** @throws Failure for what is no name of a server alone. */
export function requireHostName(servidor: string): void {
  if (/^[\p{L}\d._-]+$|^\[[\da-f:.]+\]$/iu.test(servidor)) return;
  throw new Failure(
    `«${servidor}» no es el nombre de un servidor.`,
    'Escriba solo su nombre o su dirección IP, sin «https://» y sin el puerto.',
  );
}

/** A secret that is kept was given for another server. */
export function secretAgain(what: string): Failure {
  return new Failure(
    `Esa dirección es de otro servidor, y ${what} no se le manda a otro sin que usted lo diga.`,
    `Escriba de nuevo ${what}.`,
  );
}

/** What was given to be sent encrypted is not sent otherwise. */
export function secretUncovered(): Failure {
  return new Failure(
    'Sin TLS, la clave que Puente guarda de esa base de datos iría sin la protección con que se la dio.',
    'Escriba de nuevo la clave de la base de datos, si de verdad quiere conectarse sin TLS.',
  );
}
