export { type ArchivoOptions, archivoSource } from './archivo/archivo.ts';
export {
  checkPermissions,
  type PermissionCheck,
  type PermissionsRequest,
  permissionsSql,
} from './moodle/bd/permissions.ts';
export { type MoodleBd, type MoodleBdSettings, moodleBdSource } from './moodle/bd/source.ts';
export type {
  ExplainedActivity,
  ExplainedDate,
  ExplainedDay,
  ExplainedModule,
  ExplainedPart,
  StudentExplanation,
} from './moodle/explain.ts';
export { DEFAULT_RULES, type MoodleRules, SYNCHRONOUS_TYPES } from './moodle/settings.ts';
export { type PlantillaOptions, writePlantilla } from './plantilla/plantilla.ts';
export * from './source.ts';
