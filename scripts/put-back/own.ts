import type { PutBack } from './fault.ts';

const ENGINE = 'packages/engine/src';

/** Mutations of our own choice in send, settle, serve and ledger. */
export const OWN: readonly PutBack[] = [
  {
    point: 'own: send',
    name: 'a send is not written down as on its way',
    means: 'after a kill it counts as never sent, and goes again',
    file: `${ENGINE}/send/part.ts`,
    replace: [['await markSending(ledger.db, codigoEnvio, clock());', '']],
    where: { kinds: ['crash-on-line'] },
    seed: 27,
  },
  {
    point: 'own: send',
    name: 'a course goes out while an earlier send of it is uncertain',
    means: 'what arrived goes again',
    file: `${ENGINE}/send/course.ts`,
    replace: [['if (open.length > 0) return {', 'if (open.length > 99) return {']],
    seed: 9,
  },
  {
    point: 'own: send',
    name: '429 and 503 stop nothing',
    means: 'a service that asks to be left alone gets the other courses’ calls',
    file: `${ENGINE}/send/stop.ts`,
    replace: [
      [
        'return status !== null && (TAKES_NOTHING.has(status) || retryAfterSeconds !== null);',
        'return status !== null && TAKES_NOTHING.has(-status) && retryAfterSeconds !== null;',
      ],
    ],
    where: { kinds: ['503-retry-after'] },
  },
  {
    point: 'own: send',
    name: 'errors of a student who is gone stay, those of the others are closed',
    means: 'what is held is told nowhere',
    file: `${ENGINE}/send/held.ts`,
    replace: [
      [
        "if (row.origen === 'previa') return !found.has(identity(row));",
        "if (row.origen === 'previa') return found.has(identity(row));",
      ],
    ],
    where: { kinds: ['fall'] },
  },
  {
    point: 'own: settle',
    name: 'of two processes that say the same the later one is taken',
    means: 'the next night’s process settles this one',
    file: 'packages/client/src/settle/find.ts',
    replace: [['likeness === best.likeness && id < best.id', 'likeness === best.likeness && id > best.id']],
    test: 'packages/client/src/settle/settle-send.test.ts',
  },
  {
    point: 'own: settle',
    name: 'the first question after the cut is not kept',
    means: 'the wait begins anew with every question, and the send stays uncertain for ever',
    file: 'packages/client/src/settle/settle-send.ts',
    replace: [['await storage.noteAsked(send, asked);', '']],
    where: { kinds: ['crash-on-line'] },
  },
  {
    point: 'own: settle',
    name: 'what is not in a process counts as accepted',
    means: 'the ledger says accepted what SENCE never got',
    file: 'packages/client/src/settle/match.ts',
    replace: [["own ?? { fate: 'unknown', reasons: [] }", "own ?? { fate: 'accepted', reasons: [] }"]],
    test: 'packages/client/src/settle/settle-send.test.ts',
  },
  {
    point: 'own: serve',
    name: 'a course with an uncertain send is done',
    means: 'a night counts as good that may never have arrived',
    file: `${ENGINE}/serve/night-runner.ts`,
    replace: [
      ['if (result.problem === null && result.inciertos.length === 0) {', 'if (result.problem === null) {'],
    ],
    where: { kinds: ['cut-before'] },
  },
  {
    point: 'own: serve',
    name: 'nights that nobody ran are not told',
    means: 'a computer that was off all night says that all is well',
    file: `${ENGINE}/serve/end-of-night.ts`,
    replace: [['night.start < current.start; night', 'night.start < night.start; night']],
    where: { kinds: ['off'] },
  },
  {
    point: 'own: serve',
    name: 'the window’s sends are not remembered',
    means: 'who changes within the window is sent twice in it',
    file: `${ENGINE}/serve/run-unit.ts`,
    replace: [['    onceTonight: true,\n', '    onceTonight: false,\n']],
    where: { kinds: ['late-rows'] },
  },
  {
    point: 'own: serve',
    name: 'after a night SENCE is not asked whether it has it',
    means: '“SENCE lo tiene” is never said, and what is missing is not noticed',
    file: `${ENGINE}/serve/confirm-night.ts`,
    replace: [['return since >= FIRST_MS && since < LAST_MS', 'return since >= LAST_MS && since < FIRST_MS']],
  },
  {
    point: 'own: ledger',
    name: 'what is accepted again keeps its first percentage',
    means: 'the ledger says less than SENCE has: a 025 of our own making follows',
    file: `${ENGINE}/ledger/registros.ts`,
    replace: [
      [
        'ON CONFLICT DO UPDATE SET porcentajeAvance = excluded.porcentajeAvance,\n      tiempo',
        'ON CONFLICT DO UPDATE SET\n      tiempo',
      ],
    ],
    where: { kinds: ['rise'] },
  },
  {
    point: 'own: ledger',
    name: 'an envío that did not arrive keeps its records as accepted',
    means: 'what never arrived counts as sent',
    file: `${ENGINE}/ledger/registros.ts`,
    replace: [["AND r.resultado = 'aceptado'", "AND r.resultado <> 'pendiente'"]],
    where: { kinds: ['unknown-student'] },
  },
  {
    point: 'own: ledger',
    name: 'the highest process before a send is not kept',
    means: 'with version 1 last night’s process settles this one',
    file: `${ENGINE}/ledger/envios.ts`,
    replace: [
      [
        "procesoAnterior: selectFrom('envio as other')",
        "preguntado: null,\n      procesoAnterior: selectFrom('envio as other').where('other.rutOtec', '=', '')",
      ],
    ],
    where: { version: 1 },
  },
  {
    point: 'own: ledger',
    name: 'an error that is over stays open',
    means: 'people mend what is mended',
    file: `${ENGINE}/ledger/errores.ts`,
    replace: [['set({ cerrado: now.toISOString(), cierre })', 'set({ cerrado: null, cierre })']],
    test: 'packages/engine/test/send.test.ts',
  },
  {
    point: 'found here',
    name: 'a try is repeated into a pause that another call was asked for',
    means: 'Retry-After is not kept where two calls are under way',
    file: 'packages/client/src/retries.ts',
    replace: [['      if (quietUntil() > next) throw error;\n', '']],
    where: { kinds: ['503-retry-after'] },
  },
  {
    point: 'found here',
    name: 'a call that was taken opens the gate that another’s 429 has closed',
    means: 'Retry-After is not kept where two courses are under way',
    file: `${ENGINE}/serve/night-runner.ts`,
    replace: [['else if (line.stop === null && result', 'else if (result']],
    where: { kinds: ['429-retry-after'] },
  },
  {
    point: 'found here',
    name: 'of two calls that are told to wait the later one’s pause counts',
    means: 'Retry-After is not kept where two courses are under way',
    file: `${ENGINE}/serve/gate.ts`,
    replace: [['own !== null && asked !== null && asked > own ? asked : own', 'asked === null ? own : own']],
    seed: 236,
  },
];
