import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadOficial } from '../../../fixtures/load.ts';
import { damaged, envio } from '../test/arbitraries.ts';
import type { Answer, RecordFate } from './answer.ts';
import type { Curso } from './envio.ts';
import { own, ownList } from './json.ts';
import { readAnswer } from './read-answer.ts';
import { rutKey } from './records.ts';

type Processed = Extract<Answer, { kind: 'processed' }>;

function processed(raw: unknown, sent: unknown): Processed {
  const answer = readAnswer(typeof raw === 'string' ? raw : JSON.stringify(raw), sent);
  if (answer.kind !== 'processed') throw new Error(`unexpected: ${JSON.stringify(answer)}`);
  return answer;
}

/** `accepted`, or the codes: `rejected 025`. */
const fates = ({ records }: Processed): string[] =>
  records.map(({ fate, reasons }) =>
    [fate, ...reasons.map(({ code, rawCode }) => code ?? rawCode)].join(' '),
  );

const modulo = (codigoModulo: unknown, porcentajeAvance: unknown = 10) => ({
  codigoModulo,
  porcentajeAvance,
});
const alumno = (rutAlumno: unknown, dvAlumno: unknown, ...listaModulos: unknown[]) => ({
  rutAlumno,
  dvAlumno,
  tiempoConectividad: 60,
  listaModulos,
});
const sentOf = (...listaAlumnos: unknown[]) => ({ listaAlumnos });
const partial = (datosEnviados: unknown[], datosError: unknown[]) => ({
  id_proceso: 1,
  datosEnviados,
  datosError,
});

describe('the official answers', () => {
  const sent = (name: string): unknown => JSON.parse(loadOficial(`${name}.envio.json`));

  it('all accepted', () => {
    const answer = processed(loadOficial('respuesta-ok.json'), sent('respuesta-ok'));
    expect(answer).toMatchObject({ idProceso: 25, unattributed: [], leaked: false });
    expect(answer.records).toEqual([
      {
        rut: '15943354-4',
        codigoModulo: 'C51737-014-M1',
        position: [0, 0],
        fate: 'accepted',
        reasons: [],
      },
    ]);
    expect(answer.respuestaSic).toMatch(/^El proceso 25 ha finalizado correctamente/);
  });

  it('012', () => {
    const answer = processed(loadOficial('respuesta-error-012.json'), sent('respuesta-error-012'));
    const message = 'El alumno 11111111-5 no se encuentra registrado.';
    expect(answer).toMatchObject({ idProceso: 31, respuestaSic: null, unattributed: [] });
    expect(answer.records).toMatchObject([
      { fate: 'rejected', reasons: [{ code: '012', rawCode: '012', message }] },
    ]);
  });

  it('025 as observed in production', () => {
    const name = 'respuesta-error-025-observada';
    const message = 'modulo.porcentajeAvance debe ser mayor al anterior (100.00000)';
    expect(processed(loadOficial(`${name}.json`), sent(name)).records).toMatchObject([
      { rut: '9445435-2', fate: 'rejected', reasons: [{ code: '025', message }] },
    ]);
  });

  it('not authenticated', () => {
    expect(readAnswer(loadOficial('token-invalido.json'), {})).toEqual({
      kind: 'refused',
      reason: { code: '001', rawCode: null, message: 'Token invalido' },
    });
  });
});

describe('refused and unreadable', () => {
  it('another authentication failure is 002', () => {
    const reason = { code: '002', rawCode: null, message: 'cURL error 28: timed out' };
    expect(readAnswer(JSON.stringify({ error: [{ mensaje: reason.message }] }), {})).toEqual({
      kind: 'refused',
      reason,
    });
  });

  it.each([
    ['an empty body', ''],
    ['blanks', ' \n'],
    ['an HTML page', '<!doctype html><html><body>502 Bad Gateway</body></html>'],
    ['plain text', 'upstream timed out'],
    ['null', 'null'],
    ['a number', '25'],
    ['a list', '[]'],
    ['another service', '{"statusCode":500,"error":"Internal Server Error","message":"x"}'],
    ['an empty list of errors', '{"error":[]}'],
    ['an answer cut off', loadOficial('respuesta-ok.json').slice(0, -20)],
    ['a cut off answer with an error inside', '{"id_proceso":5,"extra":{"error":"x"},"datosEnviados":['],
    ['two different answers', '<p>{"id_proceso":1,"envio":[]}{"id_proceso":2,"envio":[]}'],
  ])('%s is unreadable, in a Spanish sentence', (_name, raw) => {
    expect(readAnswer(raw, {})).toEqual({
      kind: 'unreadable',
      why: expect.stringMatching(/^El servicio .+\.$/),
    });
  });

  it('an error beside a process number is no refusal: something may have been recorded', () => {
    const sent = sentOf(alumno(1, '9', modulo('A')));
    expect(fates(processed({ id_proceso: 7, error: [{ mensaje: 'Token invalido' }] }, sent))).toEqual([
      'unknown',
    ]);
  });

  it('of two JSON texts the result counts, not the notice', () => {
    const raw = `{"error":[{"mensaje":"aviso"}]}\n${JSON.stringify({ id_proceso: 7, envio: [], errores: [] })}`;
    expect(processed(raw, {})).toMatchObject({ idProceso: 7, leaked: true });
  });
});

describe('attribution', () => {
  const ana = alumno(11111111, '1', modulo('A'), modulo('B'));
  const beto = alumno('0022222', 'k', modulo('A'));
  const sent = sentOf(ana, beto);
  const error = (who: unknown, codigo: unknown, more: object = {}) => ({
    alumno: who,
    codigo,
    mensaje: 'm',
    ...more,
  });

  it('a module’s error is that module’s alone', () => {
    const answer = partial(
      [alumno('11111111', '1', modulo('A'))],
      [error(ana, '024', { codigoModulo: 'B' }), error(ana, 23, { codigoModulo: 'B' })],
    );
    expect(fates(processed(answer, sent))).toEqual(['accepted', 'rejected 024 023', 'unknown']);
  });

  it('a student’s error is all of the modules’', () => {
    expect(fates(processed(partial([beto], [error(ana, '011')]), sent))).toEqual([
      'rejected 011',
      'rejected 011',
      'accepted',
    ]);
  });

  it('reads numbers as text, leading zeros, check digits in any case, process numbers as text', () => {
    const answer = {
      id_proceso: '44',
      envio: [alumno('11111111', 1, modulo('A'), modulo('B')), alumno(22222, 'K', modulo('A'))],
      errores: [],
    };
    expect(processed(answer, sent).idProceso).toBe(44);
    expect(fates(processed(answer, sent))).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('026 of a student, by its text, is all of the modules’', () => {
    const datosError = [{ alumno: ana, codigo: '026', mensaje: 'alumno.fechaInicio inválido' }];
    expect(fates(processed(partial([], datosError), sent))).toEqual([
      'rejected 026',
      'rejected 026',
      'unknown',
    ]);
  });

  it('a call’s error is everybody’s', () => {
    // A course's code may end as a RUT does, and one may be written beside it.
    for (const curso of ['X', 'CAP-26-01-13-9999-1', 'CAP-26-01-13-0446', '9999-1']) {
      const mensaje = `El curso ${curso} no se encuentra registrado`;
      const datosError = [{ alumno: null, codigo: '003', mensaje }];
      expect(fates(processed(partial([], datosError), sent))).toEqual([
        'rejected 003',
        'rejected 003',
        'rejected 003',
      ]);
    }
  });

  it('nobody is named by the end of a code', () => {
    const mensaje = 'Un motivo nuevo, curso CAP-26-01-13-9999-1';
    const { unattributed } = processed(partial([], [{ alumno: null, codigo: '077', mensaje }]), sent);
    expect(unattributed).toMatchObject([{ rawCode: '077', rut: null }]);
  });

  it('a module’s error without its module: by the echo, by elimination, by its text; else it stays open', () => {
    const of = (datosEnviados: unknown[], item: object) =>
      fates(processed(partial(datosEnviados, [item]), sent)).slice(0, 2);
    expect(of([], error(alumno(11111111, '1', modulo('B')), '024'))).toEqual(['unknown', 'rejected 024']);
    expect(of([alumno(11111111, '1', modulo('A'))], error(ana, '024'))).toEqual(['accepted', 'rejected 024']);
    const mensaje = 'El alumno 11111111-1 no se encuentra registrado en el modulo B';
    expect(of([], { alumno: ana, codigo: '010', mensaje })).toEqual(['unknown', 'rejected 010']);
    expect(of([], error(ana, '024'))).toEqual(['unknown 024', 'unknown 024']);
  });

  it('an unknown code rejects what was not received', () => {
    expect(fates(processed(partial([], [error(beto, '099')]), sent))).toEqual([
      'unknown',
      'unknown',
      'rejected 099',
    ]);
  });

  it('an unknown code of what was received leaves it open', () => {
    expect(fates(processed(partial([beto], [error(beto, '099')]), sent))[2]).not.toContain('accepted');
  });

  it('names students without echo, by text or without check digit', () => {
    const items = [
      { mensaje: 'El alumno 11111111-1 no se encuentra registrado.' },
      'El alumno 22222-K no se encuentra registrado.',
    ];
    expect(fates(processed({ id_proceso: 1, envio: [], errores: items }, sent))).toEqual(
      Array(3).fill('rejected 012'),
    );
    expect(fates(processed(partial([{ rutAlumno: 22222, listaModulos: [modulo('A')] }], []), sent))[2]).toBe(
      'accepted',
    );
  });

  it('an error outweighs an echo', () => {
    expect(fates(processed(partial([beto], [error(beto, '024', { codigoModulo: 'A' })]), sent))[2]).toBe(
      'rejected 024',
    );
  });

  it('says what belongs to nobody', () => {
    const stranger = alumno(33333333, '3', modulo('A'));
    const { unattributed } = processed(
      partial(
        [stranger],
        [
          error(stranger, '012'),
          error(ana, '024', { codigoModulo: 'Z' }),
          { alumno: null, codigo: null, mensaje: 'nada' },
          7,
        ],
      ),
      sent,
    );
    expect(unattributed).toEqual([
      {
        code: null,
        rawCode: null,
        message: expect.stringContaining('33333333-3'),
        rut: '33333333-3',
        codigoModulo: 'A',
      },
      { code: '012', rawCode: '012', message: 'm', rut: '33333333-3', codigoModulo: null },
      { code: '024', rawCode: '024', message: 'm', rut: '11111111-1', codigoModulo: 'Z' },
      { code: null, rawCode: null, message: 'nada', rut: null, codigoModulo: null },
      {
        code: null,
        rawCode: null,
        message: 'El servicio no dijo por qué lo rechazó.',
        rut: null,
        codigoModulo: null,
      },
    ]);
  });

  it('a student’s echo without modules accepts none', () => {
    expect(
      fates(processed({ id_proceso: 1, envio: [{ rutAlumno: 22222, dvAlumno: 'K' }], errores: [] }, sent))[2],
    ).toBe('unknown');
  });

  it('modules without a code are records too', () => {
    const broken = sentOf(alumno(11111111, '1', { porcentajeAvance: 3 }, modulo('A'), 5));
    const datosError = [error(alumno(11111111, '1', { porcentajeAvance: 3 }), '010', { codigoModulo: null })];
    expect(fates(processed(partial([alumno(11111111, '1', modulo('A'))], datosError), broken))[1]).toBe(
      'accepted',
    );
  });
});

describe('the same student or module twice in one call', () => {
  const twice = (one: number, other: number) =>
    sentOf(alumno(1, '9', modulo('A', one)), alumno(1, '9', modulo('A', other)));
  const lower = (who: unknown) => ({ alumno: who, codigo: '025', mensaje: 'm', codigoModulo: 'A' });

  it('the values that are echoed tell which one', () => {
    const answer = partial([alumno('1', '9', modulo('A', 50))], [lower(alumno(1, '9', modulo('A', '40')))]);
    expect(fates(processed(answer, twice(50, 40)))).toEqual(['accepted', 'rejected 025']);
    expect(fates(processed(answer, twice(40, 50)))).toEqual(['rejected 025', 'accepted']);
  });

  it('all of them accepted', () => {
    const echo = alumno(1, '9', modulo('A', 50));
    expect(fates(processed({ id_proceso: 1, envio: [echo, echo], errores: [] }, twice(50, 50)))).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('only one of two equal ones received: the other stays open', () => {
    const answer = { id_proceso: 1, envio: [alumno(1, '9', modulo('A', 50))], errores: [] };
    expect(fates(processed(answer, twice(50, 50)))).toEqual(['accepted', 'unknown']);
  });

  it('of equal ones around a higher one the first went in', () => {
    const [low, high] = [alumno(1, '9', modulo('A', 50)), alumno(1, '9', modulo('A', 80))];
    expect(fates(processed(partial([low, high], [lower(low)]), sentOf(low, high, low)))).toEqual([
      'accepted',
      'accepted',
      'rejected 025',
    ]);
  });

  it('a student without modules is told from the same student with them', () => {
    const [full, empty] = [alumno(1, '9', modulo('A')), { ...alumno(1, '9'), tiempoConectividad: 90 }];
    const item = { alumno: empty, codigo: null, mensaje: 'alumno.listaModulos no puede estar vacía' };
    const answer = processed(partial([full], [item]), sentOf(full, empty));
    expect(fates(answer)).toEqual(['accepted']);
    expect(answer.unattributed).toMatchObject([{ rut: '1-9', message: item.mensaje }]);
  });

  it('who is unknown is unknown both times', () => {
    const item = { alumno: alumno(1, '9', modulo('A', 50)), codigo: '012', mensaje: 'm' };
    expect(fates(processed(partial([], [item]), twice(50, 60)))).toEqual(['rejected 012', 'rejected 012']);
  });

  it('where the values do not tell, nothing is claimed', () => {
    const answer = partial(
      [alumno(1, '9', { codigoModulo: 'A' })],
      [lower(null), lower({ rutAlumno: 1, dvAlumno: '9' })],
    );
    expect(fates(processed(answer, twice(50, 40)))).toEqual(['unknown 025', 'unknown 025']);
  });
});

describe('any answer to any envío', () => {
  const leaks = fc.constantFrom(
    '',
    '<div>Notice: Undefined index: x in <b>/srv/a.php</b></div>\n',
    '<style>a{b:c}</style>{"a":{"b":[1]}}',
  );

  /** An answer by the rules [S, A 3], with the fate that each record was given. */
  const answered = envio.chain((sent) => {
    const total = sent.listaAlumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0);
    return fc
      .tuple(
        fc.array(fc.boolean(), { minLength: total, maxLength: total }),
        fc.array(fc.integer({ min: 0, max: 4 }), {
          minLength: sent.listaAlumnos.length,
          maxLength: sent.listaAlumnos.length,
        }),
      )
      .map(([moduleOk, strangers]) => answerOf(sent, moduleOk, strangers));
  });

  function answerOf(sent: Curso, moduleOk: boolean[], strangers: number[]) {
    const truth: RecordFate[] = [];
    const datosEnviados: object[] = [];
    const datosError: object[] = [];
    sent.listaAlumnos.forEach((student, index) => {
      const stranger = strangers[index] === 0;
      if (stranger) datosError.push({ alumno: student, codigo: '012', mensaje: 'm' });
      const accepted = student.listaModulos.filter((item) => {
        const ok = moduleOk[truth.length] === true && !stranger;
        truth.push(ok ? 'accepted' : 'rejected');
        if (!ok && !stranger) {
          const { codigoModulo } = item;
          datosError.push({
            alumno: { ...student, listaModulos: [item] },
            codigo: '025',
            mensaje: 'm',
            codigoModulo,
          });
        }
        return ok;
      });
      if (accepted.length > 0) datosEnviados.push({ ...student, listaModulos: accepted });
    });
    const answer =
      datosError.length === 0
        ? { id_proceso: 1, envio: datosEnviados, errores: [], respuesta_SIC: 'x' }
        : { id_proceso: 1, datosEnviados, datosError, respuesta_SIC: '' };
    return { sent, truth, answer };
  }

  it('gives every record the fate that the answer gave it', () => {
    fc.assert(
      fc.property(answered, leaks, leaks, ({ sent, truth, answer }, before, after) => {
        const read = processed(before + JSON.stringify({ extra: { '"}': 1 }, ...answer }) + after, sent);
        expect(read.records.map(({ fate }) => fate)).toEqual(truth);
        expect(read.unattributed).toEqual([]);
      }),
    );
  });

  it('never throws, and never accepts what a damaged answer does not list', () => {
    const damagedAnswers = answered.chain(({ sent, answer }) => fc.tuple(fc.constant(sent), damaged(answer)));
    fc.assert(
      fc.property(damagedAnswers, ([sent, answer]) => {
        const read = readAnswer(JSON.stringify(answer) ?? '', sent);
        if (read.kind !== 'processed') return;
        const total = sent.listaAlumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0);
        expect(read.records).toHaveLength(total);
        const listed = listedIn(answer);
        const claimed = read.records.filter(({ fate }) => fate === 'accepted');
        expect(claimed.filter(({ rut, codigoModulo }) => !listed.has(`${rut} ${codigoModulo}`))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on a cut or garbled text, nor on any two things', () => {
    fc.assert(
      fc.property(
        answered,
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (a, from, length, text) => {
          const raw = JSON.stringify(a.answer);
          const start = from % raw.length;
          const garbled = raw.slice(0, start) + text + raw.slice(start + (length % 20));
          expect(['processed', 'refused', 'unreadable']).toContain(readAnswer(garbled, a.sent).kind);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.anything(), (raw, sent) => {
        readAnswer(raw, sent);
      }),
    );
  });

  /** What an answer lists as received, read naively: number and module, whatever stands around them. */
  function listedIn(answer: unknown): Set<string> {
    const students = ['envio', 'datosEnviados'].flatMap((name) => ownList(answer, name) ?? []);
    return new Set(
      students.flatMap((student) => {
        const modulos = ownList(student, 'listaModulos') ?? [];
        return modulos.flatMap((item) =>
          ruts(student).map((rut) => `${rut} ${String(own(item, 'codigoModulo') ?? '')}`),
        );
      }),
    );
  }

  function ruts(student: unknown): string[] {
    const number = String(own(student, 'rutAlumno'));
    return [rutKey(student), ...[...'0123456789K'].map((dv) => `${number}-${dv}`)];
  }
});
