import type { SqlDb } from '../../db/db.ts';
import type { Entity } from '../../entidades/contract.ts';
import { queryFailure } from '../failure.ts';
import { type Queries, type Query, queryOf } from '../queries.ts';
import type { Recipe } from '../recipe.ts';
import { lessonsSql, quizzesSql } from './progress.ts';
import { activitiesSql, clicksSql, coursesSql, modulesSql, studentsSql, zoneSql } from './structure.ts';

/** Tutor LMS on WordPress, as 4.0.2 keeps it, with nothing that 2.7.0 lacks. What it reads and why stands in docs/tutor-lms.md. */
export const tutorLms: Recipe = {
  title: 'WordPress con Tutor LMS',
  parameters: {
    prefijo: { preset: 'wp_', pattern: /^\w{0,40}$/, about: 'el prefijo de las tablas de WordPress' },
    campoRut: {
      preset: 'rut, user_login',
      pattern: /^[\w-]{1,64}( *, *[\w-]{1,64}){0,3}$/,
      about: 'dónde está el RUT, hasta cuatro campos en orden',
    },
  },
  engines: ['mariadb://', 'mysql://'],
  async queries(db, { prefijo = '', campoRut = '' }) {
    // In a network of sites each has its own tables, `wp_2_posts`, and its people stand with the first one's.
    const hasPeople = (await columnsOf(db, `${prefijo}users`)).length > 0;
    const ofPeople = hasPeople ? prefijo : prefijo.replace(/\d+_$/, '');
    const table = (name: string): string =>
      `\`${name === 'users' || name === 'usermeta' ? ofPeople : prefijo}${name}\``;
    const fields = campoRut.split(',').map((field) => field.trim());
    const method = await gradeMethod(db, table('options'));
    const entities = new Map<Entity, Query>([
      ['cursos', query('cursos', coursesSql(table))],
      ['alumnos', query('alumnos', studentsSql(table, fields))],
      ['modulos', query('modulos', modulesSql(table))],
      ['actividades', query('actividades', activitiesSql(table))],
      ['avances', query('avances', `${lessonsSql(table)} union all ${quizzesSql(table, method)}`)],
    ]);
    // Made by the plugin of integraciones/wordpress; without it nobody's time is known, which the course tells.
    const clicks = await columnsOf(db, `${prefijo}puente_clics`);
    if (clicks.length > 0)
      entities.set('clics', query('clics', clicksSql(table, clicks.includes('topic_id'))));
    return { entities, zone: query('zonaHoraria', zoneSql(table)) } satisfies Queries;
  },
};

function query(what: string, sql: string): Query {
  return queryOf(sql, `receta tutor-lms, «${what}»`);
}

/** How Tutor chooses among a quiz's attempts: one way for the whole site, within an option that PHP has packed. */
async function gradeMethod(db: SqlDb, options: string): Promise<string> {
  const packed = await one(db, `select option_value from ${options} where option_name = 'tutor_option'`, []);
  return /"quiz_grade_method";s:\d+:"(\w+)"/.exec(packed ?? '')?.[1] ?? 'highest_grade';
}

/** None: there is no such table, or this account does not see it. */
async function columnsOf(db: SqlDb, name: string): Promise<string[]> {
  const found =
    'select column_name from information_schema.columns where table_schema = database() and table_name = ?';
  return all(db, found, [name]);
}

async function one(db: SqlDb, sql: string, parameters: string[]): Promise<string | null> {
  return (await all(db, sql, parameters))[0] ?? null;
}

/** The first column of each row. */
async function all(db: SqlDb, sql: string, parameters: string[]): Promise<string[]> {
  const values: string[] = [];
  const onRow = (cells: readonly unknown[]): void => {
    values.push(String(cells[0]));
  };
  try {
    await db.stream(sql, onRow, { parameters });
    return values;
  } catch (error) {
    throw queryFailure(error, 'receta tutor-lms');
  }
}
