import { checkDigit } from '@puente-sic/protocol';

/** Of a site that a big provider has: as many students as {@link COURSES} times {@link STUDENTS}. */
export const COURSES = 40;
export const STUDENTS = 100;
export const MODULES = 8;
export const ACTIVITIES = 20;
export const CLICKS = 2_000_000;
export const AT = new Date('2026-11-23T22:30:00-03:00');

const FIRST_CLICK = 1_785_600_000;

/** Statements that make the site in a PostgreSQL, as a platform of one's own would have it. */
export function siteSql(): string[] {
  const ruts = Array.from({ length: COURSES * STUDENTS }, (_, at) => {
    const numero = 11_000_000 + at * 1013;
    return `(${at}, '${numero}-${checkDigit(numero)}')`;
  });
  return [
    `create table curso (id int primary key, codigo text, inicio date, fin date)`,
    `insert into curso select i, 'CAP-26-' || i, '2026-07-01', '2026-12-18' from generate_series(1, ${COURSES}) i`,
    `create table persona (id int primary key, rut text)`,
    `insert into persona values ${ruts.join(', ')}`,
    `create table inscrito (curso int, persona int)`,
    `insert into inscrito select 1 + id / ${STUDENTS}, id from persona`,
    `create table modulo (id int primary key, curso int, codigo text)`,
    `insert into modulo select c * 100 + m, c, 'PRES' || lpad((c * 100 + m)::text, 12, '0')
       from generate_series(1, ${COURSES}) c, generate_series(1, ${MODULES}) m`,
    `create table actividad (id int primary key, modulo int, nombre text)`,
    `insert into actividad select modulo.id * 100 + a, modulo.id, 'Actividad ' || a
       from modulo, generate_series(1, ${ACTIVITIES}) a`,
    `create table hecho (persona int, actividad int, cuando timestamptz)`,
    `insert into hecho select i.persona, a.id, to_timestamp(${FIRST_CLICK} + (a.id::bigint * 7919 + i.persona * 104729) % 9000000)
       from inscrito i join modulo m on m.curso = i.curso join actividad a on a.modulo = m.id
       where (a.id + i.persona) % 2 = 0`,
    `create table visita (id bigint primary key, persona int, actividad int, creado bigint)`,
    `insert into visita select k, p, (1 + p / ${STUDENTS}) * 10000 + (1 + k % ${MODULES}) * 100 + 1 + k / 7 % ${ACTIVITIES},
       ${FIRST_CLICK} + k * 4 from (select k, (k::bigint * 7919) % ${COURSES * STUDENTS} as p from generate_series(1, ${CLICKS}) k) x`,
    'analyze',
  ];
}

export const QUERIES = `-- entidad: cursos
select id as curso, codigo as "codigoOferta", codigo || '-A' as "codigoGrupo", inicio, fin from curso
-- entidad: alumnos
select i.curso, i.persona as alumno, p.rut from inscrito i join persona p on p.id = i.persona
-- entidad: modulos
select curso, id as modulo, codigo as "codigoModulo" from modulo
-- entidad: actividades
select m.curso, m.id as modulo, a.id as actividad, a.nombre from actividad a join modulo m on m.id = a.modulo
-- entidad: avances
select m.curso, h.persona as alumno, h.actividad, h.cuando as completada
from hecho h join actividad a on a.id = h.actividad join modulo m on m.id = a.modulo
-- entidad: clics
select actividad / 10000 as curso, persona as alumno, actividad, creado as instante from visita order by id
`;

export interface Click {
  id: string;
  curso: string;
  alumno: string;
  actividad: string;
  instante: number;
}

/** One batch of clicks as a platform sends them. */
export function batchOf(number: number, size: number): Click[] {
  return Array.from({ length: size }, (_, at) => {
    const k = number * size + at;
    const person = (k * 7919) % (COURSES * STUDENTS);
    const curso = 1 + Math.floor(person / STUDENTS);
    const actividad = `${curso}-${k % MODULES}-${k % ACTIVITIES}`;
    return {
      id: `clic-${k}`,
      curso: String(curso),
      alumno: String(person),
      actividad,
      instante: FIRST_CLICK + k,
    };
  });
}
