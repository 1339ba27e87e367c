import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alumno, EVENING, envio, MODULOS, modulo, registry } from './data.ts';
import { type HistoryProcess, history, send } from './http.ts';
import { onEachStore } from './stores.ts';

const clock = () => EVENING;
const limits = { porOtec: 100_000, porDireccion: 100_000 };

onEachStore('sends of one course at once', (home) => {
  test('never lower an accepted percentage, whatever their order, over two services on one store', async () => {
    const datos = await home.datos();
    const one = await home.start({ datos, clock, registro: registry(), limits });
    // SQLite is for one serving process; there the second service stands for the import beside it.
    const two = home.postgres() ? await home.start({ datos, clock, limits }) : one;

    const percentages = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(percentages, async (values) => {
        await Promise.all(
          values.map((porcentajeAvance, index) =>
            send(
              index % 2 ? two : one,
              envio([1, 2, 3].map((n) => alumno(n, { listaModulos: both(porcentajeAvance) }))),
            ),
          ),
        );
      }),
      { numRuns: 15 },
    );
    for (const [key, accepted] of acceptedInOrder(await history(one))) {
      expect(accepted, key).toEqual(accepted.toSorted((a, b) => a - b));
    }
  });

  test('one of them so long that the others come in between its slices, are judged as if one after the other', async () => {
    const gestor = await home.start({ clock, registro: registry(), limits });
    const long = (porcentaje: number) =>
      envio(
        Array.from({ length: 1_200 }, (_, i) =>
          alumno((i % 3) + 1, { listaModulos: both(porcentaje), extra: 'x'.repeat(300) }),
        ),
      );
    for (let round = 0; round < 4; round++) {
      const shorts = async () => {
        for (const more of [1, 2, 3, 4, 5, 6]) {
          await send(
            gestor,
            envio([1, 2, 3].map((n) => alumno(n, { listaModulos: both(20 * round + more) }))),
          );
        }
      };
      await Promise.all([send(gestor, long(20 * round + 3)), send(gestor, long(20 * round + 2)), shorts()]);
    }
    for (const [key, accepted] of acceptedInOrder(await history(gestor))) {
      expect(accepted, key).toEqual(accepted.toSorted((a, b) => a - b));
    }
  });

  test('in opposite order of students and courses do not wait for each other for ever', async () => {
    const gestor = await home.start({ clock, registro: registry(), limits });
    const students = [1, 2, 3, 4].map((n) => alumno(n, { listaModulos: both(10) }));
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        send(gestor, envio(index % 2 ? students : students.toReversed())),
      ),
    );
    expect(answers.every(({ errores }) => errores?.length === 0)).toBe(true);
    expect(new Set(answers.map(({ id_proceso }) => id_proceso)).size).toBe(40);
  });

  test('one of them being refused for its size does not touch the others', async () => {
    const gestor = await home.start({ clock, registro: registry(), limits });
    const tooDeep = `${JSON.stringify(envio([alumno(1)])).slice(0, -3)},"extra":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`;
    const bodies = [envio([alumno(1)]), tooDeep, envio([alumno(2)])];
    const statuses = await Promise.all(
      bodies.map(async (body) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        const response = await fetch(`${gestor.url}/avance-sic/enviarAvance`, { method: 'POST', body: text });
        await response.text();
        return response.status;
      }),
    );
    expect(statuses).toEqual([200, 400, 200]);
    expect(await history(gestor)).toHaveLength(2);
  });

  test('of services that start together on an empty store, one makes it and all serve', async ({ skip }) => {
    if (!home.postgres()) return skip('SQLite is for one serving process');
    const datos = await home.datos();
    const gestores = await Promise.all(
      [1, 2, 3].map(() => home.start({ datos, clock, registro: registry() })),
    );
    for (const gestor of gestores) expect((await send(gestor, envio([alumno(1)]))).errores).toEqual([]);
  });
});

function both(porcentajeAvance: number) {
  return MODULOS.map((codigo) => modulo(codigo, { porcentajeAvance }));
}

/** Accepted percentages of each student × module in the order of their processes. */
function acceptedInOrder(processes: HistoryProcess[]): Map<string, number[]> {
  const accepted = new Map<string, number[]>();
  for (const { rut_alumno, mod_cod, mod_porcentaje_avance, estado_registro } of processes.flatMap(
    (p) => p.listaregistros,
  )) {
    if (estado_registro !== '1') continue;
    const key = `${rut_alumno} ${mod_cod}`;
    accepted.set(key, [...(accepted.get(key) ?? []), Number(mod_porcentaje_avance)]);
  }
  return accepted;
}
