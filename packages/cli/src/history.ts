import { type ProcesoHistorial, readRegistro } from '@puente-sic/protocol';

/** One process as `--json` prints it. */
export interface ProcesoLeido {
  rutOtec: string;
  idProceso: string | null;
  codigoEnvio: string | null;
  /** `YYYY-MM-DD HH:MM:SS`, America/Santiago. */
  fecha: string | null;
  observaciones: string | null;
  aceptados: number;
  rechazados: number;
  /** Records whose estado_registro is neither 1 nor 3: neither accepted nor rejected. */
  sinEstado: number;
  registros: RegistroJson[];
}

export interface RegistroJson {
  rut: string;
  codigoOferta: string | null;
  /** `seccion_cod`, unless it is the module's code: then the history does not tell the group. */
  codigoGrupo: string | null;
  codigoModulo: string;
  porcentajeAvance: number | null;
  estado: 'aceptado' | 'rechazado' | 'desconocido';
  codigo: string | null;
  mensaje: string | null;
}

const ESTADOS = { accepted: 'aceptado', rejected: 'rechazado', unknown: 'desconocido' } as const;

export function readProceso(rutOtec: string, proceso: ProcesoHistorial): ProcesoLeido {
  const registros = proceso.listaregistros.map((registro): RegistroJson => {
    const { rut, codigoModulo, fate, porcentajeAvance, reasons } = readRegistro(registro);
    return {
      rut,
      codigoOferta: registro.oferta_cod,
      codigoGrupo: registro.seccion_cod === registro.mod_cod ? null : registro.seccion_cod,
      codigoModulo,
      porcentajeAvance,
      estado: ESTADOS[fate],
      codigo: reasons[0]?.code ?? null,
      mensaje: reasons.map(({ message }) => message).join('; ') || null,
    };
  });
  return {
    rutOtec,
    idProceso: proceso.id_proceso_externo,
    codigoEnvio: proceso.codigo_externo,
    fecha: proceso.fecha,
    observaciones: proceso.observaciones,
    aceptados: registros.filter(({ estado }) => estado === 'aceptado').length,
    rechazados: registros.filter(({ estado }) => estado === 'rechazado').length,
    sinEstado: registros.filter(({ estado }) => estado === 'desconocido').length,
    registros,
  };
}
