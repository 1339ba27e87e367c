import type { JudgingRules } from '../rules/settings.ts';

/** `reglas` of puente.yaml: what a provider may decide about how Moodle is read. */
export interface MoodleRules extends JudgingRules {
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
