/** A small WordPress with Tutor LMS, on a clock fixed at UTC-3; everybody in it is invented. */
export const WORDPRESS: string[] = [
  `create table wp_posts (ID bigint unsigned primary key auto_increment, post_author bigint unsigned not null default 0,
     post_date datetime not null default '2026-01-01', post_date_gmt datetime not null default '2026-01-01',
     post_title text not null default '', post_status varchar(20) not null default 'publish',
     post_name varchar(200) not null default '', post_parent bigint unsigned not null default 0,
     menu_order int not null default 0, post_type varchar(20) not null default 'post')`,
  'create table wp_users (ID bigint unsigned primary key, user_login varchar(60), display_name varchar(250))',
  `create table wp_usermeta (umeta_id bigint unsigned primary key auto_increment, user_id bigint unsigned,
     meta_key varchar(255), meta_value longtext)`,
  `create table wp_options (option_id bigint unsigned primary key auto_increment, option_name varchar(191),
     option_value longtext not null)`,
  // As in 2.7.0: without the column \`result\`.
  `create table wp_tutor_quiz_attempts (attempt_id bigint primary key auto_increment, quiz_id bigint, user_id bigint,
     total_marks decimal(9,2), earned_marks decimal(9,2), attempt_status varchar(50), attempt_ended_at datetime)`,
  `create table wp_puente_clics (id bigint unsigned primary key auto_increment, user_id bigint unsigned,
     post_id bigint unsigned, course_id bigint unsigned, instante bigint unsigned)`,
  `insert into wp_options (option_name, option_value) values ('timezone_string', ''), ('gmt_offset', '-3'),
     ('tutor_option', 'a:1:{s:17:"quiz_grade_method";s:13:"highest_grade";}')`,
  `insert into wp_users values (1, 'jefa', 'Jefa del sitio'), (2, '11.111.111-1', 'Ana Ñancupil'),
     (3, 'bruno', 'Bruno Díaz'), (4, '14567890-0', 'Carla Cancela'), (5, '18901234-9', 'Darío Vuelve')`,
  "insert into wp_usermeta (user_id, meta_key, meta_value) values (3, 'rut', ' 12.345.678 – 5 ')",
  `insert into wp_posts (ID, post_type, post_parent, menu_order, post_title, post_status) values
     (9, 'courses', 0, 0, 'Bodega &amp; stock', 'private'),
     (10, 'topics', 9, 1, 'Recibir &amp; contar/PRES028008000558', 'publish'),
     (11, 'topics', 9, 2, 'Despachar / PRES028008000559', 'publish'),
     (12, 'topics', 9, 3, 'Despachar más/PRES028008000559', 'publish'),
     (13, 'topics', 9, 4, 'Extras', 'publish'),
     (20, 'lesson', 10, 1, 'Recibir', 'publish'), (21, 'lesson', 10, 2, 'Oculta', 'draft'),
     (22, 'tutor_quiz', 10, 3, 'Prueba', 'publish'), (23, 'lesson', 11, 1, 'Despachar', 'publish'),
     (24, 'lesson', 12, 1, 'Rutas', 'publish'), (25, 'lesson', 13, 1, 'Glosario', 'publish'),
     (26, 'tutor_assignments', 11, 2, 'Tarea', 'publish'), (27, 'lesson', 0, 0, 'Huérfana', 'publish')`,
  `insert into wp_posts (post_type, post_parent, post_author, post_status, post_date, post_date_gmt) values
     ('tutor_enrolled', 9, 2, 'completed', '2026-08-03 22:58:13', '2026-08-04 01:58:13'),
     ('tutor_enrolled', 9, 3, 'completed', '2026-08-04 23:30:00', '2026-08-05 03:30:00'),
     ('tutor_enrolled', 9, 4, 'cancelled', '2026-08-04 10:00:00', '2026-08-04 13:00:00'),
     ('tutor_enrolled', 9, 5, 'cancel', '2026-08-04 10:00:00', '2026-08-04 13:00:00'),
     ('tutor_enrolled', 9, 5, 'completed', '2026-08-20 10:00:00', '2026-08-20 13:00:00'),
     ('tutor_enrolled', 9, 77, 'completed', '2026-08-04 10:00:00', '2026-08-04 13:00:00')`,
  // 2026-08-04 10:00:00 on the site's clock, dressed as seconds since 1970; one twice, one of a hidden lesson.
  `insert into wp_usermeta (user_id, meta_key, meta_value) values
     (2, '_tutor_completed_lesson_id_20', '1785837600'), (2, '_tutor_completed_lesson_id_20', '1785837601'),
     (2, '_tutor_completed_lesson_id_21', '1785837600'), (2, '_tutor_completed_lesson_id_99', '1785837600'),
     (2, '_tutor_completed_lesson_id_24', '1785837600'), (1, '_tutor_completed_lesson_id_20', '1785837600')`,
  `insert into wp_tutor_quiz_attempts (quiz_id, user_id, total_marks, earned_marks, attempt_status, attempt_ended_at) values
     (22, 2, 3, 1, 'attempt_ended', '2026-08-05 10:00:00'), (22, 2, 3, 2, 'attempt_ended', '2026-08-06 10:00:00'),
     (22, 2, null, 0, 'attempt_timeout', '2026-08-07 10:00:00'), (22, 3, 3, 0, 'attempt_started', null)`,
  // The course's page, a lesson, a hidden lesson, a page that is gone, and 2701 seconds later; somebody not enrolled.
  `insert into wp_puente_clics (user_id, post_id, course_id, instante) values
     (2, 9, 9, 1785848400), (2, 20, 9, 1785848410), (2, 21, 9, 1785848430), (2, 99, 9, 1785848470),
     (2, 24, 9, 1785848550), (2, 24, 9, 1785851251), (1, 20, 9, 1785848400), (1, 20, 9, 1785848500)`,
];
