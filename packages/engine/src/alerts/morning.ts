import { peopleOf } from '../views/problem-words.ts';
import type { Cuenta } from '../views/student-state.ts';
import { amount, counted, listed, weekdayOf } from '../words.ts';
import { type Carta, EN_BLANCO, type Fila } from './carta.ts';
import { type NightFacts, subjectOf } from './night-facts.ts';
import { rowsOfProblems } from './rows-of-problems.ts';

/** What the morning after says. `named`: in a person's own mail; a webhook's text counts them alone. */
export function morningLetter(facts: NightFacts, named: boolean): Carta {
  const { cuenta, errores } = facts;
  const arrived = arrivedOf(facts);
  const pending = pendingOf(cuenta);
  const isWell = cuenta.pendientes === 0 && isQuiet(facts) && errores.length === 0;
  return {
    ...EN_BLANCO,
    asunto: subjectLine(facts, arrived, pending),
    titulo: isWell ? `${pending} No hay nada que corregir.`.trim() : [arrived, pending].join(' ').trim(),
    bajo: belowOf(facts, isWell ? arrived : null),
    filas: [
      ...rowsOfProblems(errores, named),
      ...facts.perdidos.map(lostRow),
      ...uncertainRow(facts),
      ...toldRows(facts, named),
    ],
    boton: buttonOf(facts),
    bajoBoton:
      errores.length > 0
        ? `Hasta las ${facts.ventana.desde} hay tiempo: lo que quede bien sale solo esta noche.`
        : '',
    pie: 'Sale cada mañana; si no queda nada pendiente, son dos líneas.',
  };
}

/** «SENCE tiene» is said of what its history has shown; of the rest, that it was accepted. */
export function pendingOf({ alumnos, pendientes, conocidos, sinConfirmar }: Cuenta): string {
  if (pendientes > 0) return `Hay ${counted(pendientes, 'alumno')} con algo pendiente en SENCE.`;
  const all = alumnos - conocidos;
  if (all === 0)
    return conocidos === 0 ? '' : `${counted(conocidos, 'caso conocido', 'casos conocidos')}, y nadie más.`;
  const whom = all === 1 ? 'al alumno' : `a los ${amount(all)} alumnos`;
  return `${sinConfirmar === 0 ? 'SENCE tiene' : 'SENCE aceptó'} ${whom}.`;
}

/** What became of the courses of the night. */
export function arrivedOf({ cursos: { total, llegaron }, perdidos, noche, isToday }: NightFacts): string {
  const when = isToday ? 'Anoche' : `La noche del ${weekdayOf(noche)}`;
  if (total === 0) return `${when} no había cursos que informar.`;
  if (llegaron === total)
    return total === 1 ? `${when} llegó el curso.` : `${when} llegaron los ${amount(total)} cursos.`;
  if (llegaron === 0 && perdidos.length === total) return `${when} no se informó.`;
  return `${when} llegaron ${amount(llegaron)} de ${counted(total, 'curso')}.`;
}

function subjectLine({ cuenta, dichos }: NightFacts, arrived: string, pending: string): string {
  const courses = arrived.replace(/^Anoche l/, 'L').replace(/\.$/, '');
  const { pendientes, alumnos } = cuenta;
  if (pendientes > 0)
    return `${counted(pendientes, 'alumno')} de ${amount(alumnos)} con algo pendiente en SENCE. ${courses}`;
  const red = dichos.filter(({ gravedad }) => gravedad === 'rojo').length;
  if (red > 0) return `${counted(red, 'aviso')} de la noche que hay que mirar. ${courses}`;
  return pending === '' ? courses : pending.replace(/\.$/, '');
}

function belowOf({ cuenta, noche, ventana, recuperados }: NightFacts, arrived: string | null): string {
  const { alumnos, loTiene, sinConfirmar, conocidos } = cuenta;
  const has = loTiene - sinConfirmar;
  const figures = [
    has > 0 ? `SENCE tiene a ${amount(has)} de ${counted(alumnos, 'alumno')}` : '',
    sinConfirmar > 0 ? `${counted(sinConfirmar, 'aceptado')}, sin confirmar` : '',
    conocidos > 0 ? counted(conocidos, 'caso conocido', 'casos conocidos') : '',
  ].filter((text) => text !== '');
  return [
    arrived ?? '',
    figures.length > 0 ? `${figures.join('; ')}.` : '',
    recuperados.length > 0
      ? `Esa noche no salió ${listed(recuperados, SHOWN)}; se envió después y SENCE lo aceptó.`
      : '',
    `Noche del ${weekdayOf(noche)}, desde las ${ventana.desde}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** Neither lost, nor waited for, nor anything that somebody must act on. */
function isQuiet({ perdidos, esperando, dichos }: NightFacts): boolean {
  return perdidos.length + esperando.length === 0 && dichos.every(({ gravedad }) => gravedad !== 'rojo');
}

export function lostRow({ curso, motivo, alumnos }: NightFacts['perdidos'][number]): Fila {
  return {
    ...{ cuantos: alumnos, tono: 'mal' },
    titulo: `No se envió ${curso}`,
    quienes: [],
    detalle: motivo ?? 'La ventana terminó antes de poder enviarlo.',
  };
}

function uncertainRow({ cuenta: { noSeSabe }, esperando }: NightFacts): Fila[] {
  if (noSeSabe === 0 && esperando.length === 0) return [];
  return [
    {
      ...{ cuantos: noSeSabe, tono: 'espera' },
      titulo: 'No se sabe: SENCE no dio una respuesta clara',
      quienes: esperando.length === 0 ? [] : [listed(esperando, SHOWN)],
      detalle: 'Puente se lo pregunta a SENCE y no lo envía dos veces. No hay que hacer nada por ahora.',
    },
  ];
}

/** What the night found in the data: the graver first; who is gone, by name where names may stand. */
function toldRows({ dichos }: NightFacts, named: boolean): Fila[] {
  const gone = dichos.filter(({ causa, rut }) => GONE.has(causa) && rut !== null);
  const rest = dichos.filter((dicho) => !gone.includes(dicho));
  const row = (dicho: (typeof rest)[number]): Fila => ({
    ...{ cuantos: null, tono: dicho.gravedad === 'rojo' ? 'mal' : 'espera' },
    titulo: subjectOf(dicho),
    quienes: [dicho.mensaje],
    detalle: dicho.queHacer,
  });
  const having = (wanted: string) => rest.filter(({ gravedad }) => gravedad === wanted);
  const told = [...having('rojo'), ...having('amarillo'), ...having('gris')].map(row);
  const unique = [...new Map(told.map((one) => [`${one.titulo}\n${one.quienes}`, one])).values()];
  return [
    ...unique.slice(0, SHOWN),
    ...(unique.length > SHOWN ? [moreRow(unique.length - SHOWN)] : []),
    ...goneRows(gone, named),
  ];
}

function goneRows(gone: NightFacts['dichos'], named: boolean): Fila[] {
  return (['ausente', 'modulo-ausente'] as const).flatMap((wanted) => {
    const own = gone.filter(({ causa }) => causa === wanted);
    if (own.length === 0) return [];
    const courses = [...new Set(own.map(subjectOf))];
    return {
      cuantos: new Set(own.map(({ rut, curso }) => `${curso}\n${rut}`)).size,
      tono: 'espera' as const,
      titulo: wanted === 'ausente' ? 'Ya no vienen en la planilla' : 'Ya no viene un módulo que se informó',
      quienes: courses.map((course) => {
        const people = own.filter((dicho) => subjectOf(dicho) === course);
        const names = [...new Map(people.map((dicho) => [dicho.rut, nameIn(dicho)])).values()];
        return `${named ? listed(names, NAMES) : counted(names.length, 'alumno')} · ${course}`;
      }),
      detalle:
        wanted === 'ausente'
          ? 'Ya no se envían. Si la planilla no es la completa, súbala de nuevo.'
          : 'Si el módulo se borró por error, agréguelo de nuevo con el mismo código.',
    };
  });
}

function nameIn({ nombre }: NightFacts['dichos'][number]): string {
  return nombre ?? 'alguien sin nombre en la planilla';
}

function moreRow(left: number): Fila {
  const titulo = left === 1 ? 'Y 1 aviso más' : `Y ${amount(left)} avisos más`;
  return { cuantos: null, tono: 'espera', titulo, quienes: [], detalle: 'Están en Hoy.' };
}

function buttonOf({ errores, perdidos }: NightFacts): Carta['boton'] {
  const people = peopleOf(errores);
  if (people > 0)
    return {
      texto: people === 1 ? 'Corregir a 1 alumno' : `Corregir a los ${amount(people)} alumnos`,
      ruta: '/por-corregir',
    };
  return perdidos.length > 0 ? { texto: 'Ver qué quedó sin enviar', ruta: '/' } : null;
}

const GONE = new Set<string>(['ausente', 'modulo-ausente']);
/** Of one kind, in one letter. */
const SHOWN = 8;
const NAMES = 10;
