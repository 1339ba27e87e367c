import { checkDigit } from '@puente-sic/protocol';
import { ALUMNOS, codigoCurso, codigoModulo, firstAlumno, MODULOS } from './nation.ts';

/** The rows that one course of {@link envio} leaves in the store, ready for a bare driver. */
export function cursoRows(curso: number, porcentaje: number) {
  const registros = Array.from({ length: ALUMNOS * MODULOS }, (_, index) => {
    const rut = firstAlumno(curso) + Math.floor(index / MODULOS);
    const codigo = codigoModulo(curso, index % MODULOS);
    return { key: [rut, codigo] as const, columns: columnsOf(rut, codigo, porcentaje) };
  });
  const code = codigoCurso(curso);
  return {
    codigoCurso: code,
    registros,
    proceso: (cursoId: number) =>
      [
        60_000_000,
        cursoId,
        code,
        code,
        `noche-${porcentaje}`,
        1_800_000_000_000,
        '2026-11-22',
        ALUMNOS,
        ALUMNOS * MODULOS,
        0,
      ] as const,
  };
}

const ACTIVIDADES = JSON.stringify(
  Array.from({ length: 8 }, (_, index) => `Actividad ${index + 1} del módulo`),
);

function columnsOf(rut: number, codigo: string, porcentaje: number): (string | number | null)[] {
  const figure = porcentaje.toFixed(5);
  const inicio = '2026-10-01 00:00:00';
  const fin = '2026-12-31 00:00:00';
  return [
    ...[String(rut), checkDigit(rut), '36000', '1', figure, inicio, fin, '2026-11-22 00:00:00', null],
    ...[codigo, '7200', '1', figure, inicio, fin, '60.00000', '2', '6', ACTIVIDADES, 1, ''],
  ];
}
