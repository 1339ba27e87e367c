import { isDeepStrictEqual } from 'node:util';
import type { CourseKey } from '@puente-sic/engine';
import { isMap, isSeq } from 'yaml';
import { entriesOf, listAt, put } from '../config/edit.ts';
import type { Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import type { Editing } from './editor.ts';
import { noFuente } from './fuentes.ts';
import { noOtec } from './otecs.ts';
import type { CambioDeReglasDeCurso, CursoInstalado } from './shapes/cursos.ts';

/** Replaces what is said of this source and provider; entries that stay as they are keep their comments. */
export function changeCursos(
  { doc, before }: Editing,
  fuente: string,
  rutOtec: string,
  cursos: readonly CursoInstalado[] | null,
): void {
  if (!before.fuentes.some(({ nombre }) => nombre === fuente)) throw noFuente(fuente);
  if (!before.otecs.some(({ rut }) => rut === rutOtec)) throw noOtec(rutOtec);
  const only = before.otecs.length === 1;
  const list = listAt(doc, 'cursos');
  const isOurs = (at: number) => {
    const known = before.cursos?.[at];
    return known?.fuente === fuente && (known.otec ?? (only ? rutOtec : undefined)) === rutOtec;
  };
  const ours = list.items.filter((_, at) => isOurs(at));
  const others = list.items.filter((_, at) => !isOurs(at));
  if (cursos === null) {
    if (others.length > 0 || !only) throw notAll();
    doc.delete('cursos');
    return;
  }
  const made = cursos.map((curso) => {
    const wanted = plain({ fuente, ...(only ? {} : { otec: rutOtec }), ...curso });
    const same = ours.find((item) => isMap(item) && isDeepStrictEqual(item.toJSON(), wanted));
    return same ?? doc.createNode(wanted);
  });
  list.items = [...others, ...made];
}

/** Of one course; the entry of puente.yaml that it comes from may be of several groups. */
export function changeReglasDeCurso(
  { doc, before }: Editing,
  curso: CourseKey,
  change: CambioDeReglasDeCurso,
): void {
  const found = (before.cursos ?? []).flatMap((entry, at) => (isOf(entry, curso, before) ? [at] : []));
  const list = doc.get('cursos');
  if (found.length === 0 || !isSeq(list)) {
    throw new Failure(
      before.cursos === undefined
        ? 'Se informan todos los cursos que nombran los datos, así que este no tiene reglas propias.'
        : 'Ese curso ya no está en la lista de los que se informan.',
      'Elija primero los cursos uno por uno, en Ajustes → Fuentes → Cursos; después podrá dar a cada uno sus reglas.',
    );
  }
  const entries = entriesOf(list);
  for (const at of found) {
    const entry = entries[at];
    if (entry) put(doc, entry, { ...change });
  }
}

type Entry = NonNullable<Settings['cursos']>[number];

/** Whether an entry is this course: by its codes, which left out are those that the source calls it by. */
function isOf(entry: Entry, { rutOtec, codigoOferta, codigoGrupo }: CourseKey, { otecs }: Settings): boolean {
  const otec = entry.otec ?? (otecs.length === 1 ? otecs[0]?.rut : undefined);
  return (
    otec === rutOtec &&
    (entry.codigoOferta ?? entry.curso) === codigoOferta &&
    (entry.codigoGrupo ?? codigoGrupo) === codigoGrupo
  );
}

/** As the file holds it: texts and maps of texts, nothing left undefined. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value));
}

function notAll(): Failure {
  return new Failure(
    'Solo se puede informar «todos los cursos» cuando hay una sola OTEC y ninguna otra fuente con cursos elegidos.',
    'Elija los cursos de esta fuente uno por uno.',
  );
}
