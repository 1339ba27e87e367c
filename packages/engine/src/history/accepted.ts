import { readProcessId } from '@puente-sic/client';
import {
  dayOf,
  isFecha,
  type ProcesoHistorial,
  type RegistroHistorial,
  readFigure,
  readRegistro,
  readSantiago,
} from '@puente-sic/protocol';
import type { Aceptado } from '../ledger/aceptados.ts';
import type { Groups } from './groups.ts';

/** The group of what is known from the history alone: whichever group of the oferta has the student and module. */
export const SIN_GRUPO = '';

/** What SENCE has of a record; the ledger does not keep the student's own time. */
export interface Recibido extends Aceptado {
  /** Seconds. */
  tiempoAlumno: number | null;
}

/** What of a history could not be read, told and never dropped. */
export interface Unreadable {
  /** Records accepted whose course, module or percentage cannot be read. */
  registros: number;
  /** Records whose estado_registro is neither 1 nor 3. */
  estados: number;
  /** Processes whose date is none (`0000-00-00`); what they say counts all the same. */
  fechas: number;
}

/**
 * What SENCE has of a provider, by its history, folded process by process in any order: of each student × module the
 * value of the process with the highest number. [A 2]
 */
export class AcceptedFold {
  readonly unreadable: Unreadable = { registros: 0, estados: 0, fechas: 0 };
  /** Those of `estados`, each as {@link unjudgedKey} has it: they are there, and nobody knows as what. */
  readonly unjudged = new Set<string>();
  readonly #rutOtec: string;
  readonly #groups: Groups;
  readonly #now: Date;
  readonly #last = new Map<string, Recibido>();

  /** @param now when it is read: for processes whose date cannot be. */
  constructor(rutOtec: string, groups: Groups, now: Date) {
    this.#rutOtec = rutOtec;
    this.#groups = groups;
    this.#now = now;
  }

  get aceptados(): Recibido[] {
    return [...this.#last.values()];
  }

  show(proceso: ProcesoHistorial): void {
    const idProceso = readProcessId(proceso);
    const groupOf = this.#groups.of(proceso);
    const date = readSantiago(proceso.fecha ?? '');
    if (date === null) this.unreadable.fechas += 1;
    const cuando = (date ?? this.#now).toISOString();
    const nightOf = nights();
    const datesOf = dates();
    for (const registro of proceso.listaregistros) {
      const { rut, codigoModulo, fate, porcentajeAvance } = readRegistro(registro);
      if (fate === 'unknown') {
        this.unreadable.estados += 1;
        this.unjudged.add(unjudgedKey({ codigoOferta: registro.oferta_cod ?? '', rut, codigoModulo }));
      }
      if (fate !== 'accepted') continue;
      const codigoOferta = registro.oferta_cod;
      if (codigoOferta === null || porcentajeAvance === null || codigoModulo === '' || rut === '') {
        this.unreadable.registros += 1;
        continue;
      }
      const codigoGrupo = groupOf(registro) ?? SIN_GRUPO;
      const key = `${codigoOferta}\n${codigoGrupo}\n${rut}\n${codigoModulo}`;
      if ((this.#last.get(key)?.idProceso ?? -1) > (idProceso ?? 0)) continue;
      // Written out: spreading objects costs more than all the rest of a record.
      this.#last.set(key, {
        rutOtec: this.#rutOtec,
        codigoOferta,
        codigoGrupo,
        rut,
        codigoModulo,
        porcentajeAvance,
        tiempoConectividad: readFigure(registro.mod_tiempo_conectividad),
        estado: readFigure(registro.mod_estado),
        noche: nightOf(registro.fecha_ejecucion),
        avanceAlumno: readFigure(registro.porcentaje_avance),
        estadoAlumno: readFigure(registro.estado),
        tiempoAlumno: readFigure(registro.tiempo_conectividad),
        fechas: datesOf(registro),
        huella: null,
        cuando,
        codigoEnvio: proceso.codigo_externo,
        idProceso,
      });
    }
  }
}

/** Whichever group it is of: the history may not tell. */
export function unjudgedKey({
  codigoOferta,
  rut,
  codigoModulo,
}: {
  codigoOferta: string;
  rut: string | null;
  codigoModulo: string;
}): string {
  return JSON.stringify([codigoOferta, rut, codigoModulo]);
}

/** As they are told; many records have the same ones, which are held once. */
function dates(): (registro: RegistroHistorial) => string {
  let former = '';
  return ({ fecha_inicio, fecha_fin, mod_fecha_inicio, mod_fecha_fin }) => {
    const own = `${fecha_inicio ?? ''}|${fecha_fin ?? ''}|${mod_fecha_inicio ?? ''}|${mod_fecha_fin ?? ''}`;
    if (own !== former) former = own;
    return former;
  };
}

/**
 * The night that a record was sent for, as Santiago's date; null where the history does not tell. The records of a
 * process share it, so a date is read once.
 */
function nights(): (fechaEjecucion: string | null) => string | null {
  let former: string | null = null;
  let night: string | null = null;
  return (fechaEjecucion) => {
    if (fechaEjecucion === former) return night;
    former = fechaEjecucion;
    night = isFecha(fechaEjecucion) ? dayOf(fechaEjecucion) : null;
    return night;
  };
}
