export { type ArchivoOptions, archivoSource } from './archivo/archivo.ts';
export { answersOf, type ColumnAnswers } from './archivo/decide/answers.ts';
export { decodeText } from './archivo/decode.ts';
export { isJsonRow, withoutEnvelope } from './archivo/json.ts';
export { sheetNames } from './archivo/mentions.ts';
export { COLUMN_FIELDS, NOT_USED } from './archivo/named-columns.ts';
export type { AskedColumn } from './archivo/questions.ts';
export { rememberedColumns, rememberedFile } from './archivo/remembered.ts';
export { rowsByPerson } from './archivo/rows-by-person.ts';
export type { SeenColumn, SeenSheet } from './archivo/seen-columns.ts';
export { seenColumns } from './archivo/thread.ts';
export { isColumnAnswer } from './archivo/wide/column-answer.ts';
export { CONTRACT, type Entity, type Field, REQUIRED } from './entidades/contract.ts';
export { type EntidadesSettings, entidadesSource } from './entidades/entidades.ts';
export type { EntityRules, JudgedEntities } from './entidades/judge.ts';
export { lacksDay, type OrphanRows, type Rehearsal, type StandIn, type Trial } from './entidades/rehearse.ts';
export type { EntityReview, ReviewedCourse } from './entidades/review.ts';
export type { EntitySource } from './entidades/source.ts';
export type { EntitySurvey, SurveyedColumn } from './entidades/survey.ts';
export { huellaOf, huellaOfText } from './kept/huella.ts';
export { forgetKept, type KeptForgotten, type KeptOfPerson, keptOfPerson } from './kept/person.ts';
export {
  checkPermissions,
  type PermissionCheck,
  type PermissionsRequest,
  permissionsSql,
} from './moodle/bd/permissions.ts';
export { type MoodleBd, type MoodleBdSettings, moodleBdSource } from './moodle/bd/source.ts';
export { type Diagnosis, WEIGHT_ES, WEIGHTS, type Weight } from './moodle/doctor/diagnosis.ts';
export { type DoctorRequest, diagnose } from './moodle/doctor/doctor.ts';
export { type MoodleRules, SYNCHRONOUS_TYPES } from './moodle/settings.ts';
export { type SuggestedCode, type SuggestedCourse, suggestMapping } from './moodle/suggest.ts';
export { PERMISSIONS, type Permission, permissionsGuide } from './moodle/ws/permissions.ts';
export type { MoodleWsSettings, WsTime } from './moodle/ws/settings.ts';
export { type Examined, type MoodleWs, moodleWsSource } from './moodle/ws/source.ts';
export { type PlantillaOptions, templateBook, writePlantilla } from './plantilla/plantilla.ts';
export { type DeliveredCourse, type DeliveredPerson, deliveredCourse } from './push/people.ts';
export { type PushSettings, pushSource, withInbox } from './push/push.ts';
export { type Receipt, receive } from './push/receive.ts';
export { type ClicksReceipt, receiveClicks } from './push/receive-clicks.ts';
export {
  acceptHeld,
  type CourseOwnership,
  type CourseReceipt,
  type DeliveryTerms,
  receiveCourse,
} from './push/receive-course.ts';
export { receiveStatements, type StatementsReceipt } from './push/receive-statements.ts';
export { type DeliveryFault, ofOtherOtec, Rejection } from './push/rejection.ts';
export type { Inbox } from './push/store.ts';
export { takeDelivery } from './push/thread.ts';
export type {
  ExplainedActivity,
  ExplainedDate,
  ExplainedDay,
  ExplainedModule,
  ExplainedPart,
  StudentExplanation,
} from './rules/explanation.ts';
export { DEFAULT_RULES } from './rules/settings.ts';
export * from './source.ts';
export { tablesSeen } from './sql/look.ts';
export { RECIPES } from './sql/recipes.ts';
export { querySkeleton } from './sql/skeleton.ts';
export { type SqlSettings, sqlSource } from './sql/sql.ts';
export { STARTERS } from './sql/starters.ts';
