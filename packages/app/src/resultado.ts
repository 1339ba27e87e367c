import type { CourseFate, EstadoAlumno, Ledger, StudentFate } from '@puente-sic/engine';
import { mask } from '@puente-sic/protocol';
import type { DeliveredCourse, DeliveredPerson, Inbox } from '@puente-sic/sources';
import type { Settings } from './config/settings.ts';
import type { FuentePush } from './push-courses.ts';

/** What became of a course that a platform delivered: each of its people at SENCE, by the platform's own ids. */
export interface Resultado {
  curso: string;
  rutOtec: string;
  /** Of the delivery that is in use. */
  lote: string;
  /** When it came; ISO 8601, UTC. */
  recibido: string;
  /** A later delivery waits for somebody to agree. */
  retenido: boolean;
  /** Null: there has been none for two weeks. */
  noche: CourseFate['noche'];
  /** One for each person and group. */
  alumnos: ResultadoDeAlumno[];
  /** What stands against the course as a whole. */
  delCurso: Motivo[];
}

export interface ResultadoDeAlumno {
  alumno: string;
  /** Null: in no group that was read. */
  codigoOferta: string | null;
  codigoGrupo: string | null;
  /** Beside the ledger's: `sin-leer`: no night has read the person yet; `no-activo`: the platform says so. */
  estado: EstadoAlumno | 'sin-leer' | 'no-activo';
  porque: Motivo[];
}

/** Never with a RUT. */
export interface Motivo {
  codigo: string | null;
  codigoModulo: string | null;
  /** As SENCE, or whoever held it back, says it. */
  mensaje: string;
  explicacion: string;
  queHacer: string;
}

export interface ResultadoRequest {
  ledger: Ledger;
  rutOtec: string;
  fuente: FuentePush;
  settings: Settings;
  now: Date;
}

/** Of each course that was delivered; whoever asks for one that was not gets nothing of it. */
export async function resultadosOf(
  inbox: Inbox,
  cursos: readonly string[],
  { ledger, rutOtec, fuente, settings, now }: ResultadoRequest,
): Promise<Resultado[]> {
  const { courseFates, currentNight, VENTANA_OFICIAL } = await import('@puente-sic/engine');
  const { deliveredCourse } = await import('@puente-sic/sources');
  const { ventana = VENTANA_OFICIAL } = settings.otecs.find(({ rut }) => rut === rutOtec) ?? {};
  const { noche } = currentNight(now, ventana);
  const fates = await courseFates(ledger, { rutOtec, fuente: fuente.nombre, cursos, noche });
  const resultados: Resultado[] = [];
  for (const [curso, fate] of fates) {
    const delivered = await deliveredCourse(inbox, curso, fuente.zonaHoraria);
    if (delivered !== null) resultados.push(resultadoOf({ curso, rutOtec }, delivered, fate));
  }
  return resultados;
}

function resultadoOf(
  course: Pick<Resultado, 'curso' | 'rutOtec'>,
  { lote, recibido, retenido, personas }: DeliveredCourse,
  fate: CourseFate,
): Resultado {
  const groups = fate.grupos.map((group) => ({
    ...group,
    byRut: new Map(group.alumnos.map((one) => [one.rut, one])),
  }));
  const places = new Set(personas.map(({ lugar }) => lugar));
  const ofCourse = fate.grupos.flatMap(({ otros }) =>
    otros.filter(({ lugar }) => lugar === null || !places.has(rowOf(lugar))),
  );
  return {
    ...course,
    ...{ lote, recibido: recibido.toISOString(), retenido },
    noche: fate.noche,
    alumnos: personas.flatMap((person) => fatesOf(person, groups)),
    delCurso: ofCourse.map(motivoOf),
  };
}

type Group = CourseFate['grupos'][number] & { byRut: Map<string, StudentFate> };

function fatesOf({ alumno, rut, activo, lugar }: DeliveredPerson, groups: Group[]): ResultadoDeAlumno[] {
  const found = groups.flatMap(({ codigoOferta, codigoGrupo, byRut, otros }): ResultadoDeAlumno[] => {
    const own = rut === null ? undefined : byRut.get(rut);
    const unread = rut === null ? otros.filter((error) => rowOf(error.lugar ?? '') === lugar) : [];
    if (!own && unread.length === 0) return [];
    const errores = own?.errores ?? unread;
    const group = { alumno, codigoOferta, codigoGrupo };
    return [{ ...group, estado: own?.estado ?? 'retenido', porque: errores.map(motivoOf) }];
  });
  if (found.length > 0) return found;
  const nowhere = { alumno, codigoOferta: null, codigoGrupo: null, porque: [] };
  return [{ ...nowhere, estado: activo ? 'sin-leer' : 'no-activo' }];
}

type Abierto = CourseFate['grupos'][number]['otros'][number];

/** A place names the row, and may name its column after it. */
function rowOf(lugar: string): string {
  return lugar.replace(/, columna .*$/, '');
}

function motivoOf({ codigo, codigoModulo, mensaje, explicacion, queHacer }: Abierto): Motivo {
  const said = { mensaje: mask(mensaje), explicacion: mask(explicacion), queHacer: mask(queHacer) };
  return { codigo, codigoModulo, ...said };
}
