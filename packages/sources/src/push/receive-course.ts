import { createHash, randomUUID } from 'node:crypto';
import type { Issue } from '@puente-sic/protocol';
import { isBroken } from '../entidades/cells.ts';
import type { Entity } from '../entidades/contract.ts';
import { type EntitySite, readEntities } from '../entidades/read.ts';
import { SourceError } from '../source.ts';
import { badForm, type DeliveryFault, isRecord, ofOtherOtec, Rejection } from './rejection.ts';
import type { Inbox } from './store.ts';
import { bodyEntity, bodyTables, type CourseBody, isCourseColumn } from './tables.ts';

export interface CourseReceipt {
  lote: string;
  curso: string;
  /** `retenido`: far fewer people than before; the former one is used until somebody agrees. */
  estado: 'recibido' | 'retenido';
  /** The same content as last time. */
  repetido: boolean;
  /** Rows by entity. */
  filas: Partial<Record<Entity, number>>;
  /** Worth knowing, and no reason not to take it. */
  avisos: { mensaje: string; queHacer: string }[];
}

export interface DeliveryTerms {
  now: Date;
  /** Of date-times that have no zone. */
  zone?: string;
  /** The same twice is once, whatever became of the first answer. */
  idempotencyKey?: string;
  /** The courses that who delivers may deliver; left out: any. */
  cursos?: CourseOwnership;
}

/** Whose the courses of a source are, for one who delivers to it. */
export interface CourseOwnership {
  own: readonly string[];
  others: readonly string[];
  /** Those that nobody names are this one's, too. */
  unnamed: boolean;
}

/** A course that loses more of its people than this at once is asked about. */
const LOSS = 0.3;
const MAX_ROWS = 200_000;

/**
 * Takes a whole course, all of it or nothing; it is on the disk when this returns.
 * @throws Rejection where anything of it cannot be read, with each row that is wrong.
 */
export async function receiveCourse(
  inbox: Inbox,
  curso: string,
  content: unknown,
  { now, zone, idempotencyKey, cursos }: DeliveryTerms,
): Promise<CourseReceipt> {
  const id = curso.trim();
  if (id === '' || id.length > 200 || isBroken(id))
    throw badForm(
      'El identificador del curso está vacío, o tiene más de 200 signos o alguno que no es texto.',
    );
  assertOwn([id], cursos);
  const body = bodyOf(id, content);
  const text = JSON.stringify(body);
  const hash = createHash('sha256').update(`${id}\n${text}`).digest('hex');
  const { site, filas } = await judged(id, body, zone);
  const people = [...(site.courses.get(id)?.students.values() ?? [])].filter(({ active }) => active).length;
  const avisos = site.findings.map(({ message, fix }) => ({ mensaje: message, queHacer: fix }));
  return inbox.transaction(() => {
    const given = idempotencyKey === undefined ? null : inbox.answer(`PUT ${idempotencyKey}`);
    if (given && given.hash !== hash) throw keyTwice();
    if (given) return { ...(JSON.parse(given.answer) as CourseReceipt), repetido: true };
    const former = inbox.snapshot(id);
    const held = inbox.held(id);
    const isSame = former?.hash === hash;
    const isHeld = !isSame && former !== null && people < former.people * (1 - LOSS);
    const lote = isSame ? former.lote : held?.hash === hash ? held.lote : randomUUID();
    const snapshot = { id, body: text, hash, lote, people, received: now.getTime() };
    if (isHeld) inbox.hold(snapshot);
    else inbox.put(snapshot);
    const receipt: CourseReceipt = {
      ...{ lote, curso: id, estado: isHeld ? 'retenido' : 'recibido', filas },
      repetido: isSame || (isHeld && held?.hash === hash),
      avisos: isHeld ? [fewer(former.people, people), ...avisos] : avisos,
    };
    if (idempotencyKey !== undefined)
      inbox.keepAnswer(`PUT ${idempotencyKey}`, hash, JSON.stringify(receipt), now);
    return receipt;
  });
}

/** Agrees to what was held: it is used from now on. False: nothing of that course waits. */
export function acceptHeld(inbox: Inbox, curso: string): boolean {
  return inbox.transaction(() => {
    const held = inbox.held(curso);
    if (held) inbox.put(held);
    return held !== null;
  });
}

function bodyOf(curso: string, content: unknown): CourseBody {
  if (!isRecord(content)) throw badForm('El cuerpo no es un objeto JSON con una lista por entidad.');
  const body: CourseBody = {};
  const faults: DeliveryFault[] = [];
  for (const [name, given] of Object.entries(content)) {
    const entity = bodyEntity(name);
    if (entity === null)
      throw badForm(`«${name}» no es una entidad de un curso; los clics van a POST /v1/clics.`);
    // A course is one row, which may stand without a list.
    const rows: unknown = entity === 'cursos' && isRecord(given) ? [given] : given;
    if (!Array.isArray(rows) || !rows.every(isRecord))
      throw badForm(`«${name}» no es una lista de objetos, uno por fila.`);
    if (body[entity]) throw badForm(`«${entity}» está dos veces.`);
    body[entity] = rows;
    faults.push(...ofOthers(entity, rows, curso));
  }
  const count = Object.values(body).reduce((sum, rows) => sum + rows.length, 0);
  if (count > MAX_ROWS) throw tooMany(count);
  if (faults.length > 0) throw wrongData(faults);
  for (const entity of ['alumnos', 'modulos'] as const)
    if (body[entity] === undefined)
      throw badForm(`Falta «${entity}»; si no hay ninguno, entréguela vacía: [].`);
  return body;
}

/** Rows that say another course than the address. */
function ofOthers(entity: Entity, rows: readonly Record<string, unknown>[], curso: string): DeliveryFault[] {
  return rows.flatMap((row, index) =>
    Object.entries(row).flatMap(([name, value]) =>
      isCourseColumn(entity, name) && String(value).trim() !== curso
        ? [
            {
              lugar: `${entity}, fila ${index + 1}, columna ${name}`,
              mensaje: 'La fila es de otro curso que el de la dirección.',
              queHacer: 'Entregue cada curso en su propia dirección.',
            },
          ]
        : [],
    ),
  );
}

/** @throws Rejection with every cell that cannot be read. */
async function judged(
  id: string,
  body: CourseBody,
  zone: string | undefined,
): Promise<{ site: EntitySite; filas: CourseReceipt['filas'] }> {
  try {
    const site = await readEntities(bodyTables(id, body), () => new Set([id]), {
      ...(zone !== undefined && { zone }),
    });
    const course = site.courses.get(id);
    const issues = [
      ...site.findings.filter(({ severity }) => severity === 'error'),
      ...(course?.faults.issues ?? []),
      ...[...(course?.students.values() ?? [])].flatMap(({ faults }) => faults.issues),
    ];
    if (issues.length > 0) throw wrongData(issues.map(faultOf));
    const filas = Object.fromEntries(Object.entries(body).map(([entity, rows]) => [entity, rows.length]));
    return { site, filas };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new Rejection('datos', error.message, error.fix);
  }
}

function faultOf({ message, fix, place = '' }: Issue): DeliveryFault {
  return { lugar: place, mensaje: message, queHacer: fix };
}

export function wrongData(faults: DeliveryFault[]): Rejection {
  return new Rejection(
    'datos',
    `La entrega trae ${faults.length === 1 ? 'una fila que no se puede leer' : `${faults.length} filas que no se pueden leer`}; no se tomó nada de ella.`,
    'Corrija lo que dice `errores` y entréguela de nuevo entera.',
    faults,
  );
}

/** @throws Rejection naming each course that is not the key's. */
export function assertOwn(cursos: Iterable<string>, owned: DeliveryTerms['cursos']): void {
  if (owned === undefined) return;
  const own = new Set(owned.own);
  const others = new Set(owned.others);
  const mayDeliver = (curso: string) => own.has(curso) || (owned.unnamed && !others.has(curso));
  const refused = [...new Set(cursos)].filter((curso) => !mayDeliver(curso));
  if (refused.length > 0) throw ofOtherOtec(refused);
}

export function keyTwice(): Rejection {
  return new Rejection(
    'clave-repetida',
    'Esa Idempotency-Key ya se usó con otro contenido.',
    'Use una nueva para cada entrega, y la misma solo para repetirla.',
  );
}

export function tooMany(count: number): Rejection {
  return new Rejection(
    'demasiado',
    `La entrega trae ${count} filas, más de las que se toman de una vez.`,
    'Divídala en entregas más chicas.',
  );
}

function fewer(before: number, now: number): CourseReceipt['avisos'][number] {
  return {
    mensaje: `El curso tenía ${before} personas activas y ahora trae ${now}: queda retenido, y mientras tanto se informa lo anterior.`,
    queHacer: 'Si es así, acéptelo con «puente fuente aceptar». Si no, entregue el curso completo.',
  };
}
