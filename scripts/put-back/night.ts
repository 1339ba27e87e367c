import type { PutBack } from './fault.ts';

const SERVE = 'packages/engine/src/serve';

/** Points 1 to 6: a night is told true, and one fault reaches nobody else. */
export const NIGHT: readonly PutBack[] = [
  {
    point: '1',
    name: 'a course that was not given is done',
    means: 'a night counts as good in which a course was never read',
    file: `${SERVE}/read-source.ts`,
    replace: [['unitOf(one.curso).problem ??= notGiven(one);', 'unitOf(one.curso);']],
    seed: 18,
  },
  {
    point: '1',
    name: 'a course that its source lists no longer is nobody’s',
    means: 'a course renamed in Moodle ends without a word',
    file: `${SERVE}/note-reading.ts`,
    replace: [
      [
        'asked ?? seen.filter(({ visto, noPedido }) => visto !== null && isFirst(noPedido, noche));',
        'asked ?? [];',
      ],
    ],
    where: { kinds: ['course-gone'] },
    seed: 19,
  },
  {
    point: '1',
    name: 'a course without students is done',
    means: 'a course whose enrolments were lost counts as sent',
    file: `${SERVE}/note-reading.ts`,
    replace: [
      [
        'if (empty === undefined) return null;',
        'if (empty === undefined || unit !== undefined) return null;',
      ],
    ],
    where: { kinds: ['no-students'] },
    seed: 5,
  },
  {
    point: '1',
    name: '`enviar` says nothing of a course without students',
    means: 'a person takes a send of nothing for a send',
    file: 'packages/engine/src/plan/empty.ts',
    replace: [['courses.filter(isEmpty).map', 'courses.filter(() => false).map']],
    where: { kinds: ['no-students'] },
    seed: 77,
  },
  {
    point: '1',
    name: 'who is not in the course any more is not named',
    means: 'a student whose row was lost is paid for by nobody',
    file: `${SERVE}/absent.ts`,
    replace: [['if (!isAlarming) return each;', 'if (!isAlarming) return [];']],
    where: { kinds: ['leave'] },
    seed: 29,
  },
  {
    point: '2',
    name: 'what is not a lost ledger ends the service too',
    means: 'a ledger that is locked for a minute stops the nights of all providers',
    file: `${SERVE}/serve.ts`,
    replace: [['if (isOfLostLedger(error)) lost.abort(error);', 'lost.abort(error);']],
    seed: 5,
  },
  {
    point: '2',
    name: 'one course’s odd value stops the reading of all',
    means: 'no course of the provider is sent that night',
    file: `${SERVE}/note-reading.ts`,
    replace: [
      [
        '    onDefect(curso, error);\n    const problem',
        '    if (curso !== undefined) throw error;\n    const problem',
      ],
    ],
    where: { kinds: ['poison-value'] },
    seed: 339,
  },
  {
    point: '2',
    name: 'a source whose code breaks at one course is not read course by course',
    means: 'the other courses of the source wait all night',
    file: `${SERVE}/readings.ts`,
    replace: [
      ['return await readApart(source, request, defectOf);', 'return await readSource(source, request);'],
    ],
    where: { kinds: ['poison-read'] },
    seed: 5,
  },
  {
    point: '2',
    name: 'the lease of a holder that cannot write stays taken',
    means: 'nothing is sent for the provider until puente is started again',
    file: `${SERVE}/night-runner.ts`,
    replace: [['      taken.release();\n      throw error;', '      lease = taken;\n      throw error;']],
    seed: 5,
  },
  {
    point: '3',
    name: 'what a source tells of a course is kept with no night',
    means: 'nobody hears that the log ends three days ago',
    file: `${SERVE}/note-reading.ts`,
    replace: [['...[...found, ...first].map(', '...[...first].map(']],
    where: { kinds: ['finding'] },
    seed: 1,
  },
  {
    point: '4',
    name: 'every course reads the source again',
    means: 'a night costs as many reads as it has courses',
    file: `${SERVE}/readings.ts`,
    replace: [
      [
        'const own = rows.filter((row) => row.fuente === fuente && !held.has(rowKey(row)));',
        'const own = rows.filter((row) => row.fuente === fuente && !held.has(rowKey(row))).slice(0, 1);',
      ],
    ],
    seed: 14,
  },
  {
    point: '4',
    name: 'what is not given is read again all night long',
    means: 'an LMS that is down is asked every minute',
    file: `${SERVE}/pauses.ts`,
    replace: [
      ['MAX_READINGS = 6', 'MAX_READINGS = 600'],
      ['const pause = soon === undefined', 'if (left > 0) return now;\n  const pause = soon === undefined'],
    ],
    seed: 18,
  },
  {
    point: '5',
    name: 'a refused token is tried by every course all night',
    means: '172 requests with a token that SENCE refuses',
    file: `${SERVE}/pauses.ts`,
    replace: [
      ['if (requests >= MAX_REFUSED) return null;', ''],
      [
        'return new Date(now.getTime() + Math.max(MINUTE_MS, pause));\n}\n\n/** A clock',
        'return new Date(Math.min(now.getTime(), now.getTime() + pause));\n}\n\n/** A clock',
      ],
    ],
    where: { kinds: ['token-refused'] },
    seed: 4,
  },
  {
    point: '5',
    name: 'Retry-After is not kept',
    means: 'a service that asks for a pause is asked again',
    file: `${SERVE}/gate.ts`,
    replace: [['Math.max(pauseOfLine(requests), asked)', 'Math.min(pauseOfLine(requests), asked + 60_000)']],
    seed: 9,
  },
  {
    point: '5',
    name: 'a token that was mended waits like the refused one',
    means: 'the night begins half an hour after the person mended it',
    file: `${SERVE}/gate.ts`,
    replace: [['!isAbout(freno, { noche: night.noche, huella });', 'freno.noche !== night.noche;']],
    where: { kinds: ['mend-token'] },
    seed: 835,
  },
  {
    point: '6',
    name: 'a send by day cancels that night’s send',
    means: 'what rose after 18:39 is not reported',
    file: 'packages/engine/src/send/course.ts',
    replace: [["if (origen === 'servicio') sent.set(key, null);", 'if (origen) sent.set(key, null);']],
    where: { kinds: ['send-by-day'] },
    seed: 10,
  },
  {
    point: '6',
    name: 'the night leaves out what was sent by day, whatever it says',
    means: 'what rose since is not reported',
    file: 'packages/engine/src/plan/select.ts',
    replace: [
      [
        'last?.noche === noche && saysTheSame(last, candidate, registro)',
        'last?.noche === noche && registro !== undefined',
      ],
    ],
    where: { kinds: ['send-by-day'] },
    seed: 10,
  },
];
