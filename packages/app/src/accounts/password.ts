/** Argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(clave: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return hash(clave.normalize('NFKC'), COST);
}

/** Takes as long for an account that does not exist as for one that does. */
export async function isPassword(clave: string, hashed: string | null): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2');
  const isRight = await verify(hashed ?? (await decoy()), clave.normalize('NFKC'));
  return isRight && hashed !== null;
}

let made: Promise<string> | undefined;
function decoy(): Promise<string> {
  made ??= hashPassword('nobody has this password');
  return made;
}
