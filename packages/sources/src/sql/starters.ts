// Queries to begin with for LMSs that many have: by their public tables, on none of which they were tried live. They are
// those of docs/otros-lms.md, which says what to look at in each.

export const STARTERS: readonly { name: string; sql: string }[] = [
  {
    name: 'LearnDash (WordPress)',
    sql: `-- entidad: cursos
select ID as curso, post_title as nombre from wp_posts
where post_type = 'sfwd-courses' and post_status = 'publish'

-- entidad: alumnos
select c.ID as curso, u.ID as alumno,
       (select max(r.meta_value) from wp_usermeta r where r.user_id = u.ID and r.meta_key = 'rut') as rut,
       u.user_login as rut2, u.display_name as nombre, m.meta_value as inicio
from wp_posts c
join wp_usermeta m on m.meta_key = concat('course_', c.ID, '_access_from')
join wp_users u on u.ID = m.user_id
where c.post_type = 'sfwd-courses' and c.post_status = 'publish'

-- entidad: modulos
select k.meta_value as curso, l.ID as modulo, null as codigoModulo, l.post_title as nombre, l.menu_order as orden
from wp_posts l join wp_postmeta k on k.post_id = l.ID and k.meta_key = 'course_id'
where l.post_type = 'sfwd-lessons' and l.post_status = 'publish'

-- entidad: actividades
select k.meta_value as curso, case when p.post_type = 'sfwd-lessons' then p.ID else nullif(l.meta_value, '0') end as modulo,
       p.ID as actividad, p.post_title as nombre
from wp_posts p
join wp_postmeta k on k.post_id = p.ID and k.meta_key = 'course_id'
left join wp_postmeta l on l.post_id = p.ID and l.meta_key = 'lesson_id'
where p.post_type in ('sfwd-lessons', 'sfwd-topic', 'sfwd-quiz') and p.post_status = 'publish'

-- entidad: avances
select course_id as curso, user_id as alumno, post_id as actividad, activity_completed as completada
from wp_learndash_user_activity
where activity_type in ('lesson', 'topic', 'quiz') and activity_status = 1 and activity_completed > 0

-- entidad: clics
select course_id as curso, user_id as alumno, nullif(topic_id, 0) as modulo, instante
from wp_puente_clics order by id
`,
  },
  {
    name: 'Chamilo 1.11',
    sql: `-- entidad: cursos
select id as curso, title as nombre from course

-- entidad: alumnos
select i.c_id as curso, u.id as alumno, u.official_code as rut, u.username as rut2,
       concat(u.firstname, ' ', u.lastname) as nombre
from (select c_id, user_id from course_rel_user where status = 5
      union select c_id, user_id from session_rel_course_rel_user where status = 0) i
join user u on u.id = i.user_id

-- entidad: modulos
select c_id as curso, iid as modulo, null as codigoModulo, name as nombre, display_order as orden from c_lp

-- entidad: actividades
select c_id as curso, lp_id as modulo, iid as actividad, title as nombre
from c_lp_item where item_type not in ('root', 'dir', 'dokeos_chapter')
order by lp_id, display_order

-- entidad: avances
select v.c_id as curso, v.user_id as alumno, i.lp_item_id as actividad, 1 as completada
from c_lp_item_view i join c_lp_view v on v.iid = i.lp_view_id
where i.status in ('completed', 'passed', 'succeeded')

-- entidad: clics
select v.c_id as curso, v.user_id as alumno, i.lp_item_id as actividad, i.start_time as instante
from c_lp_item_view i join c_lp_view v on v.iid = i.lp_view_id where i.start_time > 0
union all
select c_id, access_user_id, null, unix_timestamp(access_date) from track_e_access
where access_user_id is not null and c_id > 0
`,
  },
  {
    // Its clicks come from the tracking log, its blocks from a table that a script of the guide fills.
    name: 'Open edX',
    sql: `-- entidad: cursos
select id as curso, display_name as nombre, \`start\` as inicio, \`end\` as fin from course_overviews_courseoverview

-- entidad: alumnos
select e.course_id as curso, u.id as alumno,
       case when json_valid(p.meta) then json_unquote(json_extract(p.meta, '$.rut')) end as rut,
       u.username as rut2, coalesce(nullif(p.name, ''), concat(u.first_name, ' ', u.last_name)) as nombre,
       e.is_active and u.is_active as activo
from student_courseenrollment e
join auth_user u on u.id = e.user_id
left join auth_userprofile p on p.user_id = u.id
where not exists (select 1 from student_courseaccessrole r
                  where r.user_id = u.id and r.course_id = e.course_id and r.role in ('staff', 'instructor', 'beta_testers'))

-- entidad: modulos
select curso, modulo, null as codigoModulo, max(nombre_modulo) as nombre, min(orden) as orden
from puente_bloques group by curso, modulo

-- entidad: actividades
select curso, modulo, actividad, nombre from puente_bloques

-- entidad: avances
select course_key as curso, user_id as alumno, block_key as actividad, modified as completada
from completion_blockcompletion where completion >= 1

-- zonaHoraria
select 'UTC'
`,
  },
];
