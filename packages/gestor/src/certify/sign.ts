import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The kit's own key (Ed25519), made on first use and kept in its folder. */
export function kitKey(folder: string): KeyObject {
  const file = join(folder, 'certificacion.key');
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return privateKey;
}

/** What tells one kit from another: a short hash of its public key, to be compared by eye. */
export function fingerprint(key: KeyObject): string {
  const digest = createHash('sha256').update(publicDer(key)).digest('hex');
  return (digest.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

function publicDer(key: KeyObject): Buffer {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** A text with the signature over it and the public key. */
export interface SignedText {
  texto: string;
  /** Ed25519 over the UTF-8 bytes of `texto`, base64. */
  firma: string;
  /** SPKI, base64. */
  clave: string;
}

/** The whole text, and after it the signature in an HTML comment that ends the file. */
export function signText(texto: string, key: KeyObject): string {
  const firma = sign(null, Buffer.from(texto), key).toString('base64');
  return `${texto}<!-- firma ${firma} clave ${publicDer(key).toString('base64')} -->\n`;
}

/** A signed file's parts; null where it does not end as {@link signText} ends it. */
export function splitSigned(file: string): SignedText | null {
  const match = /<!-- firma ([A-Za-z0-9+/=]+) clave ([A-Za-z0-9+/=]+) -->\n$/.exec(file);
  const [whole, firma, clave] = match ?? [];
  return whole && firma && clave ? { texto: file.slice(0, -whole.length), firma, clave } : null;
}

/** The fingerprint of the kit that signed it; null where the text is not what was signed. */
export function verifyText({ texto, firma, clave }: SignedText): string | null {
  try {
    const key = createPublicKey({ key: Buffer.from(clave, 'base64'), type: 'spki', format: 'der' });
    return verify(null, Buffer.from(texto), key, Buffer.from(firma, 'base64')) ? fingerprint(key) : null;
  } catch {
    // What is no key signs nothing.
    return null;
  }
}
