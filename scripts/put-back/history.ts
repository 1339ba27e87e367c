import type { PutBack } from './fault.ts';

const HISTORY = 'packages/engine/src/history';

/** Points 9 to 12: what SENCE says, what the ledger keeps, what a look costs. */
export const HISTORY_AND_LEDGER: readonly PutBack[] = [
  {
    point: '9',
    name: 'a 025 teaches the last figure of its text',
    means: '“…(20.00000) informado el 29-11-2026” is learnt as 2026 %, and nothing is sent any more',
    file: 'packages/protocol/src/descent.ts',
    replace: [
      [
        'const told = DESCENT.exec(message)?.[1];',
        'const told = DESCENT.test(message) ? /(\\d+(?:\\.\\d+)?)\\D*$/.exec(message)?.[1] : undefined;',
      ],
      ['return percentage <= 100 ? percentage : null;', 'return percentage >= 0 ? percentage : null;'],
    ],
    where: { kinds: ['odd-025'] },
    seed: 3,
  },
  {
    point: '9',
    name: 'a percentage that fell is sent',
    means: 'SENCE refuses it: a 025 of our own making',
    file: 'packages/engine/src/plan/descenso.ts',
    replace: [['if (last === undefined || now >= last) {', 'if (last === undefined || now >= 0) {']],
    where: { kinds: ['fall'] },
    seed: 2,
  },
  {
    point: '9',
    name: 'who was reported approved and is no longer is not told',
    means: 'SENCE takes it, and nobody knows',
    file: 'packages/engine/src/plan/descenso.ts',
    replace: [['before?.estadoAlumno !== APROBADO', 'before?.estadoAlumno === APROBADO']],
    test: 'packages/engine/test/descents.test.ts',
  },
  {
    point: '9',
    name: 'what a group that was left had accepted is not looked at',
    means: 'a student who changes group gets a 025',
    file: 'packages/engine/src/plan/course.ts',
    replace: [
      [
        'return aceptados.get(key) ?? elsewhere?.get(key);',
        'return aceptados.get(key) ?? (elsewhere === undefined ? undefined : aceptados.get(key));',
      ],
    ],
    test: 'packages/engine/test/descents.test.ts',
  },
  {
    point: '9',
    name: 'with `mantener` the student’s own figures stay low',
    means: 'student and module contradict each other',
    file: 'packages/engine/src/plan/descenso.ts',
    replace: [['if (kept.length === 0) return candidate;', 'if (kept.length >= 0) return candidate;']],
    test: 'packages/engine/test/descents.test.ts',
  },
  {
    point: '10',
    name: '`seccion_cod` is believed to be the group',
    means: 'what was taken over is held for none: 50 % after 90 % goes out',
    file: `${HISTORY}/groups.ts`,
    replace: [
      [
        'return known.has(keyOf(oferta_cod, seccion_cod)) ? seccion_cod : null;',
        'return known.size >= 0 ? seccion_cod : null;',
      ],
    ],
    test: 'packages/engine/test/readings.test.ts',
  },
  {
    point: '10',
    name: 'an answer that names only the refused refuses all',
    means: 'what SENCE took counts as refused',
    file: 'packages/engine/src/send/part.ts',
    replace: [
      [
        "answer.records.some(({ fate }) => fate === 'unknown')",
        "answer.records.some(({ fate }) => fate === 'unknown' && registros < 0)",
      ],
    ],
    where: { kinds: ['partial-answer'] },
    seed: 1,
  },
  {
    point: '10',
    name: 'an answer that names only the refused loses its id_proceso',
    means: 'the process is looked for by what it says, though its number was given',
    file: 'packages/engine/src/ledger/envios.ts',
    replace: [['      ...answer.known,\n', '']],
    test: 'packages/engine/test/settle.test.ts',
  },
  {
    point: '10',
    name: 'a history that was cut says what is missing at SENCE',
    means: '`conciliar` calls accepted records missing',
    file: `${HISTORY}/reconcile.ts`,
    replace: [
      ['const isWhole = !looked.cut && looked.skipped === 0;', 'const isWhole = looked.skipped === 0;'],
    ],
    where: { kinds: ['history-cut', 'reconcile'] },
    seed: 235,
  },
  {
    point: '10',
    name: 'the date 0000-00-00 is a RangeError',
    means: '`sincronizar` ends with a stack',
    file: `${HISTORY}/accepted.ts`,
    replace: [
      [
        'const cuando = (date ?? this.#now).toISOString();',
        'const cuando = new Date((date ?? Number.NaN)).toISOString();',
      ],
    ],
    where: { kinds: ['history-date'] },
    seed: 12,
  },
  {
    point: '10',
    name: 'a slow `sincronizar` overwrites what was accepted meanwhile',
    means: '40 is overwritten by 20',
    file: `${HISTORY}/sync.ts`,
    replace: [
      [
        'if (lease === null) return { ...nothing(otec.rut), falla: BUSY };',
        'lease?.release();\n  if (request === undefined) return { ...nothing(otec.rut), falla: BUSY };',
      ],
      ['    lease.release();\n', ''],
      [
        'else return isLater(row, former) && !saysTheSame(former, row);',
        'else return !saysTheSame(former, row);',
      ],
    ],
    where: { kinds: ['synchronise'] },
  },
  {
    point: '10',
    name: 'after a restore the window sends again what it had sent',
    means: 'restoring yesterday’s backup doubles the night',
    file: 'packages/engine/src/send/course.ts',
    replace: [
      ['for (const key of restored.flatMap(restoredRecords)) sent.set(key, null);', 'void restored;'],
    ],
    where: { kinds: ['restore'] },
    seed: 30,
  },
  {
    point: '10',
    name: 'what is known from the history alone is not compared',
    means: 'after a restore everything goes again',
    file: 'packages/engine/src/plan/says-the-same.ts',
    replace: [['if (last.huella !== null) return last.huella === huella;', 'return last.huella === huella;']],
    where: { kinds: ['restore'] },
    seed: 2,
  },
  {
    point: '10',
    name: 'a ledger that knows nothing does not ask whether SENCE does',
    means: '`probar` does not say that SENCE has sends',
    file: `${HISTORY}/pending.ts`,
    replace: [['(await knowsNothing(request.ledger.db, otec.rut)) && ', 'false && ']],
    test: 'packages/engine/test/readings.test.ts',
  },
  {
    point: '10',
    name: 'a ledger that knows nothing sends at once',
    means: 'a lost state folder doubles the night',
    file: 'packages/engine/src/ledger/partidas.ts',
    replace: [['return (await knowsNothing(db, rutOtec)) ? { restaurado: null } : null;', 'return null;']],
    where: { kinds: ['ledger-lost'] },
    seed: 16,
  },
  {
    point: '10',
    name: 'after a restore nothing is asked before the send',
    means: 'who restores and does not synchronise doubles the night',
    file: 'packages/engine/src/backup/restore.ts',
    replace: [['    await noteRestored(ledger.db, now);\n', '']],
    where: { kinds: ['restore-alone'] },
    seed: 4,
  },
  {
    point: '10',
    name: 'a first history that cannot be read to its end is enough',
    means: 'what stands in the part that was not read goes again',
    file: `${HISTORY}/sync.ts`,
    replace: [
      [
        '  const isKnown = isAll || (recent !== null && isWhole(recent));',
        '  const isKnown = isAll || recent !== null;',
      ],
    ],
    test: 'packages/engine/test/first-history.test.ts',
  },
  {
    point: '10',
    name: 'nights that a restored backup does not know are lost',
    means: 'alarms for nights that SENCE has',
    file: 'packages/engine/src/serve/end-of-night.ts',
    replace: [['if (!doubt?.includes(night)) await loseWhole(night, now);', 'await loseWhole(night, now);']],
    test: 'packages/engine/test/first-history.test.ts',
  },
  {
    point: '6, 10',
    name: 'what was sent by day keeps the night of a new ledger from sending what has changed',
    means: 'what rose since is not reported',
    file: 'packages/engine/src/ledger/envios.ts',
    replace: [["      .where('origen', '=', 'servicio')\n", '']],
    test: 'packages/engine/test/first-history.test.ts',
  },
  {
    point: '11',
    name: 'a ledger that vanished beside its backups is begun anew',
    means: 'what was sent, who was erased and what is open is forgotten without a word',
    file: 'packages/engine/src/ledger/ledger.ts',
    replace: [
      ['  if (last === undefined && traces.length === 0) return;', '  if (traces.length >= 0) return;'],
    ],
    test: 'packages/engine/test/backup.test.ts',
  },
  {
    point: '11',
    name: 'a transaction takes the lock when it first writes',
    means: 'service and command: “database is locked”',
    file: 'packages/store/src/dialect.ts',
    replace: [["sql === 'begin' ? 'begin immediate' : sql", 'sql']],
    test: 'packages/store/test/processes.e2e.test.ts',
  },
  {
    point: '11',
    name: 'a ledger that was replaced is written on',
    means: 'what is written goes into a file that is not there any more',
    file: 'packages/store/src/dialect.ts',
    replace: [['if (now?.ino !== opened.ino || now.dev !== opened.dev) throw', 'if (now === null) throw']],
    test: 'packages/store/test/failures.test.ts',
  },
  {
    point: '11',
    name: '`restaurar` keeps nothing of what was there',
    means: 'what a restore replaces is gone',
    file: 'packages/engine/src/backup/restore.ts',
    replace: [
      [
        'anterior = await keepFormer(datos, now);',
        'anterior = now === null ? await keepFormer(datos, now) : null;',
      ],
    ],
    test: 'packages/engine/test/backup.test.ts',
  },
];
