-- Una plataforma hecha en casa, con sus propios nombres: cada consulta los traduce a los de docs/entidades.md.

-- entidad: cursos
select id as curso, titulo as nombre, codigo_sence as codigoOferta, parte as inicio, termina as fin
from capacitaciones

-- entidad: alumnos
select capacitacion_id as curso, persona_id as alumno, p.rut, p.nombres || ' ' || p.apellidos as nombre,
       case when m.retiro is null then 'sí' else 'no' end as activo
from matriculas m join personas p on p.id = m.persona_id

-- entidad: modulos
select capacitacion_id as curso, id as modulo, codigo as codigoModulo, titulo as nombre, lugar as orden
from unidades

-- entidad: actividades
select u.capacitacion_id as curso, u.id as modulo, t.id as actividad, t.titulo as nombre,
       t.evaluada as obligatoria, t.en_vivo as sincronica
from tareas t join unidades u on u.id = t.unidad_id

-- entidad: avances
select u.capacitacion_id as curso, h.persona_id as alumno, h.tarea_id as actividad, h.terminada as completada
from hechas h join tareas t on t.id = h.tarea_id join unidades u on u.id = t.unidad_id

-- entidad: notas
select capacitacion_id as curso, persona_id as alumno, unidad_id as modulo, porcentaje as nota
from calificaciones

-- entidad: clics
select capacitacion_id as curso, persona_id as alumno, unidad_id as modulo, cuando as instante
from visitas order by id

-- zonaHoraria
select 'America/Santiago'
