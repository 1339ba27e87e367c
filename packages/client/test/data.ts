import { GestorClient, type GestorClientOptions, GestorError } from '@puente-sic/client';
import type { Curso } from '@puente-sic/protocol';

// What this machine's own proxy is must not matter to any test.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
  delete process.env[name];
  delete process.env[name.toLowerCase()];
}

export const RUT_OTEC = '76543210-3';
export const TOKEN = '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8';

/** One student, one module; invented. */
export const CURSO: Curso = {
  codigoOferta: 'DEMO-26-01-13-0001',
  codigoGrupo: 'DEMO-26-01-13-0001-A',
  codigoEnvio: 'e-1',
  listaAlumnos: [
    {
      rutAlumno: 12345678,
      dvAlumno: '5',
      tiempoConectividad: 600,
      porcentajeAvance: 50,
      estado: 1,
      fechaInicio: '2026-08-01',
      fechaFin: '2026-12-31',
      listaModulos: [
        {
          codigoModulo: 'MOD-1',
          tiempoConectividad: 600,
          porcentajeAvance: 50,
          estado: 1,
          fechaInicio: '2026-08-01',
          fechaFin: '2026-12-31',
          listaActividades: [{ codigoActividad: 'Lección de prueba' }],
        },
      ],
    },
  ],
};

export const ACCEPTED = JSON.stringify({
  id_proceso: 25,
  envio: CURSO.listaAlumnos,
  errores: [],
  respuesta_SIC: 'El proceso 25 ha finalizado correctamente',
});

/** The official body of 40 bytes. [S] */
export const TOKEN_INVALIDO = '{"error":[{"mensaje":"Token invalido"}]}';

export const HISTORY = JSON.stringify([
  {
    id_proceso_externo: '25',
    codigo_externo: 'e-1',
    fecha: '2026-11-22 23:10:00',
    observaciones: 'El proceso 25 ha finalizado correctamente',
    estado: '2',
    rut_otec: '76543210',
    listaregistros: [],
  },
]);

/** A client that does not wait between tries; `pauses` collects how long it would have. */
export function client(
  url: string,
  options: Partial<GestorClientOptions> = {},
  pauses: number[] = [],
): GestorClient {
  return new GestorClient({
    baseUrl: url,
    credenciales: { rutOtec: RUT_OTEC, token: TOKEN },
    sleep: async (ms) => {
      pauses.push(ms);
    },
    ...options,
  });
}

/** The GestorError that a call rejects with. */
export async function failure(call: Promise<unknown>): Promise<GestorError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GestorError) return error;
    throw error;
  }
  throw new Error('the call did not fail');
}
