export {
  type BitacoraVerificada,
  COURSES_CHOSEN,
  evidenceGiven,
  noteEvidence,
  readBitacora,
  verifyBitacora,
  writeBitacora,
} from './accounts/bitacora.ts';
export {
  admitClaveApi,
  type ClaveApiRow,
  createClaveApi,
  listClavesApi,
  removeClaveApi,
} from './accounts/claves-api.ts';
export { type Actor, CONSOLE, type FileDeed, fileDeed } from './accounts/deed.ts';
export { ENLACE_FILE, type Enlaces, enlacesIn, makeEnlace } from './accounts/enlace.ts';
export { browserMark, knownBrowser } from './accounts/navegador.ts';
export { isNombre, readsAsOurs } from './accounts/nombre.ts';
export { isPassword } from './accounts/password.ts';
export {
  offerSecondStep,
  passSecondStep,
  type SecondStepOffer,
  secondStepSince,
  turnOffSecondStep,
  turnOnSecondStep,
} from './accounts/segundo-paso.ts';
export {
  closeSesion,
  LONGEST_SESSION_MS,
  logIn,
  openSesion,
  resumeSesion,
  type SesionRow,
} from './accounts/sesiones.ts';
export { ROLES, type Rol } from './accounts/tables.ts';
export type { UsuarioRow } from './accounts/usuario-row.ts';
export {
  changeOwnClave,
  changeUsuario,
  claimUsuario,
  createFirstUsuario,
  createUsuario,
  findUsuario,
  listUsuarios,
  removeUsuario,
} from './accounts/usuarios.ts';
export { sayDias, sayMinimos, sayPaso, sayPrograma, sessionsOf } from './cierre.ts';
export { gestorProblem, siteProblem, zoneProblem } from './config/addresses.ts';
export { type Connection, resolveOtec } from './config/connection.ts';
export { type Loaded, loadSettings } from './config/load.ts';
export { nearest } from './config/near.ts';
export { plainHttpProblem } from './config/plain-http.ts';
export { CLAVE, ensureKey, KEY_FILE, tokenName, variableName } from './config/secrets.ts';
export { DEFAULT_CONFIG, type Settings, settingsSchema } from './config/settings.ts';
export { variable } from './config/yaml.ts';
export { decideAs, markErrors, settleAs, undoDecisionAs } from './decisions.ts';
export {
  acceptEntrega,
  type ClaveDeEntregaOptions,
  createClaveDeEntrega,
  type Entrega,
  type EntregaOptions,
  type Entregas,
  entregasIn,
  removeClaveDeEntrega,
} from './entregas.ts';
export {
  askErasure,
  assertSettled,
  confirmErasure,
  holdErasureAs,
  isSecond,
  type Persona,
  withdrawErasureAs,
} from './erasures.ts';
export { Failure } from './failure.ts';
export type { Host } from './host.ts';
export {
  type MoodleOptions,
  moodlesOf,
  type OpenEntities,
  type OpenMoodle,
  withEntities,
  withLms,
  withMoodles,
} from './moodle.ts';
export * from './options.ts';
export {
  type DatosDePersona,
  forgetPerson,
  giveOutPerson,
  type Olvido,
  reportPerson,
} from './people.ts';
export { isOfLedger, isTold, type Problem, problemOf } from './problem.ts';
export { restoreState } from './restore.ts';
export type { Resultado } from './resultado.ts';
export type { Generation } from './serve/generation.ts';
export { type OneNight, runOneNight } from './serve/one-night.ts';
export type { PanelGround, ServicePanel, ServiceParts } from './serve/parts.ts';
export type { Running, UseRunning } from './serve/running.ts';
export { openService, type Service } from './serve/service.ts';
export { tellResults } from './serve/tell-results.ts';
export { clientFactory, connect, cursosOf, withPlan } from './session.ts';
export { type ColumnasVistas, lookAtColumns, rememberColumns } from './setup/columnas.ts';
export type { CursosSugeridos, Setup } from './setup/contract.ts';
export {
  type CursoDePlanilla,
  emptySheet,
  keepFile,
  listFiles,
  lookAtFile,
  type PlanillaGuardada,
  recoverFile,
  removeFile,
} from './setup/planillas.ts';
export type { RevisionDeFuente } from './setup/revision.ts';
export * from './setup/shapes/cursos.ts';
export * from './setup/shapes/fuentes.ts';
export * from './setup/shapes/instalacion.ts';
export * from './setup/shapes/otecs.ts';
export * from './setup/shapes/revision.ts';
export { fuentesIn } from './setup/sheets-of-person.ts';
export {
  answersAbout,
  type FuenteEntidades,
  type FuenteMoodle,
  openEntities,
  openMoodle,
} from './sources.ts';
export { readAll, STDIN } from './stdin.ts';
export { forgetToken, keepToken } from './tokens.ts';
export { type HallazgoPesado, PESOS, weighed } from './weighed.ts';
