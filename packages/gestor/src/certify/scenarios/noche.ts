import { santiagoDate, santiagoDateTime } from '@puente-sic/protocol';
import type { Llamada } from '../call.ts';
import { courseOf, invented, stateOf } from '../course.ts';
import { cumplido, type Escenario, fallado, SIN_INTENTO } from '../scenario.ts';

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
  return {
    id,
    nombre,
    instruccion: `Ponga el reloj del kit y el de su programa al mediodía del ${noche} en Santiago y deje que pase la noche (basta con ir adelantando los dos relojes) con el curso ${codigo}.${remark}`,
    espera: `Un solo envío de ${codigo}, entre las 22:00 y las 00:00 de Santiago, con fechaEjecucion ${noche} (o sin ella).`,
    curso: courseOf(nombre, codigo, [
      stateOf(codigo, Object.fromEntries(invented(number, 2).map((rut) => [rut, 30]))),
    ]),
    juzgar({ envios }) {
      const ofNight = envios.filter((envio) => nightOf(envio) === noche);
      const [first, second] = ofNight;
      if (!first) return SIN_INTENTO;
      if (second) return fallado(`Envió ${ofNight.length} veces la misma noche.`);
      const local = santiagoDateTime(new Date(first.recibida));
      if (local.slice(0, 10) !== noche || local.slice(11, 13) < '22') {
        return fallado(`Envió a las ${local.slice(11, 16)} del ${local.slice(0, 10)}, fuera de la ventana.`);
      }
      const wrong = executionDates(first).find((fecha) => !fecha.startsWith(noche));
      if (wrong) return fallado(`fechaEjecucion dice ${wrong} y la noche es la del ${noche}.`);
      return cumplido(`Un envío, a las ${local.slice(11, 16)} de Santiago.`);
    },
  };
}

/** A night is told by the day on which it began: twelve hours back from the call. */
function nightOf({ recibida }: Llamada): string {
  return santiagoDate(new Date(Date.parse(recibida) - 12 * 3_600_000));
}

function executionDates({ cuerpo }: Llamada): string[] {
  const alumnos = Array.isArray(cuerpo?.listaAlumnos) ? cuerpo.listaAlumnos : [];
  return alumnos.flatMap((alumno: { fechaEjecucion?: unknown } | null) =>
    typeof alumno?.fechaEjecucion === 'string' ? [alumno.fechaEjecucion] : [],
  );
}
