import { Failure } from '../failure.ts';
import { isCommonPassword } from './common.ts';

/** Argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a new password. @throws Failure for one that is among the first that are tried. */
export async function newPasswordHash(clave: string, usuario: string): Promise<string> {
  if (!isCommonPassword(clave, usuario)) return hashPassword(clave);
  throw new Failure(
    'Esa clave es de las primeras que se prueban para entrar: palabras muy usadas, su nombre o teclas seguidas.',
    'Elija otra; una frase larga que solo usted sepa sirve bien, sin signos raros.',
  );
}

async function hashPassword(clave: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return inTurn(() => hash(clave.normalize('NFKC'), COST));
}

/** Takes as long for an account that does not exist as for one that does. */
export async function isPassword(clave: string, hashed: string | null): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2');
  const known = hashed ?? (await decoy());
  const isRight = await inTurn(() => verify(known, clave.normalize('NFKC')));
  return isRight && hashed !== null;
}

let made: Promise<string> | undefined;
function decoy(): Promise<string> {
  made ??= hashPassword('nobody has this password');
  return made;
}

/**
 * One password after another: each takes a thread of the four that the whole process reads files and names of hosts
 * with, and some 20 MB; a crowd at the door keeps no send from them.
 */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const before = last;
  let done = (): void => {};
  last = new Promise((resolve) => {
    done = resolve;
  });
  await before;
  try {
    return await work();
  } finally {
    done();
  }
}

let last: Promise<void> = Promise.resolve();
