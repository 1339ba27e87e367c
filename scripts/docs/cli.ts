import { describeCommands } from 'puente-sic';

/** `docs/cli.md`: every command as its own help tells it, and what `--json` prints, in Markdown. */
export function cliReference(): string {
  const commands = describeCommands();
  const known = Object.keys(JSON_OUTPUTS);
  const undocumented = commands.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  const gone = known.filter((name) => !commands.some((command) => command.name === name));
  if (undocumented.length + gone.length > 0) {
    throw new Error(
      `scripts/docs/cli.ts: no --json of ${undocumented.join(', ')}; no command ${gone.join(', ')}`,
    );
  }
  return [
    '<!-- Generado desde el programa con «npm run docs»: no se edita a mano. -->',
    '# Los comandos de puente',
    INTRODUCTION,
    '| comando | qué hace |\n|---|---|\n' +
      commands
        .map(({ name, description }) => `| [\`${name}\`](#${anchor(name)}) | ${description} |`)
        .join('\n'),
    ...commands.map(({ name, help }) => section(name, help)),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(name: string, help: string): string {
  return [`## ${name}`, `\`\`\`text\n${help}\n\`\`\``, `**\`--json\`** ${JSON_OUTPUTS[name]}`].join('\n\n');
}

function anchor(name: string): string {
  return name.replaceAll(' ', '-');
}

const INTRODUCTION = `Se ejecuta como \`npx puente …\` desde la carpeta del proyecto, después de \`npm ci\`.

**Conexión.** Por \`puente.yaml\` ([cada clave](configuracion.md)), o por \`--gestor\`, \`--rut-otec\` y la variable
\`SENCE_TOKEN\`. Las opciones ganan sobre el archivo. Con \`--gestor\` y \`--rut-otec\` a la vez, el token es el de
\`SENCE_TOKEN\`; con \`--rut-otec\` solo, \`SENCE_TOKEN\` se usa si el archivo no tiene el token de esa OTEC. El archivo
\`./puente.yaml\` puede faltar; uno nombrado con \`--config\`, no.

**Estado.** Lo enviado se anota en \`--datos\`, si no en la carpeta de la variable \`PUENTE_DATOS\`, si no en \`./.puente\`.

**Códigos de salida.** Son siempre estos:

| código | significa |
|---|---|
| 0 | todo bien |
| 1 | hay datos rechazados, retenidos o inválidos, o diferencias |
| 2 | uso o configuración incorrectos; un archivo que falta o que no se puede leer (también un JSON mal escrito) |
| 3 | sin conexión o sin autenticación; no se envió nada, o SENCE dijo que no lo recibió |
| 4 | no se sabe qué pasó con algún envío; la próxima ejecución lo averigua |
| 130 | se cortó con Ctrl-C; donde hay algo en curso, el primer Ctrl-C lo deja terminar y el segundo lo corta |

Cuando se juntan varios: 4, después 3 (solo si ningún curso se envió), después 1. Un defecto del programa termina en 4 si se
estaba enviando, y en 2 si no. \`puente servir\` no termina por lo que diga puente.yaml: el panel queda abierto y muestra la
línea.

**Para otros programas.** Con \`--json\` la salida estándar trae un solo documento JSON y nada más; los avisos van por la
salida de error. Con los códigos 2 y 3 ese documento es \`{ "error": { "mensaje", "queHacer" } }\`. Estas formas son
estables: pueden ganar claves, no perderlas ni cambiarlas de sentido. Sin \`--json\`, el color y la barra de progreso
aparecen solo en un terminal y respetan \`NO_COLOR\`.`;

const HALLAZGO =
  '`{ "codigo", "ruta", "mensaje", "queHacer", "gravedad": "error|aviso", "rut", "codigoModulo", "lugar" }`; `codigo` es `null` donde no hay código oficial, y las tres últimas claves faltan donde no corresponden';
const ENVIOS =
  '`{ "historial": [ { "rutOtec", "motivo": "registro-vacio|respaldo-restaurado", "procesos", "registros", "enviosRestaurados" } ], "envios": [ { "codigoEnvio", "rutOtec", "codigoOferta", "codigoGrupo", "titulo", "idProceso", "resultado": "aceptado|parcial|rechazado|retenido|incierto", "aceptados", "rechazados", "retenidos", "errores": [ { "rut", "codigoModulo", "codigo", "origen": "gestor|previa", "mensaje", "explicacion", "queHacer", "lugar" } ], "avisos": [ hallazgos ] } ], "yaEnviados": [ { "rutOtec", "codigoOferta", "codigoGrupo", "titulo", "registros", "enviado" } ], "noEnviados": [ { "rutOtec", "codigoOferta", "codigoGrupo", "motivo", "mensaje", "queHacer" } ], "noEntregados": [ { "fuente", "curso", "codigoOferta", "codigoGrupo", "causa": "missing|group-missing|unreadable|no-codes|withheld|down|sin-alumnos", "mensaje", "queHacer", "hallazgos" } ], "ausentes": [ { "rutOtec", "codigoOferta", "codigoGrupo", "titulo", "rut", "nombre", "mensaje", "queHacer" } ], "hallazgos", "fallas" }`. `ausentes` es quién se envió la última vez y ya no está en la fuente, o un módulo que ya no viene (`rut` es `null` si falta para todos). `historial` dice de qué OTEC hubo que leer primero el historial de SENCE, porque este equipo no sabía qué se envió antes (vacío lo normal); `yaEnviados` es lo que SENCE ya aceptó hoy con los mismos valores y no se repitió; `noEntregados`, los cursos pedidos que su fuente no entregó o que no tienen alumnos. Las cuentas son de registros alumno × módulo; `retenido` es un curso del que no quedó nada por enviar (`codigoEnvio` e `idProceso` son `null`); `rut` y `codigoModulo` son `null` cuando el error es de todo el curso o de todos los módulos del alumno.';
const PREVIA =
  '`{ "cursos": [ { "rutOtec", "codigoOferta", "codigoGrupo", "titulo", "cuerpo": el cuerpo de la API sin el token (`null` si no queda nada por enviar), "retenidos": [ { "rut", "codigoModulo", "codigo", "mensaje", "queHacer", "lugar" } ], "hallazgos", "yaEnviados": registros que ya están en SENCE con los mismos valores } ], "noEntregados": como en `enviar`, "hallazgos", "fallas": [ { "fuente", "mensaje", "queHacer", "tipo" } ] }`. Los hallazgos son como en `validar`.';
const SERVICIO = '`{ "url", "puerto" }`, una vez que atiende.';

/** Of each command, what its `--json` prints. */
const JSON_OUTPUTS: Record<string, string> = {
  'puente demo':
    '`{ "ayer", "hoy", "corregido": como `enviar`, "previa": como `previsualizar`, "historial": como `historial` }`; con `--panel`, `{ "panel", "enlace", "usuario", "clave", "sandbox", "planillas" }` al comenzar.',
  'puente init': '`{ "archivo" }`, después de las preguntas.',
  'puente plantilla': '`{ "archivos": [rutas] }`.',
  'puente validar': `\`{ "valido", "hallazgos" }\`. Cada hallazgo es ${HALLAZGO}. Solo un \`error\` hace que \`valido\` sea falso y la salida 1. \`ruta\` es el lugar en el JSON; en una planilla, el archivo con su hoja, fila y columna.`,
  'puente probar':
    '`{ "pruebas": [ { "rutOtec", "gestor", "alcanzado", "tokenAceptado", "milisegundos", "relojAdelantadoSegundos", "mensaje", "queHacer" } ] }`. Con `--oficial`: `{ "puente", "gestor", "fecha", "hallazgos": [ { "id", "supone", "resultado", "observado" } ] }`.',
  'puente previsualizar': PREVIA,
  'puente enviar': ENVIOS,
  'puente errores':
    '`{ "errores": [ como los `errores` de `enviar`, con "rutOtec", "codigoOferta", "codigoGrupo", "codigoEnvio", "desde", "ultimaVez" ] }`.',
  'puente estado':
    '`{ "noches": [ { "rutOtec", "noche", "estado" ("bien", "mal"), "titulo", "mensaje", "queHacer", "cursos": [ { "curso", "estado", "situacion" ("hecha", "pendiente", "esperando", "perdida", "recuperada"), "causa", "motivo", "proximo" } ], "dichos": [ { "fuente", "curso", "codigoOferta", "codigoGrupo", "titulo", "rut", "nombre", "causa", "gravedad" ("rojo", "amarillo", "gris"), "mensaje", "queHacer" } ], "problemas", "enCurso": { "noche", "termina", "hechos", "cursos", "dichos" } o `null` } ], "erroresAbiertos", "sinRespuesta": [ { "codigoEnvio", "titulo", "noche", "registros", "espera": { "hasta", "mensaje" } } ] }`, una noche por OTEC. La salida es 1 si alguna está mal o hay envíos sin respuesta.',
  'puente servir':
    '`{ "otecs": [RUT], "panel": dirección, "salud": dirección, "enlace" }` al comenzar; `otecs` está vacía mientras falte la puesta en marcha; `enlace` crea la primera cuenta, y es `null` si ya hay una.',
  'puente noche':
    '`[ { "rutOtec", "otec", "noche": { "kind": "lista", "noche", "perdidos" } o { "kind": "falta", "noche", "cierra" } o { "kind": "cerrada", "abre" } } ]`; mientras trabaja no escribe nada más.',
  'puente enlace': '`{ "enlace": dirección, "archivo": dónde quedó escrito }`.',
  'puente historial':
    '`{ "procesos": [ { "rutOtec", "idProceso", "codigoEnvio", "fecha", "observaciones", "aceptados", "rechazados", "sinEstado", "registros": [ { "rut", "codigoOferta", "codigoGrupo", "codigoModulo", "porcentajeAvance", "estado": "aceptado|rechazado|desconocido", "codigo", "mensaje" } ] } ] }`. `fecha` es como la escribe SENCE; `codigoGrupo` es `null` donde el historial no lo dice.',
  'puente sincronizar':
    '`{ "sincronizados": [ { "rutOtec", "desde", "procesos", "registros", "nuevos", "cambiados", "enviosRestaurados", "nochesRestauradas", "ilegibles", "cortado", "avisos": [ texto ], "falla" } ] }`. `desde`: desde qué día se leyó, o `null`: todo.',
  'puente conciliar':
    '`{ "comparados", "iguales", "diferencias": [ { "rutOtec", "codigoOferta", "codigoGrupo", "rut", "codigoModulo", "tipo": "falta-en-sence|valor-distinto|desconocido-en-lms|salio-del-lms|nunca-enviado|retenido", "lms", "registro", "sence", "distintos": [ { "campo": "modulo.tiempoConectividad", "nombre", "lms", "registro", "sence" } ], "explicacion", "queHacer" } ], "fallas", "sinHistorial", "avisos": [ { "rutOtec", "mensaje" } ], "sinComparar" }`.',
  'puente explicar':
    'la explicación completa: curso, cuentas, grupos, fechas, avance, tiempo, notas y estado del alumno y de cada módulo, con sus actividades y, donde se conocen, los días y sesiones.',
  'puente evidencia': '`{ "archivo", "envios", "registros", "huella" }`.',
  'puente verificar':
    '`{ "valido", "huella", "problemas": [ { "nombre", "problema": "cambiado|falta|sobra" } ], "manifiesto" }`.',
  'puente bitacora verificar':
    '`{ "valido", "cabeza", "hechos", "roto": el primer hecho que no está como se anotó, o `null`; "contiene": si la cabeza dada sigue ahí, o `null` }`.',
  'puente respaldar': '`{ "archivo" }`.',
  'puente restaurar':
    '`{ "datos", "anterior": dónde quedó lo que había, o `null`; "borrados", "porBorrar": personas ya borradas que se volvieron a sacar, y que faltan }`.',
  'puente token guardar': '`{ "rutOtec", "guardado": true }`.',
  'puente token borrar': '`{ "rutOtec", "guardado": false }`.',
  'puente persona exportar':
    '`{ "archivo", "registros", "planillas": las que también la tienen }`. Sale con 2 si no hay nada de ella.',
  'puente aclarar': '`{ "codigoEnvio", "recibido" }`.',
  'puente persona borrar':
    '`{ "borrado": { "envios", "aceptados", "errores" }, "archivos": de los que se sacó, "respaldos" y "planillas": los que todavía la tienen, "clics": archivos con clics de cuentas que no se sabe de quién son, "sinPlanillas": no se revisaron, "enFuente": cursos en que la vio la última noche }`. Sale con 2 si no había nada de ella.',
  'puente persona informar': '`{ "informada": true, "borrado": el día en que se borró }`.',
  'puente moodle permisos':
    '`{ "revisiones": [ { "fuente", "falta", "opcional", "sinNombre", "puedeEscribir", "sql" } ] }`; con `--motor`, `{ "sql" }`; con `--servicios-web`, `{ "guia", "permisos" }`.',
  'puente moodle revisar':
    '`{ "revisiones": [ { "fuente", "hallazgos": [ como en `validar`, con "peso": "impide|alumnos|cifras|consejo" y "curso" ] } ] }`.',
  'puente fuente revisar':
    '`{ "revisiones": [ { "fuente", "entidades": [ { "entidad", "lugar" (`null`: no se entrega), "filas", "columnas": [ { "campo", "columna" (`null`: no está) } ], "sobran", "problema": { "mensaje", "queHacer" } o `null` } ], "cursos": [ { "curso", "nombre", "alumnos", "modulos", "actividades" } ], "hallazgos": como en `moodle revisar` } ] }`. `cursos` está vacía mientras una entidad no se pueda leer.',
  'puente fuente clave': '`{ "nombre", "clave" }`; con `--quitar`, `{ "nombre", "quitada": true }`.',
  'puente fuente aceptar': '`{ "curso", "aceptada": true }`.',
  'puente gestor servir': SERVICIO,
  'puente gestor sandbox': SERVICIO,
  'puente gestor certificar': `${SERVICIO} Con \`--verificar\`: \`{ "valido", "certificado", "resultado", "huella", "informe" }\`.`,
  'puente gestor importar':
    '`{ "otecs", "tokens", "alumnos", "cursos", "modulos", "inscripciones": { "agregados", "cambiados", "cerrados" }, "avisos" }`.',
  'puente gestor importar-valores': '`{ "procesos", "valores", "conocidos", "sinCurso", "ilegibles" }`.',
  'puente gestor espejo':
    '`{ "llamadas", "registros", "iguales", "desacuerdos": [ { "nuestro", "suyo", "registros", "ejemplos": [ { "linea", "donde", "codigoModulo", "mensaje" } ] } ], "sinComparar": [ { "motivo", "lineas", "primeras" } ] }`.',
  'puente gestor publicar': '`{ "resultado", "dia", "procesos" }`.',
  'puente gestor archivar':
    '`{ "meses": [ { "mes", "procesos", "registros", "carpeta", "bytes" } ] }`. Con `--verificar`: `{ "verificados": [ { "carpeta", "mes" (`null`: sin manifiesto), "procesos", "registros", "huella", "problemas" } ] }`.',
};
