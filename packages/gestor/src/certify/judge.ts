import type { Llamada } from './call.ts';
import { PERFILES } from './profile.ts';
import type { Evento, Linea, Programa } from './record-schema.ts';
import { type Dictamen, type Escenario, SIN_INTENTO, type Trafico } from './scenario.ts';
import { enviosOf, scenarios } from './scenarios.ts';

/** One go at a scenario. */
export interface Intento extends Dictamen {
  /** The calls that it went by. */
  llamadas: readonly Llamada[];
}

/** What stands of one scenario: that of its last go. */
export interface Resultado extends Omit<Intento, 'estado'> {
  escenario: Escenario;
  estado: Dictamen['estado'] | 'no-aplica';
  /** Every go that saw any call, in order. */
  intentos: Intento[];
}

/** What a record says, judged by nothing but the record. */
export interface Juicio {
  programa: Programa;
  segundosLenta: number;
  /** Version of the kit that wrote the last of it. */
  kit: string;
  /** How often all was begun anew. */
  comienzos: number;
  resultados: Resultado[];
}

/** Judges a record; `ahora` by the kit's clock. */
export function judge(lineas: readonly Linea[], ahora: Date): Juicio {
  const eventos = lineas.map(({ evento, kit }) => ({ evento, kit }));
  const arranque = lastOf(eventos, 'arranque');
  const programa = lastOf(eventos, 'programa')?.programa ?? SIN_PROGRAMA;
  const segundosLenta = arranque?.segundosLenta ?? 0;
  const marks = marksOf(eventos);
  const desde = marks.inicios.at(-1)?.desde ?? 0;
  const todas = eventos
    .flatMap(({ evento }) => (evento.tipo === 'llamada' ? [evento.llamada] : []))
    .sort((a, b) => a.n - b.n);
  return {
    programa,
    segundosLenta,
    kit: arranque?.kit ?? '',
    comienzos: marks.inicios.length,
    resultados: scenarios(segundosLenta).map((escenario): Resultado => {
      const again = marks.reintentos.filter((each) => each.escenario === escenario.id && each.desde >= desde);
      const starts = [desde, ...again.map((each) => each.desde)];
      const goes = starts.map((from, index) =>
        attempt(escenario, { todas, from, to: starts[index + 1], ahora, moves: marks.moves }),
      );
      const last = goes.at(-1) ?? { ...SIN_INTENTO, llamadas: [] };
      const intentos = goes.filter(({ visto }) => visto !== SIN_INTENTO.visto);
      const estado = PERFILES[programa.perfil].noAplica === escenario.id ? 'no-aplica' : last.estado;
      return { escenario, ...last, estado, intentos };
    }),
  };
}

export const SIN_PROGRAMA: Programa = { nombre: '', version: '', perfil: 'completo' };

interface Move {
  desde: number;
  de: number;
  a: number;
}

interface Slice {
  todas: readonly Llamada[];
  from: number;
  /** The last call of this go; undefined: it goes on. */
  to: number | undefined;
  ahora: Date;
  moves: readonly Move[];
}

function attempt(escenario: Escenario, { todas, from, to, ahora, moves }: Slice): Intento {
  const isOfGo = (n: number) => n > from && n <= (to ?? Number.POSITIVE_INFINITY);
  const own = todas.filter(({ n }) => isOfGo(n));
  const envios = enviosOf(escenario, own);
  const trafico: Trafico = {
    envios,
    consultas: own.filter(({ endpoint }) => endpoint === 'historialEnvios'),
    todas: own,
    reloj: [
      ...clockPath(
        own,
        moves.filter(({ desde }) => desde >= from && desde <= (to ?? Number.POSITIVE_INFINITY)),
      ),
      ...(to === undefined ? [ahora.getTime()] : []),
    ],
  };
  return { ...escenario.juzgar(trafico), llamadas: escenario.curso ? envios : own };
}

/** Where the clock stood at each move and each call, in their order. */
function clockPath(calls: readonly Llamada[], moves: readonly Move[]): number[] {
  const path: { at: number; instant: number }[] = [
    ...calls.map(({ n, recibida }) => ({ at: n, instant: Date.parse(recibida) })),
    ...moves.flatMap(({ desde, de, a }) => [
      { at: desde + 0.5, instant: de },
      { at: desde + 0.5, instant: a },
    ]),
  ];
  return path.sort((one, other) => one.at - other.at).map(({ instant }) => instant);
}

function marksOf(eventos: readonly { evento: Evento }[]) {
  const of = <T extends Evento['tipo']>(tipo: T) =>
    eventos.flatMap(({ evento }) => (isOf(evento, tipo) ? [evento] : []));
  return {
    inicios: of('inicio'),
    reintentos: of('reintento'),
    moves: of('reloj').map(({ desde, de, a }) => ({ desde, de: Date.parse(de), a: Date.parse(a) })),
  };
}

function lastOf<T extends Evento['tipo']>(eventos: readonly { evento: Evento }[], tipo: T) {
  const found = eventos.flatMap(({ evento }) => (isOf(evento, tipo) ? [evento] : []));
  return found.at(-1);
}

function isOf<T extends Evento['tipo']>(evento: Evento, tipo: T): evento is Extract<Evento, { tipo: T }> {
  return evento.tipo === tipo;
}
