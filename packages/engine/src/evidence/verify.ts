import { strFromU8, unzipSync } from 'fflate';
import { EngineFailure } from '../failure.ts';
import { sha256 } from '../ledger/bytes.ts';
import type { Manifiesto } from './evidence.ts';

export interface Verification {
  manifiesto: Manifiesto;
  /** SHA-256 of the manifest, to compare with the one noted down. */
  huella: string;
  /** Empty: every file is as it was. */
  problemas: { nombre: string; problema: 'cambiado' | 'falta' | 'sobra' }[];
}

/**
 * Checks an audit's ZIP against its manifest.
 * @throws EngineFailure where it is no such ZIP.
 */
export function verifyEvidence(zip: Uint8Array): Verification {
  const { 'manifiesto.json': text, ...files } = open(zip);
  const manifiesto = text === undefined ? null : read(text);
  if (text === undefined || manifiesto === null) throw notEvidence();
  const listed = new Map(manifiesto.archivos.map((archivo) => [archivo.nombre, archivo]));
  const problemas: Verification['problemas'] = [];
  for (const { nombre, sha256: expected } of listed.values()) {
    const file = files[nombre];
    if (file === undefined) problemas.push({ nombre, problema: 'falta' });
    else if (sha256(file) !== expected) problemas.push({ nombre, problema: 'cambiado' });
  }
  for (const nombre of Object.keys(files)) {
    if (!listed.has(nombre)) problemas.push({ nombre, problema: 'sobra' });
  }
  return { manifiesto, huella: sha256(text), problemas };
}

function open(zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch (error) {
    throw notEvidence(error);
  }
}

function read(text: Uint8Array): Manifiesto | null {
  try {
    const value: Manifiesto = JSON.parse(strFromU8(text));
    return value.formato === 'puente-evidencia/1' && Array.isArray(value.archivos) ? value : null;
  } catch {
    return null; // not JSON: not a manifest of ours
  }
}

function notEvidence(cause?: unknown): EngineFailure {
  return new EngineFailure(
    'El archivo no es una evidencia de puente, o está dañado.',
    'Use el ZIP tal como lo creó «puente evidencia», sin volver a comprimirlo.',
    { cause },
  );
}
