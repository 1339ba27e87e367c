import type { TableName } from './structure.ts';

/** Who is enrolled, in whatever state: progress of others is nobody's. */
const enrolled = (table: TableName, user: string): string => `
  exists (select 1 from ${table('posts')} e
          where e.post_type = 'tutor_enrolled' and e.post_author = ${user} and e.post_parent = t.post_parent)
  and exists (select 1 from ${table('users')} u where u.ID = ${user})`;

/**
 * Completed lessons. The moment looks like seconds since 1970 and is the site's wall clock: read as UTC, its fields are
 * the local ones, without a zone. A double click leaves two rows, which are one completion.
 */
export function lessonsSql(table: TableName): string {
  return `
    select t.post_parent as curso, m.user_id as alumno, a.ID as actividad,
           case when m.meta_value regexp '^[0-9]{9,10}$'
                then cast(from_unixtime(cast(m.meta_value as unsigned)) as char) else '1' end as completada,
           null as nota
    from ${table('usermeta')} m
    join ${table('posts')} a
      on a.ID = cast(substring(m.meta_key, 28) as unsigned) and a.post_type = 'lesson' and a.post_status = 'publish'
    join ${table('posts')} t on t.ID = a.post_parent and t.post_type = 'topics'
    where m.meta_key like '\\_tutor\\_completed\\_lesson\\_id\\_%' and m.meta_value <> ''
      and ${enrolled(table, 'm.user_id')}`;
}

/**
 * Quizzes with an attempt that is over, passed or not: that is what Tutor counts as done. The mark is that of the
 * attempt which the site's method chooses, 0–100, rounded half up.
 */
export function quizzesSql(table: TableName, method: string): string {
  const attempts = table('tutor_quiz_attempts');
  const chosen = (order: string): string => `
    (select coalesce(round(100 * b.earned_marks / nullif(b.total_marks, 0)), 0) from ${attempts} b
     where b.quiz_id = q.quiz_id and b.user_id = q.user_id and b.attempt_status <> 'attempt_started'
     order by ${order} limit 1)`;
  const marks: Record<string, string> = {
    average_grade: 'coalesce(round(100 * q.earned / nullif(q.total, 0)), 0)',
    first_attempt: chosen('b.attempt_id'),
    last_attempt: chosen('b.attempt_id desc'),
  };
  return `
    select t.post_parent as curso, q.user_id as alumno, a.ID as actividad,
           coalesce(cast(q.ended as char), '1') as completada,
           ${marks[method] ?? chosen('b.earned_marks desc, b.attempt_id')} as nota
    from (select quiz_id, user_id, min(attempt_ended_at) as ended,
                 avg(earned_marks) as earned, avg(total_marks) as total
          from ${attempts} where attempt_status <> 'attempt_started' group by quiz_id, user_id) q
    join ${table('posts')} a on a.ID = q.quiz_id and a.post_type = 'tutor_quiz' and a.post_status = 'publish'
    join ${table('posts')} t on t.ID = a.post_parent and t.post_type = 'topics'
    where ${enrolled(table, 'q.user_id')}`;
}
