/** `reglas` of puente.yaml: what a provider may decide about how Moodle is read. */
export interface MoodleRules {
  /** The student passes above this share of required activities, 0–100, compared unrounded. [I: 99] */
  avanceAprobacion: number;
  /** The student passes above this final grade, 0–100, compared unrounded. [I: 59] */
  notaAprobacion: number;
  /** A longer gap between two clicks counts nothing. [I p.46: 45] */
  minutosEntreClics: number;
  /**
   * How a mark becomes 0–100. Left out: its place on its own scale (4.0 of 1–7 is 50).
   * 60: Chile's usual exigency, by which the 4.0 stands at 60 %.
   */
  exigencia?: number;
  /** Regular expression of a module code in a section's name, where the built-in reading does not fit. */
  patronModulo?: string;
  /** Short name of the profile field that holds the RUT. Default `rut`. */
  campoRut?: string;
  /** Types of activity that are live classes. Default {@link SYNCHRONOUS_TYPES}. */
  tiposSincronicos?: string[];
  /** Short names of roles that are students beside those of the archetype, which not every reader sees. Default `student`. */
  rolesAlumno?: string[];
  /** Days for which a student is still reported after the enrolment's end. Default 0. */
  diasTrasTermino?: number;
}

/** The official settings page's defaults. [I] */
export const DEFAULT_RULES: MoodleRules = {
  avanceAprobacion: 99,
  notaAprobacion: 59,
  minutosEntreClics: 45,
};

/** Activity types that are live classes. [I] */
export const SYNCHRONOUS_TYPES = [
  'bigbluebuttonbn',
  'zoom',
  'googlemeet',
  'msteams',
  'teams',
  'webexactivity',
  'jitsi',
  'adobeconnect',
  'gotomeeting',
];
