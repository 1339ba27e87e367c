/** An invented site in the contract's words: what the tests give through files and databases alike. */
export const AULA: Record<string, string[][]> = {
  cursos: [
    ['curso', 'codigoOferta', 'codigoGrupo', 'nombre', 'inicio', 'fin'],
    ['7', 'CAP-26-01', 'CAP-26-01-A', 'Atención de público', '2026-10-05', '2026-12-18'],
    ['8', 'CAP-26-02', '', 'Bodega y stock', '2026-10-05', '2026-12-18'],
  ],
  alumnos: [
    ['curso', 'alumno', 'rut', 'nombre', 'grupo', 'inicio', 'fin', 'activo'],
    ['7', 'ana', '11.111.111-1', 'Ana Ñancupil', '', '', '', ''],
    ['7', 'bruno', '12345678-5', 'Bruno Díaz', '', '2026-10-12', '', 'sí'],
    ['7', 'carla', '13222111-0', 'Carla Malo', '', '', '', '1'],
    ['7', 'dario', '9876543-3', 'Darío Fuera', '', '', '', 'no'],
    ['8', 'ana', '11.111.111-1', 'Ana Ñancupil', 'CAP-26-02-A', '', '', ''],
    ['8', 'elsa', '14567890-0', 'Elsa Ríos', 'CAP-26-02-B', '', '', ''],
  ],
  modulos: [
    ['curso', 'modulo', 'codigoModulo', 'nombre', 'orden'],
    ['7', '71', '', 'Saludar/PRES028008000558', '1'],
    ['7', '72', 'PRES028008000559', 'Escuchar', '2'],
    ['7', '73', '', 'Complementos', '3'],
    ['8', '81', 'PRES028008000600', 'Inventario', '1'],
  ],
  actividades: [
    ['curso', 'modulo', 'actividad', 'nombre', 'obligatoria', 'sincronica'],
    ['7', '71', 'a1', 'Leer', '', ''],
    ['7', '71', 'a2', 'Prueba', '', ''],
    ['7', '71', 'a3', 'Clase', 'sí', 'sí'],
    ['7', '72', 'a4', 'Foro', '', ''],
    ['7', '72', 'a5', 'Glosario', 'no', ''],
    ['7', '', 'a6', 'Encuesta', '', ''],
    ['8', '81', 'b1', 'Contar', '', ''],
  ],
  avances: [
    ['curso', 'alumno', 'actividad', 'completada', 'nota'],
    ['7', 'ana', 'a1', '2026-10-06T10:00:00-03:00', ''],
    ['7', 'ana', 'a2', '2026-10-07T10:00:00-03:00', '66,7'],
    ['7', 'ana', 'a4', '2026-12-01T10:00:00-03:00', ''],
    ['7', 'ana', 'a6', 'sí', ''],
    ['7', 'bruno', 'a1', '0', ''],
    ['8', 'elsa', 'b1', '1', ''],
  ],
  notas: [
    ['curso', 'alumno', 'modulo', 'nota'],
    ['8', 'elsa', '81', '80'],
    ['8', 'elsa', '', '90'],
  ],
  clics: [
    ['curso', 'alumno', 'modulo', 'actividad', 'instante'],
    ['7', 'ana', '', '', '1791291600'],
    ['7', 'ana', '71', '', '1791291700'],
    ['7', 'ana', '', 'a4', '1791294400'],
    ['7', 'ana', '71', '', '1791297101'],
    ['7', 'ana', '71', '', '1791297201'],
    ['8', 'elsa', '81', '', '2026-10-06T09:00:00-03:00'],
    ['8', 'elsa', '81', '', '2026-10-06T09:10:00-03:00'],
  ],
};

export const AT = new Date('2026-11-23T22:30:00-03:00');

/** A copy with one entity changed. */
export function aulaWith(changes: Record<string, string[][] | null>): Record<string, string[][]> {
  const all = Object.entries({ ...AULA, ...changes });
  return Object.fromEntries(all.flatMap(([entity, rows]) => (rows === null ? [] : [[entity, rows]])));
}

export function csvOf(rows: readonly string[][], delimiter = ';'): string {
  return rows
    .map((cells) =>
      cells.map((cell) => (/[";,\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter),
    )
    .join('\r\n');
}
