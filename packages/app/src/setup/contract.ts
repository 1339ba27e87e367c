import type { CourseKey, Hallazgo, PruebaDeConexion } from '@puente-sic/engine';
import type { FuenteSettings } from '../config/settings.ts';
import type { ColumnasVistas } from './columnas.ts';
import type { CursoDePlanilla, PlanillaGuardada, PlanillaVista } from './planillas.ts';
import type { RevisionDeFuente } from './revision.ts';
import type { CambioDeReglasDeCurso, CursoInstalado, CursoSugerido } from './shapes/cursos.ts';
import type { FuenteNueva, PruebaDeFuente } from './shapes/fuentes.ts';
import type { CambioDeInstalacion, Instalacion } from './shapes/instalacion.ts';
import type { CambioDeCanal, CambioDeOtec, CanalNuevo, PruebaDeOtec } from './shapes/otecs.ts';
import type { ConexionDeFuente, OtrosLms } from './shapes/revision.ts';

/** A source to be looked at, and the course and the student to try it with; left out: those that show most. */
export interface RevisionPedida {
  fuente: FuenteNueva;
  curso?: string | undefined;
  rut?: string | undefined;
}

/** What looking into a source suggests. */
export interface CursosSugeridos {
  cursos: CursoSugerido[];
  hallazgos: Hallazgo[];
}

/**
 * How puente is set up, and how that is changed. Every change is whole or not at all, and in force when the promise is
 * kept. What cannot be done is thrown as an error that carries what happened (`message`) and what to do (`fix`), in
 * Spanish.
 */
export interface Setup {
  view(): Promise<Instalacion>;
  change(change: CambioDeInstalacion): Promise<void>;

  /** Adds the provider where there is none of that RUT. */
  changeOtec(rut: string, change: CambioDeOtec): Promise<void>;
  removeOtec(rut: string): Promise<void>;
  testOtec(rut: string, asked: PruebaDeOtec, signal: AbortSignal): Promise<PruebaDeConexion>;
  addCanal(rut: string, canal: CanalNuevo): Promise<void>;
  changeCanal(rut: string, change: CambioDeCanal): Promise<void>;
  removeCanal(rut: string, nombre: string): Promise<void>;
  /** Rejects with the channel's own failure, which may hold its address. */
  testCanal(rut: string, nombre: string): Promise<void>;

  testFuente(fuente: FuenteNueva, signal: AbortSignal): Promise<PruebaDeFuente>;
  /** Whether its database lets one in, whatever is read from it. `nombre`: under which it is kept so far. */
  connectFuente(nombre: string, fuente: FuenteNueva, signal: AbortSignal): Promise<ConexionDeFuente>;
  /** Reads a source by entities as it would be, and shows what would be sent of one course and one student. */
  reviseFuente(nombre: string, asked: RevisionPedida, signal: AbortSignal): Promise<RevisionDeFuente>;
  /** What there is to choose from for an LMS that is no Moodle. */
  otrosLms(): Promise<OtrosLms>;
  /** Adds the source where there is none of that name; one by entities once what it would send passes. */
  changeFuente(nombre: string, fuente: FuenteNueva, signal?: AbortSignal): Promise<void>;
  removeFuente(nombre: string): Promise<void>;
  /** As they are written; null: that cannot be read now. */
  fuentes(): Promise<FuenteSettings[] | null>;
  /** The sources that files can be handed to, and the files that each has or had. */
  planillas(): Promise<{ fuentes: string[]; planillas: PlanillaGuardada[] }>;
  /** Reads a file as its source would; keeps nothing. */
  lookAtFile(fuente: string, archivo: string, content: Buffer): Promise<PlanillaVista>;
  /** What its columns are taken for; keeps nothing. */
  lookAtColumns(fuente: string, archivo: string, content: Buffer): Promise<ColumnasVistas>;
  /** Remembers what columns are, by their headers; null: as puente finds it by itself. */
  rememberColumns(fuente: string, columnas: Readonly<Record<string, string | null>>): Promise<void>;
  /** Files whose courses are all in it are put aside. */
  receiveFile(
    fuente: string,
    archivo: string,
    content: Buffer,
  ): Promise<{ archivo: string; bytes: number; reemplazadas: string[] }>;
  /** Puts a file aside: the courses that no other file has. */
  removeFile(fuente: string, archivo: string): Promise<CursoDePlanilla[]>;
  /** Brings a file back that was put aside: its courses. */
  recoverFile(fuente: string, id: string): Promise<CursoDePlanilla[]>;
  suggestCursos(fuente: string, signal: AbortSignal): Promise<CursosSugeridos>;
  changeCursos(fuente: string, rutOtec: string, cursos: CursoInstalado[] | null): Promise<void>;
  changeReglasDeCurso(curso: CourseKey, change: CambioDeReglasDeCurso): Promise<void>;
}
