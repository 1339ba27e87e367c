import type { Db } from '../store/store.ts';
import { chunks } from './chunks.ts';
import { count, diff } from './diff.ts';
import { type CursoEntry, RegistryError } from './registry.ts';
import type { ImportReport } from './report.ts';

export async function applyCursos(
  db: Db,
  cursos: CursoEntry[],
  now: Date,
  report: ImportReport,
): Promise<void> {
  for (const curso of cursos) {
    await db.transaction().execute(async (trx) => {
      const cursoId = await applyCurso(trx, curso, report);
      await applyModulos(trx, cursoId, curso, now, report);
      await applyInscripciones(trx, cursoId, curso, now, report);
    });
  }
}

async function applyCurso(db: Db, curso: CursoEntry, report: ImportReport): Promise<number> {
  const { codigoOferta, codigoGrupo, rutOtec, nombre, fechaInicio, fechaFin } = curso;
  const row = { codigoOferta, codigoGrupo, rutOtec, nombre, fechaInicio, fechaFin, cerradoEn: null };
  await requireOtec(db, curso);
  const stored = await db
    .selectFrom('curso')
    .selectAll()
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .executeTakeFirst();
  if (!stored) {
    const { id } = await db.insertInto('curso').values(row).returning('id').executeTakeFirstOrThrow();
    report.cursos.agregados += 1;
    return id;
  }
  const same =
    stored.cerradoEn === null &&
    stored.rutOtec === rutOtec &&
    stored.nombre === nombre &&
    stored.fechaInicio === fechaInicio &&
    stored.fechaFin === fechaFin;
  if (!same) {
    await db.updateTable('curso').set(row).where('id', '=', stored.id).execute();
    report.cursos.cambiados += 1;
  }
  return stored.id;
}

async function requireOtec(db: Db, { rutOtec, codigoOferta, codigoGrupo }: CursoEntry): Promise<void> {
  const otec = await db.selectFrom('otec').select('rut').where('rut', '=', rutOtec).executeTakeFirst();
  if (otec) return;
  throw new RegistryError(
    `El curso ${codigoOferta} (${codigoGrupo}) es de una OTEC que no está en el registro: agréguela en otecs.`,
  );
}

async function applyModulos(
  db: Db,
  cursoId: number,
  { modulos }: CursoEntry,
  now: Date,
  report: ImportReport,
): Promise<void> {
  const stored = await db.selectFrom('modulo').selectAll().where('cursoId', '=', cursoId).execute();
  const changes = diff(modulos, stored, {
    wantedKey: ({ codigoModulo }) => codigoModulo,
    storedKey: ({ codigoModulo }) => codigoModulo,
    same: (wanted, before) => wanted.nombre === before.nombre,
    open: ({ cerradoEn }) => cerradoEn === null,
  });
  for (const part of chunks([...changes.added, ...changes.changed], 500)) {
    await db
      .insertInto('modulo')
      .values(part.map(({ codigoModulo, nombre }) => ({ cursoId, codigoModulo, nombre, cerradoEn: null })))
      .onConflict((conflict) =>
        conflict
          .columns(['cursoId', 'codigoModulo'])
          .doUpdateSet((eb) => ({ nombre: eb.ref('excluded.nombre'), cerradoEn: null })),
      )
      .execute();
  }
  for (const { codigoModulo } of changes.closed) {
    await db
      .updateTable('modulo')
      .set({ cerradoEn: now.getTime() })
      .where('cursoId', '=', cursoId)
      .where('codigoModulo', '=', codigoModulo)
      .execute();
  }
  count(report.modulos, changes);
}

async function applyInscripciones(
  db: Db,
  cursoId: number,
  { alumnos }: CursoEntry,
  now: Date,
  report: ImportReport,
): Promise<void> {
  const stored = await db.selectFrom('inscripcion').selectAll().where('cursoId', '=', cursoId).execute();
  const wanted = alumnos.map(({ rut, modulos }) => ({
    cursoId,
    rutAlumno: rut,
    modulos: modulos && JSON.stringify(modulos.toSorted()),
    cerradoEn: null,
  }));
  const changes = diff(wanted, stored, {
    wantedKey: ({ rutAlumno }) => rutAlumno,
    storedKey: ({ rutAlumno }) => rutAlumno,
    same: (row, before) => row.modulos === before.modulos,
    open: ({ cerradoEn }) => cerradoEn === null,
  });
  for (const part of chunks([...changes.added, ...changes.changed], 500)) {
    await db
      .insertInto('inscripcion')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['cursoId', 'rutAlumno'])
          .doUpdateSet((eb) => ({ modulos: eb.ref('excluded.modulos'), cerradoEn: null })),
      )
      .execute();
  }
  for (const part of chunks(changes.closed, 500)) {
    await db
      .updateTable('inscripcion')
      .set({ cerradoEn: now.getTime() })
      .where('cursoId', '=', cursoId)
      .where(
        'rutAlumno',
        'in',
        part.map(({ rutAlumno }) => rutAlumno),
      )
      .execute();
  }
  count(report.inscripciones, changes);
}

/** Courses that a complete registry leaves out. */
export async function closeOtherCursos(
  db: Db,
  cursos: CursoEntry[],
  now: Date,
  report: ImportReport,
): Promise<void> {
  const key = (curso: { codigoOferta: string; codigoGrupo: string }): string =>
    JSON.stringify([curso.codigoOferta, curso.codigoGrupo]);
  const named = new Set(cursos.map(key));
  const open = await db
    .selectFrom('curso')
    .select(['id', 'codigoOferta', 'codigoGrupo'])
    .where('cerradoEn', 'is', null)
    .execute();
  const closed = open.filter((curso) => !named.has(key(curso)));
  for (const part of chunks(closed, 500)) {
    await db
      .updateTable('curso')
      .set({ cerradoEn: now.getTime() })
      .where(
        'id',
        'in',
        part.map(({ id }) => id),
      )
      .execute();
  }
  report.cursos.cerrados += closed.length;
}
