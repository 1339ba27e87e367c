import { santiagoDate, santiagoDateTime } from '@puente-sic/protocol';
import { type Llamada, listOf, recordsOf } from '../call.ts';
import { courseOf, invented, stateOf } from '../course.ts';
import { cumplido, type Escenario, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';
import { expectedRecords } from '../sheet.ts';
import { acceptedAll } from './accepted.ts';

/** The three nights' scenarios: one course each, since a night is recognised by the kit's clock. */
export const noches: Escenario[] = [
  night('noche', 'Una vez por noche, dentro de la ventana', '2026-11-10', 'CERT-NOCHE', 16, ''),
  night(
    'cambio-abril',
    'La noche de abril en que la hora se repite',
    '2026-04-04',
    'CERT-ABRIL',
    17,
    ' Esa noche las 23:00 pasan dos veces y la ventana dura tres horas.',
  ),
  night(
    'cambio-septiembre',
    'La noche de septiembre en que la medianoche salta',
    '2026-09-05',
    'CERT-SEPTIEMBRE',
    18,
    ' Esa noche después de las 23:59 viene la 01:00.',
  ),
];

function night(
  id: string,
  nombre: string,
  noche: string,
  codigo: string,
  number: number,
  remark: string,
): Escenario {
  const estado = stateOf(codigo, Object.fromEntries(invented(number, 2).map((rut) => [rut, 30])));
  return {
    id,
    nombre,
    instruccion: `Ponga el reloj del kit y el de su programa al mediodía del ${noche} en Santiago y deje que pase la noche con el curso ${codigo}, hasta la mañana siguiente: basta con ir adelantando los dos relojes.${remark}`,
    espera: `El curso ${codigo} una sola vez (entero o en partes), entre las 22:00 y las 00:00 de Santiago, con fechaEjecucion ${noche} o sin ella. La noche cuenta cuando el reloj del kit pasó por ella entera: desde antes de las 22:00 hasta el día siguiente, sin volver atrás.`,
    mira: `Los envíos de ${codigo} entre el mediodía y el mediodía siguiente, por el reloj del kit, y por dónde pasó ese reloj.`,
    curso: courseOf(nombre, codigo, [estado]),
    juzgar({ envios, reloj }) {
      const ofNight = envios.filter((envio) => nightOf(envio) === noche);
      if (ofNight.length === 0)
        return envios.length === 0
          ? SIN_INTENTO
          : pendiente(
              `Ningún envío de la noche del ${noche}: ponga el reloj del kit al mediodía de ese día.`,
            );
      for (const envio of ofNight) {
        const local = santiagoDateTime(new Date(envio.recibida));
        if (local.slice(0, 10) !== noche || local.slice(11, 13) < '22')
          return fallado(
            `Envió a las ${local.slice(11, 16)} del ${local.slice(0, 10)}, fuera de la ventana.`,
          );
        const wrong = executionDates(envio).find((fecha) => !fecha.startsWith(noche));
        if (wrong) return fallado(`fechaEjecucion dice ${wrong} y la noche es la del ${noche}.`);
      }
      const sent = ofNight.flatMap(recordsOf);
      if (new Set(sent).size < sent.length) return fallado('Envió más de una vez la misma noche.');
      const whole = acceptedAll(ofNight, expectedRecords(estado));
      if (whole.estado !== 'cumplido') return whole;
      return passedNight(reloj, noche)
        ? cumplido(`Una vez, desde las ${hourOf(ofNight[0])} de Santiago.`)
        : pendiente(
            `Envió en la ventana. Falta ver la noche entera: lleve el reloj del kit desde antes de las 22:00 del ${noche} hasta el día siguiente, sin volver atrás.`,
          );
    },
  };
}

/** Whether the clock went, without going back, from before the window to the day after the night. */
function passedNight(reloj: readonly number[], noche: string): boolean {
  let inNight = false;
  let before = Number.NEGATIVE_INFINITY;
  for (const instant of reloj) {
    const local = santiagoDateTime(new Date(instant));
    const isBefore = local.slice(0, 10) === noche && local.slice(11, 13) < '22';
    inNight = (inNight && instant >= before) || isBefore;
    if (inNight && local.slice(0, 10) > noche && instant < before + LONGEST_STEP_MS) return true;
    before = instant;
  }
  return false;
}

/** A clock that jumps further, back to the computer's own say, has not passed through the hours between. */
const LONGEST_STEP_MS = 24 * 3_600_000;

function hourOf(envio: Llamada | undefined): string {
  return envio ? santiagoDateTime(new Date(envio.recibida)).slice(11, 16) : '';
}

/** A night is told by the day on which it began: twelve hours back from the call. */
function nightOf({ recibida }: Llamada): string {
  return santiagoDate(new Date(Date.parse(recibida) - 12 * 3_600_000));
}

function executionDates({ cuerpo }: Llamada): string[] {
  return listOf(cuerpo?.listaAlumnos).flatMap(({ fechaEjecucion }) =>
    typeof fechaEjecucion === 'string' ? [fechaEjecucion] : [],
  );
}
