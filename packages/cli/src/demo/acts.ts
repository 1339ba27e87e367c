import { preview, send } from '@puente-sic/engine';
import { santiagoDateTime } from '@puente-sic/protocol';
import type { Context } from '../context.ts';
import { readProceso } from '../history.ts';
import { printHistory } from '../print/history.ts';
import { printPreviewTable } from '../print/preview.ts';
import { printSend } from '../print/send.ts';
import { sendProgress } from '../print/send-progress.ts';
import { indented, type Terminal } from '../terminal.ts';
import { typed } from './examples.ts';
import type { Stage } from './stage.ts';

/** The nights of the example data, inside the official window. */
const LAST_NIGHT = new Date('2026-11-21T22:15:00-03:00');
const TONIGHT = new Date('2026-11-22T22:15:00-03:00');
const AFTER_CORRECTING = new Date('2026-11-22T22:45:00-03:00');

/** Plays the demo and returns all that came of it. */
export async function play(context: Context, stage: Stage) {
  const { terminal, signal } = context;
  const { green } = terminal.colors;
  const act = curtain(terminal, signal);
  const inner = indented(terminal, '   ');
  prologue(terminal);

  act('Un Gestor Intermedio propio', {
    what: 'Las mismas direcciones y respuestas que el oficial, sobre una carpeta vacía que se borra al terminar.',
    byHand: [
      'npx puente gestor servir --puerto 8350 --registro examples/registro-demo.json',
      `export SENCE_TOKEN=${stage.otec.token}`,
    ],
  });
  inner.line(`${green('✔')} Atiende en ${stage.gestor.url}`);

  act('Probar la conexión', {
    what: '¿Se llega al Gestor? ¿Acepta el token de la OTEC?',
    byHand: ['npx puente probar --config examples/puente.yaml'],
  });
  stage.setClock(LAST_NIGHT);
  const test = await stage.client.testConnection({ signal });
  signal.throwIfAborted();
  if (test.kind !== 'accepted')
    throw new Error(`The demo's own Gestor did not take its own token: ${test.kind}`);
  inner.line(`${green('✔')} Se llega al Gestor y acepta el token.`);

  act(`Anoche · ${clockText(LAST_NIGHT)}`, {
    what: 'El primer envío: un curso en CSV, otro en Excel y otro en JSON. Todo entra.',
    byHand: ['npx puente enviar --config examples/puente.yaml --archivo examples/otec-demo-ayer'],
  });
  const ayer = await sendFolder(context, stage, 'otec-demo-ayer');
  printSend(inner, ayer, false);

  act(`Esta noche · ${clockText(TONIGHT)} · previsualizar`, {
    what: 'Los archivos de hoy traen los errores de la vida real. Primero se mira qué pasaría, sin llamar al Gestor.',
    byHand: ['npx puente previsualizar --config examples/puente.yaml'],
  });
  stage.setClock(TONIGHT);
  const previa = await preview(stage.request('otec-demo'));
  printPreviewTable(inner, previa);

  act('Esta noche · enviar', {
    what: 'Lo que el Gestor rechazaría se retiene, lo demás se envía, y la respuesta se explica alumno por alumno.',
    byHand: ['npx puente enviar --config examples/puente.yaml'],
  });
  const hoy = await sendFolder(context, stage, 'otec-demo');
  printSend(inner, hoy, false);

  act('Corregir y reenviar', {
    what: 'Se corrigen las filas con problemas y se envía solo lo que había fallado; lo aceptado no se toca.',
    byHand: [
      'npx puente enviar --config examples/puente.yaml --archivo examples/otec-demo-corregido --solo-errores',
    ],
  });
  stage.setClock(AFTER_CORRECTING);
  const corregido = await sendFolder(context, stage, 'otec-demo-corregido', true);
  printSend(inner, corregido, true);

  act('Leer el historial', {
    what: 'Lo que el Gestor guardó de cada envío: la prueba de lo informado.',
    byHand: ['npx puente historial --config examples/puente.yaml'],
  });
  const { processes } = await stage.client.history({}, { signal });
  const procesos = processes.map((proceso) => readProceso(stage.otec.rut, proceso));
  printHistory(inner, procesos, false);

  epilogue(terminal);
  return { ayer, previa, hoy, corregido, historial: { procesos } };
}

function prologue(terminal: Terminal): void {
  terminal.line();
  terminal.line(terminal.colors.bold('puente · del LMS al Gestor Intermedio de SENCE'));
  terminal.paragraph(
    'Una OTEC inventada, con 3 cursos y 60 alumnos, informa dos noches a un Gestor Intermedio que corre en este equipo. Nada sale a internet y no queda ningún archivo. Bajo cada título está la orden para hacer lo mismo a mano.',
  );
}

function epilogue(terminal: Terminal): void {
  terminal.line();
  terminal.paragraph(
    'Eso es todo. Para seguir con sus datos: «npx puente plantilla» escribe una planilla de ejemplo, «npx puente validar ARCHIVO» la revisa y «npx puente --ayuda» muestra los demás comandos.',
  );
}

async function sendFolder(context: Context, stage: Stage, folder: string, soloErrores = false) {
  const progress = sendProgress(context.terminal);
  try {
    return await send({ ...stage.request(folder), filters: { soloErrores }, onProgress: progress.on });
  } finally {
    progress.clear();
  }
}

interface Act {
  what: string;
  byHand: string[];
}

/** Announces each act: its number, what happens in it, and how to do the same by hand. */
function curtain(terminal: Terminal, signal: AbortSignal): (title: string, act: Act) => void {
  const { colors } = terminal;
  let number = 0;
  return (title, { what, byHand }) => {
    signal.throwIfAborted();
    number++;
    terminal.line();
    terminal.line(`${colors.cyan(colors.bold(String(number)))}  ${colors.bold(title)}`);
    terminal.paragraph(what, '   ');
    for (const order of byHand) terminal.line(colors.dim(`   $ ${typed(order)}`));
    terminal.line();
  };
}

/** `21-11-2026, 22:15` */
function clockText(instant: Date): string {
  const [day = '', time = ''] = santiagoDateTime(instant).split(' ');
  return `${day.split('-').reverse().join('-')}, ${time.slice(0, 5)}`;
}
