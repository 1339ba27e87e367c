import type { Credenciales, Curso, Envio } from '@puente-sic/protocol';

/**
 * The bytes of an enviarAvance body: UTF-8 JSON, keys in the official order, lone surrogates (which UTF-8 cannot
 * carry, and which many readers refuse even when escaped) as U+FFFD.
 */
export function envioBody(credenciales: Credenciales, curso: Curso): Uint8Array {
  const { rutOtec, idSistema, token } = credenciales;
  const { codigoOferta, codigoGrupo, ...rest } = curso;
  const envio: Envio = { rutOtec, idSistema, token, codigoOferta, codigoGrupo, ...rest };
  return new TextEncoder().encode(
    JSON.stringify(envio, (_key, value: unknown) =>
      typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value,
    ),
  );
}
