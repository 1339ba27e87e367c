/** What no source says of the real service, and what we take it to do. Texts in Spanish: they are read in docs. */
export interface Supuesto {
  /** What the switch does. */
  texto: string;
  /** Why it starts as it does. */
  base: string;
  valor: boolean | number | string;
  /** The finding of the official test (`puente probar --oficial`) that shows it; left out: that test does not. */
  prueba?: string;
  /** What of the real service settled it: when and by whom it was seen. Left out: it is open. */
  zanjado?: string;
}

/**
 * Each assumption of the Gestor (PROTOCOL, "Not published" and "Open, both must work") as one entry: the switch that
 * changes it once the real service has been seen to do otherwise. `docs/supuestos.md` is generated from here.
 */
export const SUPUESTOS = {
  prefijoModulo: {
    texto: 'Un error de módulo lleva este texto delante de su mensaje; los de alumno y de llamada, ninguno.',
    base: 'Observado en producción para el 025; el 012 de la capacitación viene sin él.',
    valor: 'Uno o mas errores encontrados: ',
  },
  codigo025EnHistorial: {
    texto:
      'Lo que el historial pone entre corchetes para un 025 en obs_registro; los demás códigos van como son.',
    base: 'El ejemplo del Instructivo muestra [010].',
    valor: '010',
  },
  porcentajeMaximo: {
    texto: 'Un porcentaje o una nota mayor se rechaza con el código de su campo.',
    base: 'El Instructivo dice 0 a 100 sin publicar un código para el exceso.',
    valor: 100,
  },
  rechazarPorcentajeIgual: {
    texto: 'Un porcentaje de módulo igual al último aceptado se rechaza con 025.',
    base: 'La tabla de códigos y la prueba oficial (0 una y otra vez) dicen que solo se rechaza uno menor.',
    valor: false,
    prueba: 'porcentaje-igual',
  },
  avancePorDia: {
    texto:
      'El 025 compara con el último porcentaje aceptado en un día anterior (de Santiago); si no, con el último que llegó.',
    base: 'El Instructivo (p. 40) habla de días; la tabla de códigos y los ejemplos, del anterior.',
    valor: false,
  },
  exigirOrdenDeFechas: {
    texto: 'Una fechaFin anterior a su fechaInicio se rechaza con 027.',
    base: 'El propio anexo del Instructivo trae una así, aceptada.',
    valor: false,
  },
  fechaFinVacia: {
    texto:
      'Una fechaFin vacía ("") de un alumno se acepta; la de un módulo no, que para ella está publicado el 027.',
    base: 'El Instructivo (p. 27) dice que una fecha nula «termina en error»; un emisor en uso la manda vacía.',
    valor: false,
  },
  exigirActividades: {
    texto: 'Un módulo sin listaActividades, o con ella vacía, se rechaza sin código oficial.',
    base: 'El Instructivo dice que se valida; ninguna fuente publica código ni texto.',
    valor: false,
  },
  exigirEjecucionEnCurso: {
    texto: 'Una fechaEjecucion fuera de las fechas del alumno se rechaza sin código oficial.',
    base: 'Producción aceptó 2023-07-21 en un curso que terminó el 2021-12-31.',
    valor: false,
  },
  tokenExacto: {
    texto: 'El token se compara tal cual: en minúsculas no vale.',
    base: 'La capacitación dice «todo el token debe ser con caracteres en mayúscula».',
    valor: true,
  },
  errorConAlumnoEntero: {
    texto:
      'En datosError, el alumno de un error de módulo va con todos sus módulos y no sólo con el rechazado.',
    base: 'Los ejemplos traen un único módulo por alumno; con uno solo la respuesta no crece al cuadrado.',
    valor: false,
  },
  ecoParcialVacio: {
    texto: 'En una respuesta con errores, datosEnviados va vacío; si no, trae a los que entraron.',
    base: 'Así está en todos los ejemplos publicados, pero cada uno tiene un solo alumno, el rechazado.',
    valor: false,
    prueba: 'eco-parcial',
  },
  ecoFechaAlFinal: {
    texto:
      'El eco de un alumno que no trae fechaEjecucion la agrega como última clave y con la hora; si no, después de fechaFin y a las 00:00:00.',
    base: 'El ejemplo de la capacitación la trae después de fechaFin; en producción se ha visto como última clave.',
    valor: false,
    prueba: 'eco-fecha',
  },
  seccionConModulo: {
    texto: 'En el historial, seccion_cod trae el código del módulo; si no, el del grupo.',
    base: 'El manual dice que es el grupo; en el único historial oficial es igual a mod_cod.',
    valor: false,
    prueba: 'historial-seccion',
  },
  historialEnUtc: {
    texto: 'La fecha de un proceso en el historial, y fechaDesde, van en UTC; si no, en hora de Santiago.',
    base: 'Las horas publicadas calzan con la ventana de 22:00 a 00:00 sólo si dos de ellas son UTC; no está probado.',
    valor: false,
    prueba: 'historial-hora',
  },
  estadoIlegible: {
    texto: 'Estado HTTP con que se responde a un cuerpo o un parámetro que no se puede leer.',
    base: 'Sólo está atestiguado el 200 de un token malo; de lo ilegible nadie ha publicado nada.',
    valor: 400,
  },
} as const satisfies Record<string, Supuesto>;

type Widen<T> = T extends boolean ? boolean : T extends number ? number : string;

/** How many assumptions there are, and how many of them the real service has settled. */
export function countSupuestos(): { todos: number; abiertos: number; zanjados: number } {
  const all: readonly Supuesto[] = Object.values(SUPUESTOS);
  const zanjados = all.filter(({ zanjado }) => zanjado !== undefined).length;
  return { todos: all.length, abiertos: all.length - zanjados, zanjados };
}

/**
 * `nombre=valor` as a person writes it, in the type that the assumption has.
 * @returns null where there is no such assumption, or the value is not of its type.
 */
export function readSupuesto(text: string): Partial<Supuestos> | null {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? [];
  const entries: Readonly<Record<string, Supuesto>> = SUPUESTOS;
  const read = Object.hasOwn(entries, name) ? readers[typeof entries[name]?.valor]?.(value) : undefined;
  return read === undefined ? null : { [name]: read };
}

const readers: Readonly<Record<string, (value: string) => Supuesto['valor'] | undefined>> = {
  boolean: (value) => ({ true: true, false: false })[value],
  number: (value) => (/^\d{1,9}$/.test(value) ? Number(value) : undefined),
  string: (value) => value,
};

/** The value of each assumption. */
export type Supuestos = { [K in keyof typeof SUPUESTOS]: Widen<(typeof SUPUESTOS)[K]['valor']> };

/** The assumptions as they stand, with some of them changed. */
export function supuestosWith(changes: Partial<Supuestos> = {}): Supuestos {
  const defaults = Object.fromEntries(
    Object.entries(SUPUESTOS).map(([name, { valor }]) => [name, valor]),
  ) as Supuestos;
  return { ...defaults, ...changes };
}
