import { course, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ALL_COURSES,
  type Alerta,
  alertCenter,
  countStudents,
  decide,
  type ServeEvent,
  saveCierre,
  studentStates,
} from '../src/index.ts';
import { type Mailbox, openMailbox } from './support/mailbox.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
let box: Mailbox;
let told: Told;
beforeEach(async () => {
  world = await openWorld(4);
  box = await openMailbox();
  told = { events: [], defects: [] };
  at('2026-11-20T21:55');
});
afterEach(async () => {
  await box.close();
  await world.close();
});

const at = (minute: string) => {
  world.time.now = new Date(`${minute}:00-03:00`);
};
const PANEL = 'https://puente.otec.example';
const named = (index: number, avance = 10) => ({ ...student(index, avance), name: `Persona ${index}` });
const center = (more: { ensayo?: boolean; panel?: string | null; resumenA?: null } = {}) =>
  alertCenter({
    ledger: world.ledger,
    clock: () => world.time.now,
    avisar: [{ rutOtec: OTEC.rut, otec: 'Capacita Austral', canales: [box.correo], panel: PANEL, ...more }],
  });
const nightOf = async (end: string) => {
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await until(world, `${end}:00-03:00`, [runner], 15);
};
/** The one mail that came, without what no person reads. */
const mail = () => {
  expect(box.mails).toHaveLength(1);
  const [one] = box.mails;
  if (one === undefined) throw new Error('no mail');
  return one;
};
const readable = (html: string) =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');

test('the morning names who is missing, with what to do and the page where it is done; text and HTML say the same', async () => {
  world.courses = [course([named(0), named(1), named(9)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T08:00');
  await center().tick();
  const { asunto, de, texto, html } = mail();
  expect(de).toBe('Puente SIC <puente@otec.example>');
  expect(asunto).toBe('1 alumno de 3 con algo pendiente en SENCE. Llegó el curso');
  expect(texto).toMatchInlineSnapshot(`
    "Anoche llegó el curso. Hay 1 alumno con algo pendiente en SENCE.
    SENCE tiene a 2 de 3 alumnos. Noche del viernes 20 de noviembre, desde las 22:00.

    1: SENCE no conoce su RUT
       Persona 9 · Curso de prueba
       Compárelo con la cédula. Si está mal escrito, corríjalo en la planilla y súbala; si está bien, pida su inscripción en SIC. Fila 11 de la planilla.

    Corregir a 1 alumno: https://puente.otec.example/por-corregir
    Hasta las 22:00 hay tiempo: lo que quede bien sale solo esta noche.

    --
    Lo envía Puente SIC, de Capacita Austral. Sale cada mañana; si no queda nada pendiente, son dos líneas.
    Cambiar a quién y cuándo se avisa: https://puente.otec.example/ajustes/avisos"
  `);
  for (const line of texto.split('\n').map((one) => one.trim())) {
    const words = line.replace(/^\d+: |: https:.*$|^--$/g, '');
    expect(readable(html)).toContain(words);
  }
  expect(html).toContain(`href="${PANEL}/por-corregir"`);
});

test('its figures are the pages’ own count, no RUT stands in it, and no command', async () => {
  world.courses = [course([named(0), named(1), named(9), named(2)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T08:00');
  await center().tick();
  const { asunto, texto, html } = mail();
  const states = await studentStates(world.ledger, { rutOtec: OTEC.rut, noche: '2026-11-20' });
  const { alumnos, pendientes, loTiene } = countStudents(
    [...states.values()].flatMap((list) => list.map(({ estado }) => estado)),
  );
  expect([alumnos, pendientes]).toEqual([4, 1]);
  expect(asunto).toContain(`${pendientes} alumno de ${alumnos}`);
  expect(texto).toContain(`SENCE tiene a ${loTiene} de ${alumnos} alumnos`);
  for (const text of [asunto, texto, html]) {
    expect(text).not.toMatch(/npx|«puente|puente (enviar|errores|servir)/);
    for (const index of [0, 1, 2, 9]) expect(text).not.toContain(String(rutOf(index).numero));
  }
});

test('a morning without anything pending is two lines, and says no more than was looked at', async () => {
  world.courses = [course([named(0), named(1)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T08:00');
  await center().tick();
  const { asunto, texto } = mail();
  expect(asunto).toBe('SENCE tiene a los 2 alumnos');
  expect(texto.split('\n').slice(0, 2)).toEqual([
    'SENCE tiene a los 2 alumnos. No hay nada que corregir.',
    'Anoche llegó el curso. SENCE tiene a 2 de 2 alumnos. Noche del viernes 20 de noviembre, desde las 22:00.',
  ]);
  expect(texto).not.toContain('Corregir');
});

test('more than ten names of one problem are not all written', async () => {
  world.courses = [course(Array.from({ length: 14 }, (_, index) => named(index + 9)))];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T08:00');
  await center().tick();
  expect(mail().texto).toContain('Persona 18 y 4 más · Curso de prueba');
});

const lost = (more: Partial<Extract<ServeEvent, { kind: 'lost' }>> = {}): ServeEvent => ({
  ...{ kind: 'lost', rutOtec: OTEC.rut, noche: '2026-11-21', cursos: [] },
  motivo: 'El servicio de Puente no estaba funcionando durante la ventana.',
  ...more,
});

test('a lost night says how many are waiting, why, and how it does not happen again', async () => {
  world.courses = [course([named(0), named(1)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-22T00:20');
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await runner.tick();
  const alerts = center();
  await alerts.take(lost());
  await alerts.tick();
  const { asunto, texto } = mail();
  expect(asunto).toBe('Anoche no se informó: 2 alumnos con algo pendiente en SENCE');
  expect(texto).toMatchInlineSnapshot(`
    "Noche perdida: sábado 21 de noviembre
    Anoche no se pudo informar ningún curso.
    El servicio de Puente no estaba funcionando durante la ventana.

    Qué hacer ahora
       Sale solo esta noche, desde las 22:00, si lo que lo impidió está arreglado. Si lo quiere enviar antes, puede hacerlo desde Puente: el avance se informará con la fecha de hoy. SENCE pide informar entre las 22:00 y las 00:00.

    Para que no se repita
       Deje encendido el computador de Puente entre las 22:00 y las 00:00, sin suspensión.

    Ver y enviar lo que faltó: https://puente.otec.example/

    --
    Lo envía Puente SIC, de Capacita Austral.
    Cambiar a quién y cuándo se avisa: https://puente.otec.example/ajustes/avisos"
  `);
});

test('the token: when it was tried, what it keeps, the three causes, and where the new one is put', async () => {
  world.courses = [course([named(0), named(1)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T12:00');
  const alerts = center({ resumenA: null });
  const queHacer = 'Revise el token.';
  await alerts.take({
    ...{ kind: 'condition', rutOtec: OTEC.rut, clave: 'token', mal: true },
    ...{ mensaje: 'SENCE no acepta a la OTEC.', queHacer },
  });
  await alerts.tick();
  const { asunto, texto, html } = mail();
  expect(asunto).toBe('SENCE no acepta el token: esta noche no se podrá informar');
  expect(texto).toMatchInlineSnapshot(`
    "Hay que actuar antes de las 22:00
    SENCE no acepta el token de Capacita Austral.
    Lo probamos hoy a las 12:00. Mientras no se arregle, su curso (2 alumnos) no se puede informar. Hay tres causas posibles: el token no es el de esta OTEC o cambió, el RUT de la OTEC está mal escrito en Puente, o la OTEC ya no está vigente en SENCE.

    1: Entre a sistemas.sence.cl/rts y copie el token completo.

    2: Péguelo en Puente: se prueba ahí mismo, sin enviar nada.
       Si tampoco se acepta, revise el RUT de la OTEC en Ajustes y pregunte a SENCE si la OTEC está vigente.

    Pegar el token nuevo: https://puente.otec.example/ajustes?token=76111222-8
    No responda este correo con el token: nadie más debe verlo.

    --
    Lo envía Puente SIC, de Capacita Austral.
    Cambiar a quién y cuándo se avisa: https://puente.otec.example/ajustes/avisos"
  `);
  expect(html).toContain(`href="${PANEL}/ajustes?token=76111222-8"`);
});

test('a rehearsal says so in the subject and does not speak of SENCE; without a panel there are no links', async () => {
  world.courses = [course([named(0), named(9)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T08:00');
  await center({ ensayo: true, panel: null }).tick();
  const { asunto, texto, html } = mail();
  expect(asunto).toBe('[Ensayo] 1 alumno de 2 con algo pendiente en el Gestor de ensayo. Llegó el curso');
  expect(texto).not.toMatch(/SENCE(?! lo pasa)/);
  expect(html).not.toContain('href=');
});

test('what names a person is written when the mail goes, and stands in no queue', async () => {
  world.courses = [course([named(0), named(9)])];
  await nightOf('2026-11-21T00:20');
  at('2026-11-21T08:00');
  await center().tick();
  expect(mail().texto).toContain('Persona 9');
  const rows = await world.ledger.db.selectFrom('aviso').selectAll().execute();
  const contents = rows.map(({ contenido }): Alerta => JSON.parse(contenido));
  expect(contents.map(({ tipo }) => tipo)).toContain('resumen');
  expect(JSON.stringify(contents)).not.toMatch(/Persona/);
});

test('on Mondays the owner hears of what ends, by her own figures; in the days before, a line in the morning', async () => {
  world.courses = [course([named(0, 80), named(1, 40)])];
  await nightOf('2026-11-23T00:20');
  await world.ledger.db.updateTable('curso').set({ ultimoDia: '2026-11-30' }).execute();
  const all = { rutOtec: OTEC.rut, ...ALL_COURSES };
  await saveCierre(world.ledger.db, all, { minAvance: 75, valor: 165_000 });
  const { codigoOferta, codigoGrupo } = course([]);
  const key = { rutOtec: OTEC.rut, codigoOferta, codigoGrupo };
  await saveCierre(world.ledger.db, key, { programa: 'franquicia' });
  at('2026-11-23T07:59');
  await center().tick();
  expect(box.mails).toEqual([]);
  at('2026-11-23T08:00');
  await center().tick();
  await center().tick();
  const monday = box.mails.filter(({ asunto }) => asunto.includes('en los próximos 15 días'));
  expect(monday.map(({ asunto }) => asunto)).toEqual([
    '1 curso termina en los próximos 15 días: 1 alumno bajo sus mínimos',
  ]);
  expect(monday[0]?.texto).toContain('1: Curso de prueba, termina el 30 nov');
  expect(monday[0]?.texto).toContain('De 2 alumnos. En riesgo, con su valor: $165.000.');
  expect(monday[0]?.texto).toContain(`Ver 1 curso por cerrar: ${PANEL}/por-cerrar`);
  const morning = box.mails.find(({ asunto }) => asunto.startsWith('SENCE'));
  expect(morning?.texto).toContain(
    'Por cerrar. Curso de prueba termina en 7 días; 1 alumno está bajo el mínimo que usted definió.',
  );
});

test('the Monday mail lists each figure that is kept, by name, with who decided it and until when; a queue holds no name', async () => {
  world.courses = [course([named(0, 80)])];
  await nightOf('2026-11-21T00:20');
  await world.ledger.db.updateTable('curso').set({ ultimoDia: '2026-12-30' }).execute();
  const { codigoOferta, codigoGrupo } = course([]);
  await decide(
    world.ledger,
    {
      ...{ rutOtec: OTEC.rut, codigoOferta, codigoGrupo, rut: rutOf(0).text, codigoModulo: 'PRUEBA-M1' },
      ...{ tipo: 'mantener', quien: 'Ana Soto', motivo: 'Se agregaron actividades' },
    },
    new Date('2026-11-20T15:00:00Z'),
  );
  at('2026-11-23T08:00');
  await center().tick();
  const monday = box.mails.find(({ asunto }) => asunto === '1 cifra se mantiene');
  expect(monday?.texto).toContain(
    'Persona 0 (Curso de prueba, módulo PRUEBA-M1): se informa 80 % hasta que la planilla llegue a 80 %, o el 30 dic. Lo decidió Ana Soto el 20 nov: «Se agregaron actividades».',
  );
  expect(monday?.texto).toContain(`Ver todas en Evidencia: ${PANEL}/evidencia`);
  const rows = await world.ledger.db.selectFrom('aviso').selectAll().execute();
  expect(JSON.stringify(rows)).not.toMatch(/Persona/);
});
