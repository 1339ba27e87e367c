import { z } from 'zod';
import { entregasPaths } from './api/entregas.ts';
import { API, falla, type Nombre, type Ruta } from './api.ts';

/** The API as OpenAPI 3.1, for programs that use it with a key of their own. */
export function panelOpenApi({ version }: { version: string }): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, route] of Object.entries<Ruta>(API)) {
    const path = route.ruta.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.metodo.toLowerCase()]: operation(operationId as Nombre, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'API del panel de puente',
      version,
      description:
        'Lo mismo que muestra el panel, para otros programas: con una clave de API que crea un administrador en Ajustes. Los instantes son ISO 8601 en UTC; las fechas, YYYY-MM-DD en Chile continental; los porcentajes van de 0 a 100 y los tiempos son segundos.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:4350', description: 'puente servir, en el mismo computador' }],
    security: [{ clave: [] }, { sesion: [] }],
    paths: { ...paths, ...entregasPaths() },
    components: {
      securitySchemes: {
        clave: { type: 'http', scheme: 'bearer', description: 'Clave de API.' },
        entrega: {
          type: 'http',
          scheme: 'bearer',
          description:
            'Clave de «puente fuente clave»: entrega los cursos de una OTEC y pregunta qué pasó con ellos.',
        },
        sesion: {
          type: 'apiKey',
          in: 'cookie',
          name: 'puente_sesion',
          description: 'La sesión de un navegador; lo que cambia algo lleva además la cabecera X-Puente: 1.',
        },
      },
      schemas: { Falla: schemaOf(falla, 'output') },
    },
  };
}

function operation(
  operationId: Nombre,
  { ruta, rol, persona = rol === 'sesion', filtro, pide, recibe, responde }: Ruta,
): object {
  const least = `Desde el rol «${rol === 'sesion' ? 'lector' : rol}»`;
  const parameters = [
    ...[...ruta.matchAll(/:(\w+)/g)].map(([, name]) => ({
      ...{ name, in: 'path', required: true },
      schema: { type: 'string' },
    })),
    ...(filtro ? queryOf(filtro) : []),
  ];
  const type = typeof responde === 'string' ? responde : 'application/json';
  const schema = typeof responde === 'string' ? { type: 'string' } : schemaOf(responde, 'output');
  return {
    operationId,
    summary: RESUMEN[operationId],
    description: rol === 'nadie' ? 'Sin sesión.' : `${least}${persona ? ', con su propia sesión' : ''}.`,
    ...(rol === 'nadie' && { security: [] }),
    ...(persona && { security: [{ sesion: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(pide && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(pide, 'input') } } },
    }),
    ...(recibe && {
      requestBody: {
        required: true,
        content: { [recibe]: { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: {
      [operationId === 'enviar' ? '202' : '200']: { description: 'Bien.', content: { [type]: { schema } } },
      '4XX': FALLA,
      '5XX': FALLA,
    },
  };
}

function queryOf(filtro: z.ZodObject): object[] {
  const { properties = {}, required = [] } = schemaOf(filtro, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name) },
    schema: Object.keys(schema).length === 0 ? { type: 'integer' } : schema,
  }));
}

function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
}

const FALLA = {
  description: 'Qué pasó y qué hacer.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Falla' } } },
};

const RESUMEN: Record<Nombre, string> = {
  sesion: 'Quién está en la sesión, o si el panel espera a su primer administrador',
  abrirEnlace: 'Con el enlace de la consola: abre una sesión, o crea o recupera a un administrador',
  ingresar: 'Abre una sesión',
  salir: 'Cierra la sesión',
  cambiarClave: 'Cambia la clave propia y cierra las demás sesiones',
  hoy: 'La noche de un vistazo: ventana, cursos, noches perdidas',
  errores: 'Lo rechazado y lo retenido que falta corregir',
  curso: 'Un curso como está en la fuente, junto a lo último aceptado por SENCE',
  calendario: 'Cada noche de un curso, desde la primera que se conoce',
  prevision: 'Lo que se enviaría ahora, sin enviarlo',
  alumno: 'Todo lo enviado de un alumno en un curso, y qué respondió SENCE',
  explicacion: 'De dónde sale cada cifra de un alumno, según la fuente',
  envios: 'Los envíos, del más nuevo al más antiguo',
  nochesEnviadas: 'Lo enviado, una línea por curso y noche, contado en alumnos',
  envio: 'Un envío con su cuerpo, sin token, y su respuesta',
  buscarEnvios: 'Pregunta ahora al historial de SENCE por los envíos sin respuesta',
  comprobacion: 'Comprueba ahora que nadie cambió la bitácora',
  resumenDeEvidencia: 'De cuántos envíos hay prueba, por curso',
  conciliacion: 'La plataforma, puente y el historial de SENCE, y en qué difieren',
  conciliacionCsv: 'Las diferencias, para una planilla de cálculo',
  evidencia: 'Un ZIP para una auditoría',
  salud: 'Si la última noche y las conexiones están bien',
  eventos: 'Lo que va pasando, mientras pasa (server-sent events)',
  trabajos: 'Los envíos que alguien pidió desde que puente está funcionando',
  trabajo: 'Cómo va un envío que alguien pidió',
  enviar: 'Envía ahora',
  marcarErrores: 'Marca errores como conocidos, o deja de hacerlo',
  decisiones: 'Lo que se decidió de cursos, alumnos y módulos, también lo que ya no vale',
  decidir: 'Decide algo de un curso, un alumno o un módulo',
  deshacerDecision: 'Deshace una decisión',
  aclararEnvio: 'Dice si SENCE recibió un envío incierto que el historial no aclara',
  probarConexion: 'Prueba si se llega a SENCE y si acepta el token',
  segundoPaso: 'Si la cuenta propia pide un código además de la clave',
  secretoDeSegundoPaso: 'Un secreto nuevo para la aplicación del teléfono; no se guarda',
  ponerSegundoPaso: 'Pide desde ahora un código además de la clave',
  quitarSegundoPaso: 'Deja de pedirlo',
  usuarios: 'Las cuentas',
  crearUsuario: 'Crea una cuenta',
  cambiarUsuario: 'Cambia el rol o la clave de una cuenta',
  borrarUsuario: 'Borra una cuenta',
  clavesApi: 'Las claves de API',
  crearClaveApi: 'Crea una clave de API, que se muestra una sola vez',
  borrarClaveApi: 'Quita una clave de API',
  bitacora: 'Quién hizo qué',
  exportarPersona: 'Todo lo que hay de una persona',
  pedidosDeBorrado: 'Los borrados de personas que alguien pidió y otra persona no confirmó todavía',
  pedirBorrado: 'Pide borrar los datos de una persona',
  confirmarBorrado: 'Confirma, como segunda persona, y borra',
  retenerBorrado: 'Retiene un borrado, con el motivo por escrito',
  soltarBorrado: 'Deja de retener un borrado',
  retirarBorrado: 'Retira un pedido de borrado, sin borrar nada',
  instalacion: 'Cómo está instalado puente: OTEC, fuentes, cursos, reglas y lo que falta; nunca un secreto',
  cambiarInstalacion: 'Cambia la dirección del Gestor o las reglas con que se lee Moodle',
  cambiarOtec: 'Agrega o cambia una OTEC: nombre, token, ventana, resumen',
  borrarOtec: 'Quita una OTEC',
  probarOtec: 'Prueba un token antes de guardarlo',
  crearCanal: 'Agrega un correo o un webhook al que se avisa',
  cambiarCanal: 'Cambia qué avisos recibe un correo o un webhook',
  borrarCanal: 'Quita un correo o un webhook',
  probarCanal: 'Entrega un aviso de prueba',
  probarFuente: 'Prueba si una fuente se puede leer, sin guardarla',
  otrosLms: 'Los LMS, fuera de Moodle, cuyas consultas vienen con puente, y consultas para completar',
  conectarFuente: 'Prueba si se entra a la base de datos de una fuente, y qué tablas se ven; no guarda nada',
  revisarFuente:
    'Lee un LMS que no es Moodle y muestra qué se entendió de cada entidad, y un alumno como lo recibiría SENCE; no guarda ni envía nada',
  cambiarFuente:
    'Agrega o cambia una fuente; la de un LMS que no es Moodle, si lo que enviaría pasa la revisión',
  borrarFuente: 'Quita una fuente y los cursos que se leían de ella',
  recibirArchivo: 'Deja un archivo en la carpeta de una fuente de archivos',
  cursosSugeridos: 'Los cursos de una fuente, con los códigos que se encontraron y dónde',
  cambiarCursos: 'Decide qué cursos de una fuente se informan y con qué códigos',
  cambiarReglasDeCurso: 'Cambia qué se hace cuando un avance baja y si se envía todo o solo lo que cambió',
  buscar: 'Cursos y alumnos por nombre, RUT o código',
  planillas: 'Las planillas en uso y las que dejaron de usarse',
  mirarPlanilla: 'Lo que cambiaría con una planilla, alumno por alumno, sin guardarla',
  mirarColumnas: 'Qué se entiende por cada columna de una planilla, con lo que trae, sin guardarla',
  plantilla: 'Una planilla de Excel para llenar, con un ejemplo y qué va en cada columna',
  decirColumnas: 'Dice qué es cada columna, por su nombre; se recuerda junto a las planillas de la fuente',
  guardarPlanilla: 'Guarda una planilla; las que reemplaza quedan apartadas',
  quitarPlanilla: 'Aparta una planilla: sus cursos dejan de informarse',
  recuperarPlanilla: 'Vuelve a usar una planilla apartada',
  porCerrar: 'Los cursos que terminan pronto o que terminaron y siguen sin cerrar',
  diasDeCierre: 'Cambia con cuántos días de anticipación entra un curso a Por cerrar',
  sesionesDeCurso: 'Dice qué alumnos aparecen en la descarga de sesiones de GCA',
  minimosDeOtec: 'Los mínimos y el valor por alumno que la OTEC define para sus cursos',
  minimosDeCurso: 'Los mínimos y el valor por alumno de un curso',
  programaDeCurso: 'El programa de un curso: franquicia, social u otro',
  marcarPaso: 'Marca hecho, o no hecho, un paso del cierre de un curso',
  ejemplos: 'Los archivos que ofrece un ensayo, para probar a subirlos',
  ejemplo: 'Uno de esos archivos',
  previsionTotal: 'Lo que se enviaría ahora de todos los cursos, sin enviarlo',
};
