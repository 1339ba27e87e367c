import { formatRut } from '@puente-sic/protocol';
import { identityOf } from '../entidades/identity.ts';
import { readEntities } from '../entidades/read.ts';
import type { Inbox } from './store.ts';
import { bodyTables, type CourseBody } from './tables.ts';

/** One person of a course as the platform knows the person. */
export interface DeliveredPerson {
  alumno: string;
  /** With its check digit; null: none that can be read. */
  rut: string | null;
  activo: boolean;
  /** As findings name it. */
  lugar: string;
}

/** A course as it was delivered last, of what is used. Null: it never was. */
export interface DeliveredCourse {
  lote: string;
  recibido: Date;
  /** A later delivery waits for somebody to agree. */
  retenido: boolean;
  personas: DeliveredPerson[];
}

/** Who is in a course, by the platform's own ids: what its fate is told by. `zone`: as it was delivered with. */
export async function deliveredCourse(
  inbox: Inbox,
  curso: string,
  zone: string | undefined,
): Promise<DeliveredCourse | null> {
  const snapshot = inbox.snapshot(curso);
  if (snapshot === null) return null;
  const { cursos, alumnos = [] } = JSON.parse(snapshot.body) as CourseBody;
  const body: CourseBody = { ...(cursos && { cursos }), alumnos };
  const { courses } = await readEntities(bodyTables(curso, body), () => new Set([curso]), {
    ...(zone !== undefined && { zone }),
  });
  const students = [...(courses.get(curso)?.students.values() ?? [])];
  return {
    lote: snapshot.lote,
    recibido: new Date(snapshot.received),
    retenido: inbox.held(curso) !== null,
    personas: students.map((student) => {
      const { rut } = identityOf(student);
      const { id: alumno, active: activo, place: lugar } = student;
      return { alumno, rut: rut === null ? null : formatRut(rut), activo, lugar };
    }),
  };
}
