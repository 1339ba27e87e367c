import * as z from 'zod';

const idProceso = z.int().min(0).describe('Número del proceso; uno solo para todo el servicio [A 2].');
const respuestaSic = z.string().describe('Texto de SIC; `""` o `" "` cuando algo se rechazó [S, O].');

/** A student in an answer is an echo of what was sent: it can hold whatever the sender wrote. */
const eco = z
  .looseObject({})
  .describe('El alumno tal como se envió, más fechaEjecucion con hora si no venía [O].');

export const RespuestaAceptada = z
  .object({
    id_proceso: idProceso,
    envio: z.array(eco),
    errores: z.array(z.unknown()).max(0),
    respuesta_SIC: respuestaSic,
  })
  .describe('Todo quedó registrado [S].');

export const RespuestaConErrores = z
  .object({
    id_proceso: idProceso,
    datosEnviados: z
      .array(eco)
      .describe('Los alumnos que quedaron registrados, solo con sus módulos aceptados [A 3].'),
    datosError: z.array(
      z.object({
        alumno: z
          .unknown()
          .describe('El alumno tal como se envió; null cuando el error es de la llamada completa [A 2].'),
        codigo: z
          .string()
          .nullable()
          .describe('Código de la tabla 001–033; null donde no se publicó ninguno [A 5].'),
        mensaje: z.string(),
        codigoModulo: z.string().nullable().optional().describe('Solo cuando el error es de un módulo [O].'),
      }),
    ),
    respuesta_SIC: respuestaSic,
  })
  .describe('Algo se rechazó; lo demás quedó registrado [S].');

export const RespuestaError = z
  .object({ error: z.array(z.object({ mensaje: z.string() })).min(1) })
  .describe(
    'Credenciales no válidas (001, HTTP 200) o el servicio no pudo autenticar (002): no debe haberse registrado nada [S, A 1]; quien envía lo confirma en el historial.',
  );

/** Nearly every value of the history is text; many may be null. [I] */
const texto = z.string().nullable();

export const RegistroHistorial = z
  .object({
    id_registro: texto,
    rut_otec: texto.describe('Sin dígito verificador.'),
    dv_otec: texto,
    oferta_cod: texto,
    seccion_cod: texto.describe('El codigoGrupo [A 8].'),
    rut_alumno: texto,
    dv_alumno: texto,
    tiempo_conectividad: texto.describe('Segundos.'),
    estado: texto,
    porcentaje_avance: texto.describe('Con cinco decimales.'),
    fecha_inicio: texto,
    fecha_fin: texto,
    fecha_ejecucion: texto,
    mod_cod: texto,
    mod_tiempo_conectividad: texto.describe('Segundos.'),
    mod_estado: texto,
    mod_porcentaje_avance: texto.describe('Con cinco decimales.'),
    mod_fecha_inicio: texto,
    mod_fecha_fin: texto,
    mod_obligatorio: texto,
    mod_nota: texto,
    act_cod: texto,
    act_estado: texto,
    estado_registro: texto.describe('"1" aceptado, "3" rechazado.'),
    obs_registro: texto.describe('Por qué se rechazó; el código entre corchetes no es el de la tabla [I].'),
    id_proceso_externo: texto,
  })
  .describe('Un alumno × módulo de un proceso.');

export const ProcesoHistorial = z
  .object({
    id_proceso_externo: texto,
    id_lms: texto,
    codigo_externo: texto.describe('El codigoEnvio de quien envió.'),
    fecha: texto.describe('AAAA-MM-DD HH:MM:SS, hora de Santiago [A 8].'),
    horario: texto,
    observaciones: texto,
    observaciones_sic: texto,
    status_code: texto,
    estado: texto,
    rut_otec: texto.describe('Sin dígito verificador.'),
    listaregistros: z.array(RegistroHistorial),
  })
  .describe('Una llamada de enviarAvance, como el servicio la guarda.');

export const Historial = z.array(ProcesoHistorial).describe('Los procesos que cumplen los filtros [I].');
