/** Puts the site's prefix before a table's name, quoted. */
export type TableName = (name: string) => string;

/** Courses in use: their state does not matter to Tutor, what is thrown away is not there. */
const COURSE = "post_type = 'courses' and post_status not in ('trash', 'auto-draft', 'inherit')";

export function coursesSql(table: TableName): string {
  return `select ID as curso, ${plainText('post_title')} as nombre from ${table('posts')} where ${COURSE} order by ID`;
}

/**
 * Enrolments of people who still have an account. `completed` means active, whatever it sounds like; the other states
 * do not give access. The moment stands in UTC beside the wall clock, unless an old pending row has none.
 */
export function studentsSql(table: TableName, rutFields: readonly string[]): string {
  const ruts = rutFields.map(
    (field, index) => `${rutSql(table, field)} as rut${index === 0 ? '' : index + 1}`,
  );
  return `
    select e.post_parent as curso, e.post_author as alumno, ${ruts.join(', ')},
           ${plainText('u.display_name')} as nombre,
           case when e.post_status = 'completed' then 1 else 0 end as activo,
           case when cast(e.post_date_gmt as char) like '0000%' then cast(e.post_date as char)
                else concat(cast(e.post_date_gmt as char), 'Z') end as inicio
    from ${table('posts')} e
    join ${table('posts')} c on c.ID = e.post_parent and c.${COURSE.replace('and post_status', 'and c.post_status')}
    join ${table('users')} u on u.ID = e.post_author
    where e.post_type = 'tutor_enrolled'
    order by e.ID`;
}

/** A column of the account, or a field that some plugin keeps beside it. */
function rutSql(table: TableName, field: string): string {
  if (field === 'user_login') return 'u.user_login';
  // A RUT that somebody wrote into the name, with its hyphen.
  if (field === 'display_name')
    return "nullif(regexp_substr(u.display_name, '[0-9]{1,2}[.]?[0-9]{3}[.]?[0-9]{3}-[0-9kK]'), '')";
  return `(select max(nullif(trim(m.meta_value), '')) from ${table('usermeta')} m
           where m.user_id = u.ID and m.meta_key = '${field}')`;
}

/** Topics, which carry the code of SIC in their titles. */
export function modulesSql(table: TableName): string {
  return `
    select t.post_parent as curso, t.ID as modulo, null as codigoModulo,
           ${plainText('t.post_title')} as nombre, t.menu_order as orden
    from ${table('posts')} t
    join ${table('posts')} c on c.ID = t.post_parent and c.${COURSE.replace('and post_status', 'and c.post_status')}
    where t.post_type = 'topics'
    order by t.menu_order, t.ID`;
}

/** What Tutor counts: published lessons and quizzes under a topic. The rest can be seen and does not count. */
export function activitiesSql(table: TableName): string {
  return `
    select t.post_parent as curso, t.ID as modulo, a.ID as actividad, ${plainText('a.post_title')} as nombre,
           case when a.post_type in ('lesson', 'tutor_quiz') then 1 else 0 end as obligatoria,
           case when a.post_type in ('tutor_zoom_meeting', 'tutor-google-meet') then 1 else 0 end as sincronica
    from ${table('posts')} a
    join ${table('posts')} t on t.ID = a.post_parent and t.post_type = 'topics'
    join ${table('posts')} c on c.ID = t.post_parent and c.${COURSE.replace('and post_status', 'and c.post_status')}
    where a.post_status = 'publish'
      and a.post_type in ('lesson', 'tutor_quiz', 'tutor_assignments', 'tutor_zoom_meeting', 'tutor-google-meet')
    order by t.menu_order, t.ID, a.menu_order, a.ID`;
}

/**
 * Clicks of who is enrolled: in the topic that held their page then, where the plugin noted it (`withTopic`: its table
 * has that column), else in the one that holds it today; of a page that is gone, in none.
 */
export function clicksSql(table: TableName, withTopic: boolean): string {
  const topic = withTopic ? 'coalesce(nullif(k.topic_id, 0), t.ID)' : 't.ID';
  return `
    select k.course_id as curso, k.user_id as alumno, ${topic} as modulo, k.instante as instante
    from ${table('puente_clics')} k
    join (select distinct e.post_author, e.post_parent
          from ${table('posts')} e join ${table('users')} u on u.ID = e.post_author
          where e.post_type = 'tutor_enrolled') i
      on i.post_author = k.user_id and i.post_parent = k.course_id
    left join ${table('posts')} p on p.ID = k.post_id
    left join ${table('posts')} t
      on t.ID = case when p.post_type = 'topics' then p.ID else p.post_parent end
     and t.post_type = 'topics' and t.post_parent = k.course_id
    order by k.id`;
}

/** The site's clock: a zone, or hours from UTC where it has none. */
export function zoneSql(table: TableName): string {
  const option = (name: string) =>
    `(select nullif(option_value, '') from ${table('options')} where option_name = '${name}')`;
  return `select coalesce(${option('timezone_string')}, ${option('gmt_offset')}, '0') as zonaHoraria`;
}

/** WordPress keeps what an instructor types as HTML, and what an administrator types as it is. */
export function plainText(column: string): string {
  const entities = [
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#039;', "''"],
    ['&#8211;', '–'],
    ['&amp;', '&'],
  ];
  return entities.reduce((sql, [entity, sign]) => `replace(${sql}, '${entity}', '${sign}')`, column);
}
