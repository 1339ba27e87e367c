-- La base de la plataforma, con gente inventada: sqlite3 aula.db < base.sql
create table capacitaciones (id integer primary key, titulo text, codigo_sence text, parte text, termina text);
create table personas (id integer primary key, rut text, nombres text, apellidos text);
create table matriculas (capacitacion_id integer, persona_id integer, retiro text);
create table unidades (id integer primary key, capacitacion_id integer, codigo text, titulo text, lugar integer);
create table tareas (id integer primary key, unidad_id integer, titulo text, evaluada integer, en_vivo integer);
create table hechas (persona_id integer, tarea_id integer, terminada text);
create table calificaciones (capacitacion_id integer, persona_id integer, unidad_id integer, porcentaje real);
create table visitas (id integer primary key, capacitacion_id integer, persona_id integer, unidad_id integer, cuando text);

insert into capacitaciones values (1, 'Atención de público', 'CAP-26-03-01-0007-1', '2026-03-09', '2026-04-30');
insert into personas values (1, '11.111.111-1', 'Ana', 'Ñancupil Soto'), (2, '12.345.678-5', 'Bruno', 'Díaz Leal'),
  (3, '9.876.543-3', 'Carla', 'Fuentes Ríos');
insert into matriculas values (1, 1, null), (1, 2, null), (1, 3, '2026-03-20');
insert into unidades values (1, 1, 'PRES028008000701', 'Saludar', 1), (2, 1, 'PRES028008000702', 'Escuchar', 2);
insert into tareas values (1, 1, 'Leer la guía', 1, 0), (2, 1, 'Prueba', 1, 0), (3, 1, 'Clase en vivo', 1, 1),
  (4, 2, 'Foro', 1, 0), (5, 2, 'Glosario', 0, 0);
insert into hechas values (1, 1, '2026-03-10 10:20:00'), (1, 2, '2026-03-11 11:00:00'), (1, 3, '2026-03-12 19:00:00'),
  (1, 4, '2026-03-20 09:30:00'), (2, 1, '2026-03-15 22:10:00');
insert into calificaciones values (1, 1, 1, 85), (1, 1, 2, 90), (1, 1, null, 88);
insert into visitas (capacitacion_id, persona_id, unidad_id, cuando) values
  (1, 1, 1, '2026-03-10 10:00:00'), (1, 1, 1, '2026-03-10 10:20:00'), (1, 1, 2, '2026-03-10 10:45:00'),
  (1, 1, 1, '2026-03-11 10:30:00'), (1, 1, 1, '2026-03-11 11:00:00'),
  (1, 2, 1, '2026-03-15 22:00:00'), (1, 2, 1, '2026-03-15 22:10:00');
