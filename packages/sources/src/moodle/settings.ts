import type { JudgingRules } from '../rules/settings.ts';

/** `reglas` of puente.yaml: what a provider may decide about how Moodle is read. */
export interface MoodleRules extends JudgingRules {
  /** Regular expression of a module code in a section's name, where the built-in reading does not fit. */
  patronModulo?: string;
  /** Short name of the profile field that holds the RUT, where `camposRut` does not say. Default `rut`. */
  campoRut?: string;
  /**
   * Where in an account the RUT stands, first one first: `idnumber`, `username`, and short names of profile fields. Of the
   * source, since each site keeps it elsewhere. Default: the profile field, `idnumber`, `username`.
   */
  camposRut?: string[];
  /** Groups (name, id or id number) whose members are not reported, whatever else they are in. Of the source. */
  gruposExentos?: string[];
  /** Types of activity that are live classes. Default {@link SYNCHRONOUS_TYPES}. */
  tiposSincronicos?: string[];
  /** Short names of roles that are students beside those of the archetype, which not every reader sees. Default `student`. */
  rolesAlumno?: string[];
  /** Days for which a student is still reported after the enrolment's end. Default 0. */
  diasTrasTermino?: number;
}

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
