import { readProcessId } from '@puente-sic/client';
import {
  dayOf,
  isFecha,
  type ProcesoHistorial,
  readFigure,
  readRegistro,
  readSantiago,
} from '@puente-sic/protocol';
import type { Aceptado } from '../ledger/aceptados.ts';
import type { Groups } from './groups.ts';

/** The group of what is known from the history alone: whichever group of the oferta has the student and module. */
export const SIN_GRUPO = '';

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
  readonly #rutOtec: string;
  readonly #groups: Groups;
  readonly #now: Date;
  readonly #last = new Map<string, Aceptado>();

  /** @param now when it is read: for processes whose date cannot be. */
  constructor(rutOtec: string, groups: Groups, now: Date) {
    this.#rutOtec = rutOtec;
    this.#groups = groups;
    this.#now = now;
  }

  get aceptados(): Aceptado[] {
    return [...this.#last.values()];
  }

  show(proceso: ProcesoHistorial): void {
    const idProceso = readProcessId(proceso);
    const groupOf = this.#groups.of(proceso);
    const date = readSantiago(proceso.fecha ?? '');
    if (date === null) this.unreadable.fechas += 1;
    const common = {
      rutOtec: this.#rutOtec,
      huella: null,
      cuando: (date ?? this.#now).toISOString(),
      codigoEnvio: proceso.codigo_externo,
      idProceso,
    };
    for (const registro of proceso.listaregistros) {
      const { rut, codigoModulo, fate, porcentajeAvance } = readRegistro(registro);
      if (fate === 'unknown') this.unreadable.estados += 1;
      if (fate !== 'accepted') continue;
      const codigoOferta = registro.oferta_cod;
      if (codigoOferta === null || porcentajeAvance === null || codigoModulo === '' || rut === '') {
        this.unreadable.registros += 1;
        continue;
      }
      const codigoGrupo = groupOf(registro) ?? SIN_GRUPO;
      const key = `${codigoOferta}\n${codigoGrupo}\n${rut}\n${codigoModulo}`;
      if ((this.#last.get(key)?.idProceso ?? -1) > (idProceso ?? 0)) continue;
      this.#last.set(key, {
        ...common,
        ...{ codigoOferta, codigoGrupo, rut, codigoModulo, porcentajeAvance },
        tiempoConectividad: readFigure(registro.mod_tiempo_conectividad),
        estado: readFigure(registro.mod_estado),
        noche: nightOf(registro.fecha_ejecucion),
        avanceAlumno: null,
        estadoAlumno: null,
      });
    }
  }
}

/** The night that a record was sent for, as Santiago's date; null where the history does not tell. */
function nightOf(fechaEjecucion: string | null): string | null {
  return isFecha(fechaEjecucion) ? dayOf(fechaEjecucion) : null;
}
