export { ESPERA_INCIERTO_MS } from '@puente-sic/client';
export {
  type Alerta,
  type Canal,
  type Correo,
  channelName,
  RECIBE,
  type Recibe,
  type Webhook,
} from './alerts/alerta.ts';
export { type AlertCenter, type Avisar, alertCenter, RESUMEN_A } from './alerts/center.ts';
export { type PostAddress, postJson, WebhookRefusal } from './alerts/post.ts';
export { sendTestAlert } from './alerts/test-alert.ts';
export { Undelivered } from './alerts/undelivered.ts';
export { dailyBackup } from './backup/daily.ts';
export { backupsThatHold } from './backup/holding.ts';
export { type Restored, restore } from './backup/restore.ts';
export { backup } from './backup/write.ts';
export { type PruebaDeConexion, testConnection } from './connection.ts';
export {
  type Decision,
  decide,
  listDecisions,
  type NewDecision,
  type TipoDecision,
  undoDecision,
} from './decisions.ts';
export * from './errors.ts';
export {
  type Evidence,
  type EvidenceMade,
  type EvidenceRequest,
  evidence,
  type Manifiesto,
} from './evidence/evidence.ts';
export { evidenceBeside } from './evidence/thread.ts';
export { type Verification, verifyEvidence } from './evidence/verify.ts';
export * from './exit-code.ts';
export * from './explain.ts';
export * from './failure.ts';
export {
  type Confirmacion,
  type ConfirmRequest,
  confirmNight,
  type DiferenciaConfirmada,
} from './history/confirm.ts';
export { differencesCsv } from './history/differences-csv.ts';
export { providersToSync } from './history/pending.ts';
export {
  type Conciliacion,
  type DatoDistinto,
  type Diferencia,
  type ReconcileRequest,
  reconcile,
  type TipoDiferencia,
} from './history/reconcile.ts';
export { type AlumnoConciliado, reconcileStudents } from './history/students-compared.ts';
export { type Sincronizado, type SyncRequest, syncFromHistory } from './history/sync.ts';
export { auditHead, headOf } from './ledger/audit-chain.ts';
export { type AuditEntry, auditHash } from './ledger/audit-hash.ts';
export { makeRegistros } from './ledger/breakdown.ts';
export { ALL_COURSES, saveCierre, savePaso } from './ledger/cierres.ts';
export { LEDGER_FILE } from './ledger/file.ts';
export { STATE_FILES } from './ledger/folder.ts';
export { type Ledger, openEmptyLedger, openLedger, openLedgerToRead } from './ledger/ledger.ts';
export { isLedgerFile } from './ledger/recognise.ts';
export type { CourseKey, EstadoEnvio } from './ledger/tables.ts';
export { selectionOf } from './plan/gather.ts';
export { CAMPOS, type Campo } from './plan/said.ts';
export * from './preview.ts';
export { erasedIn } from './privacy/erasures.ts';
export {
  type AroundErasure,
  type CursoDePersona,
  coursesOfPerson,
  type Erasure,
  erasePerson,
  exportPerson,
  type PersonData,
} from './privacy/person.ts';
export { reportAgain } from './privacy/report-again.ts';
export {
  assertNotHeld,
  type ErasureRequest,
  erasureRequest,
  erasureRequests,
  holdErasure,
  requestErasure,
  withdrawErasure,
} from './privacy/requests.ts';
export { applyRetention } from './privacy/retention.ts';
export { type CursoPorLiquidar, unsettledCourses } from './privacy/unsettled.ts';
export * from './request.ts';
export * from './results.ts';
export { hasSecret, readSecret, removeSecret, saveSecret, secretDates } from './secrets.ts';
export { send } from './send/send.ts';
export { healthOf, type ProblemaActual, type Salud, senceIsWell, sourcesAreWell } from './serve/health.ts';
export { type NightRunner, nightRunner } from './serve/night-runner.ts';
export { type ServeRequest, serve } from './serve/serve.ts';
export { bringBackCourses, takeOutCourses } from './serve/take-out.ts';
export { type Tonight, tonightOf } from './serve/tonight.ts';
export * from './serve/types.ts';
export { type SettledByHand, settleByHand } from './settle/by-hand.ts';
export { type SettleRequest, settle } from './settle/settle.ts';
export { courseCalendar, SEMANAS_A_LA_VISTA } from './views/calendar.ts';
export {
  type AlumnoPorCerrar,
  type CursoPorCerrar,
  closing,
  type Minimos,
  type PorCerrar,
} from './views/closing.ts';
export { canMark, type Paso, type PasoDeCierre, type Programa } from './views/closing-steps.ts';
export { type AlumnoComparado, type CursoComparado, compareCourse } from './views/compare.ts';
export { type CourseFate, courseFates, type StudentFate } from './views/course-fate.ts';
export { courseNights, type NocheEnviada } from './views/course-nights.ts';
export { type DecisionContada, tellDecisions } from './views/decisions-told.ts';
export {
  courseTitles,
  type EnvioEntero,
  type EnvioVisto,
  envioDetail,
  findEnvios,
  type StudentHistory,
  studentHistory,
} from './views/envios.ts';
export { evidenceKept, type PruebaDeCurso } from './views/evidence-kept.ts';
export { explainStudent, type StudentExplanation } from './views/explain-student.ts';
export { type Figures, figures } from './views/figures.ts';
export {
  type CursoDeUltimaNoche,
  type DichoDeNoche,
  lastNights,
  toldOf,
  type UltimaNoche,
} from './views/last-night.ts';
export { type CursoSinInformar, unreportedCourses } from './views/new-courses.ts';
export { type NocheDeCurso, nameOf as nameOfCourse } from './views/nights.ts';
export {
  type CursoDeNoche,
  type LineaDeCurso,
  type NochePerdida,
  overview,
  type Panorama,
} from './views/overview.ts';
export type { PorCorregir, Problema } from './views/por-corregir.ts';
export { CAUSES_OF_001 } from './views/problem-words.ts';
export { type Encontrado, search } from './views/search.ts';
export { type Cuenta, count as countStudents, type EstadoAlumno } from './views/student-state.ts';
export { type AlumnoEnCurso, studentStates, writtenRut } from './views/students.ts';
export { studentNames, toCorrect } from './views/to-correct.ts';
export { currentNight, type Night, nightOf, VENTANA_OFICIAL, type Ventana } from './window.ts';
