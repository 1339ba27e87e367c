/** What an import did to one kind of thing. Closed: the file no longer has it; its history stays. */
export interface Changes {
  agregados: number;
  cambiados: number;
  cerrados: number;
}

/** What an import did. A second import of the same file reports nothing but zeros. */
export interface ImportReport {
  otecs: Changes;
  tokens: Changes;
  alumnos: Changes;
  cursos: Changes;
  modulos: Changes;
  inscripciones: Changes;
  /** What the file has and the service cannot use as meant, in Spanish; names students in full: not for a log. */
  avisos: string[];
}

export function emptyReport(): ImportReport {
  const none = (): Changes => ({ agregados: 0, cambiados: 0, cerrados: 0 });
  return {
    otecs: none(),
    tokens: none(),
    alumnos: none(),
    cursos: none(),
    modulos: none(),
    inscripciones: none(),
    avisos: [],
  };
}
