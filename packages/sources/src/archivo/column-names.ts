/** What the columns of a provider's tables are called. */

/** What a column is about; the part after the dot is the spec's own name where it has one. */
export type Column = `curso.${CursoColumn}` | `alumno.${AlumnoColumn}` | `modulo.${ModuloColumn}`;

export type CursoColumn =
  | 'codigoOferta'
  | 'codigoGrupo'
  | 'nombreCurso'
  | 'rutOtec'
  | 'dvOtec'
  | 'cantActividadSincronica'
  | 'cantActividadAsincronica';

export type AlumnoColumn =
  | 'rutAlumno'
  | 'dvAlumno'
  | 'nombre'
  | 'apellidos'
  | 'tiempoConectividad'
  | 'estado'
  | 'porcentajeAvance'
  | 'fechaInicio'
  | 'fechaFin'
  | 'fechaEjecucion'
  | 'evaluacionFinal';

export type ModuloColumn =
  | 'codigoModulo'
  | 'tiempoConectividad'
  | 'porcentajeAvance'
  | 'estado'
  | 'fechaInicio'
  | 'fechaFin'
  | 'notaModulo'
  | 'cantActividadSincronica'
  | 'cantActividadAsincronica'
  | 'listaActividades';

/** Spellings of a column, normalised: its own first, then what providers call it, taken only where its own is absent. */
export interface Spellings {
  own: string[];
  loose: string[];
}

/** Columns that exist for a student (or course) and for a module alike: in one flat table the module's need a mark. */
export const SHARED = {
  tiempoConectividad: {
    own: ['tiempoconectividad'],
    loose: [
      'tiempo',
      'segundos',
      'conectividad',
      'tiempoconectado',
      'tiempodeconectividad',
      'tiempoconexion',
      'tiempodeconexion',
      'tiempoconectividadsegundos',
      'tconexion',
    ],
  },
  porcentajeAvance: {
    own: ['porcentajeavance', 'avanceporcentaje'],
    loose: [
      'avance',
      'porcentajedeavance',
      'porcentaje',
      'progreso',
      'porcentajeprogreso',
      'porcentajedeprogreso',
    ],
  },
  estado: { own: ['estado'], loose: ['situacion'] },
  fechaInicio: { own: ['fechainicio'], loose: ['fechadeinicio', 'inicio', 'finicio'] },
  fechaFin: {
    own: ['fechafin'],
    loose: [
      'fechadefin',
      'fechatermino',
      'fechadetermino',
      'fechafinal',
      'termino',
      'fin',
      'ftermino',
      'ffin',
    ],
  },
  cantActividadSincronica: {
    own: ['cantactividadsincronica'],
    loose: [
      'cantactividadessincronicas',
      'cantidadactividadessincronicas',
      'cantidaddeactividadessincronicas',
      'actividadessincronicas',
    ],
  },
  cantActividadAsincronica: {
    own: ['cantactividadasincronica'],
    loose: [
      'cantactividadesasincronicas',
      'cantidadactividadesasincronicas',
      'cantidaddeactividadesasincronicas',
      'actividadesasincronicas',
    ],
  },
} satisfies Record<string, Spellings>;

const ofModulo = (name: string): string[] => [
  `modulo${name}`,
  `mod${name}`,
  `${name}modulo`,
  `${name}mod`,
  `${name}delmodulo`,
];
const ofAlumno = (name: string): string[] => [name, `alumno${name}`, `${name}alumno`, `${name}delalumno`];
const ofCurso = (name: string): string[] => [name, `curso${name}`, `${name}curso`, `${name}delcurso`];

function marked(
  { own, loose }: Spellings,
  mark: (name: string) => string[],
  alsoLoose: string[] = [],
): Spellings {
  return { own: own.flatMap(mark), loose: [...loose.flatMap(mark), ...alsoLoose] };
}

export const COLUMNS: Record<Column, Spellings> = {
  'curso.codigoOferta': {
    own: ['codigooferta'],
    loose: [
      'oferta',
      'ofertacod',
      'codigodeoferta',
      'codoferta',
      'codigodelaoferta',
      'codigocurso',
      'codigodelcurso',
      'codigodecurso',
      'codcurso',
    ],
  },
  'curso.codigoGrupo': {
    own: ['codigogrupo'],
    loose: [
      'grupo',
      'seccion',
      'seccioncod',
      'codigodegrupo',
      'codigoseccion',
      'codigodeseccion',
      'codigodelaseccion',
      'codigodelgrupo',
      'codgrupo',
      'codseccion',
      'codigosecciongrupo',
      'codigogruposeccion',
      'gruposeccion',
      'secciongrupo',
    ],
  },
  'curso.nombreCurso': { own: ['nombrecurso'], loose: ['curso', 'nombredelcurso', 'titulo'] },
  'curso.rutOtec': { own: ['rutotec'], loose: ['otec', 'rutejecutor'] },
  'curso.dvOtec': { own: ['dvotec'], loose: [] },
  'curso.cantActividadSincronica': marked(SHARED.cantActividadSincronica, ofCurso),
  'curso.cantActividadAsincronica': marked(SHARED.cantActividadAsincronica, ofCurso),

  'alumno.rutAlumno': {
    own: ['rutalumno'],
    loose: [
      'rut',
      'run',
      'runalumno',
      'rutdelalumno',
      'rutparticipante',
      'rutdelparticipante',
      'rutdelestudiante',
      'ruttrabajador',
      'rutdeltrabajador',
      'rutestudiante',
      'alumnorut',
      'alumnorutalumno',
      'rutpersona',
      'rutpasaporte',
      'rutopasaporte',
      'rutrun',
      'runrut',
    ],
  },
  'alumno.dvAlumno': {
    own: ['dvalumno'],
    loose: [
      'dv',
      'digitoverificador',
      'dvrut',
      'rutdv',
      'alumnodv',
      'digito',
      'dvparticipante',
      'dvestudiante',
    ],
  },
  'alumno.nombre': {
    own: ['nombre', 'nombrealumno'],
    loose: [
      'nombrecompleto',
      'nombres',
      'alumno',
      'nombredelalumno',
      'alumnonombre',
      'participante',
      'estudiante',
      'nombreparticipante',
      'nombredelparticipante',
      'nombretrabajador',
      'nombredeltrabajador',
      'nombreyapellido',
      'nombreyapellidos',
      'nombresyapellidos',
      'apellidosynombres',
      'apellidoynombre',
      'nombreestudiante',
    ],
  },
  'alumno.apellidos': {
    own: ['apellidos', 'apellido'],
    loose: ['apellidosalumno', 'apellidopaterno', 'appaterno', 'primerapellido'],
  },
  'alumno.tiempoConectividad': marked(
    SHARED.tiempoConectividad,
    ofAlumno,
    ['tiempoconectividad', 'tiempo', 'tiempoconexion', 'tiempodeconexion', 'tiempoconectado'].flatMap(
      (name) => [`${name}curso`, `${name}delcurso`],
    ),
  ),
  'alumno.porcentajeAvance': marked(SHARED.porcentajeAvance, ofAlumno, [
    'porcentajeavancecurso',
    'avancecurso',
    'avancedelcurso',
    'porcentajeavancedelcurso',
    'porcentajedeavancecurso',
    'porcentajedeavancedelcurso',
    'progresocurso',
    'progresodelcurso',
    'porcentajeprogresocurso',
    'porcentajedeprogresodelcurso',
  ]),
  'alumno.estado': marked(SHARED.estado, ofAlumno, ['estadofinal', 'situacionfinal']),
  'alumno.fechaInicio': marked(SHARED.fechaInicio, ofAlumno, [
    'fechainiciocurso',
    'fechainiciodelcurso',
    'fechadeiniciodelcurso',
  ]),
  'alumno.fechaFin': marked(SHARED.fechaFin, ofAlumno, [
    'fechafincurso',
    'fechaterminocurso',
    'fechaterminodelcurso',
    'fechadeterminodelcurso',
  ]),
  'alumno.fechaEjecucion': { own: ['fechaejecucion'], loose: ['fechadeejecucion', 'alumnofechaejecucion'] },
  'alumno.evaluacionFinal': {
    own: ['evaluacionfinal'],
    loose: ['notafinal', 'evaluacion', 'alumnoevaluacionfinal', 'notafinalcurso', 'notafinaldelcurso'],
  },

  'modulo.codigoModulo': {
    own: ['codigomodulo', 'modcod'],
    loose: ['modulo', 'codigodelmodulo', 'codigodemodulo', 'codmodulo', 'modulocodigo', 'modulocodigomodulo'],
  },
  'modulo.tiempoConectividad': marked(SHARED.tiempoConectividad, ofModulo),
  'modulo.porcentajeAvance': marked(SHARED.porcentajeAvance, ofModulo),
  'modulo.estado': marked(SHARED.estado, ofModulo),
  'modulo.fechaInicio': marked(SHARED.fechaInicio, ofModulo),
  'modulo.fechaFin': marked(SHARED.fechaFin, ofModulo),
  'modulo.notaModulo': {
    own: ['notamodulo', 'modnota'],
    loose: ['nota', 'modulonota', 'modulonotamodulo', 'notadelmodulo', 'calificacionmodulo'],
  },
  'modulo.cantActividadSincronica': marked(SHARED.cantActividadSincronica, ofModulo),
  'modulo.cantActividadAsincronica': marked(SHARED.cantActividadAsincronica, ofModulo),
  'modulo.listaActividades': {
    own: ['listaactividades', 'actividades'],
    loose: [
      'actividad',
      'codigoactividad',
      'listadeactividades',
      'codigosactividades',
      'codigoactividades',
      'actcod',
      'modulolistaactividades',
      'moduloactividades',
      'actividadesmodulo',
      'actividadesdelmodulo',
    ],
  },
};

/** Shared columns without a mark are the module's in a table of modules alone. */
export const UNMARKED_MODULO: Partial<Record<Column, Spellings>> = {
  'modulo.tiempoConectividad': SHARED.tiempoConectividad,
  'modulo.porcentajeAvance': SHARED.porcentajeAvance,
  'modulo.estado': SHARED.estado,
  'modulo.fechaInicio': SHARED.fechaInicio,
  'modulo.fechaFin': SHARED.fechaFin,
  'modulo.cantActividadSincronica': SHARED.cantActividadSincronica,
  'modulo.cantActividadAsincronica': SHARED.cantActividadAsincronica,
};
