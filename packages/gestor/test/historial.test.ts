import { expect, test } from 'vitest';
import { alumno, CURSO, EVENING, envio, MODULOS, modulo, registry } from './data.ts';
import { getHistory, history, send } from './http.ts';
import { onEachStore } from './stores.ts';

const DAY = 86_400_000;

onEachStore('historialEnvios', (home) => {
  test('shows each process and record with the official names, order and types', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro: registry() });
    await send(gestor, envio([alumno(1, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 20 })] })]));
    await send(
      gestor,
      envio(
        [
          alumno(1, {
            listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 10, notaModulo: 61.5 })],
            evaluacionFinal: 55,
          }),
        ],
        { codigoEnvio: 'qa-f-2' },
      ),
    );
    const [, proceso] = await history(gestor);
    expect(JSON.stringify(proceso)).toBe(
      JSON.stringify({
        id_proceso_externo: '2',
        id_lms: '0',
        codigo_externo: 'qa-f-2',
        fecha: '2026-11-22 22:30:00',
        horario: null,
        observaciones:
          'El proceso 2 ha finalizado correctamente, para ver la cantidad de registros y detalle consulte el servicio /avance-sic/historial-envios?id_proceso=2',
        observaciones_sic: null,
        status_code: '0',
        estado: '2',
        rut_otec: '77124930',
        listaregistros: [
          {
            id_registro: '200001',
            rut_otec: '77124930',
            dv_otec: '2',
            oferta_cod: CURSO,
            seccion_cod: CURSO,
            rut_alumno: '9000001',
            dv_alumno: '2',
            tiempo_conectividad: '6000',
            estado: '1',
            porcentaje_avance: '20.00000',
            fecha_inicio: '2026-10-01 00:00:00',
            fecha_fin: '2026-12-31 00:00:00',
            fecha_ejecucion: '2026-11-22 00:00:00',
            mod_cod: MODULOS[0],
            mod_tiempo_conectividad: '600',
            mod_estado: '1',
            mod_porcentaje_avance: '10.00000',
            mod_fecha_inicio: '2026-10-01 00:00:00',
            mod_fecha_fin: '2026-12-31 00:00:00',
            mod_obligatorio: null,
            mod_nota: '61.50000',
            act_cod: null,
            act_estado: null,
            estado_registro: '3',
            obs_registro: '[010] modulo.porcentajeAvance debe ser mayor al anterior (20.00000)',
            id_proceso_externo: '2',
          },
        ],
      }),
    );
  });

  test('filters by day, code and process, alone and combined', async () => {
    let now = EVENING;
    const gestor = await home.start({ clock: () => now, registro: registry() });
    const codes = ['a', 'b', 'a', 'b'];
    for (const [index, codigoEnvio] of codes.entries()) {
      now = new Date(EVENING.getTime() + Math.floor(index / 2) * DAY);
      await send(gestor, envio([alumno(1)], { codigoEnvio }));
    }
    const found = async (query: Record<string, string>) =>
      (await history(gestor, query)).map(({ id_proceso_externo }) => Number(id_proceso_externo));
    expect(await found({})).toEqual([1, 2, 3, 4]);
    expect(await found({ fechaDesde: '2026-11-22' })).toEqual([1, 2, 3, 4]);
    expect(await found({ fechaDesde: '2026-11-23' })).toEqual([3, 4]);
    expect(await found({ fechaDesde: '2026-11-24' })).toEqual([]);
    expect(await found({ codigo_externo: 'a' })).toEqual([1, 3]);
    expect(await found({ codigo_externo: 'a', fechaDesde: '2026-11-23' })).toEqual([3]);
    expect(await found({ id_proceso: '2' })).toEqual([2]);
    expect(await found({ id_proceso: '2', codigo_externo: 'a' })).toEqual([]);
    expect(await found({ id_proceso: '2', codigo_externo: 'b', fechaDesde: '2026-11-22' })).toEqual([2]);
    expect(await found({ id_proceso: '', codigo_externo: '', fechaDesde: '' })).toEqual([1, 2, 3, 4]);
    expect((await getHistory(gestor, { fechaDesde: '22-11-2026' })).status).toBe(400);
    expect((await getHistory(gestor, { id_proceso: '1 or 1=1' })).status).toBe(400);
  });

  test('keeps every call as a process of its own, also the same one again', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro: registry() });
    const body = envio([alumno(1)], { codigoEnvio: '00001' });
    await send(gestor, body);
    await send(gestor, body);
    await send(gestor, envio([alumno(1)], { codigoOferta: 'NADA' }));
    const processes = await history(gestor);
    expect(processes.map(({ listaregistros }) => listaregistros.length)).toEqual([1, 1, 0]);
    expect(processes.at(-1)?.observaciones).toBe('El curso NADA no se encuentra registrado');
  });

  test('shows refused values as they were sent', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro: registry() });
    const strange = {
      porcentajeAvance: { a: [1] },
      tiempoConectividad: true,
      fechaInicio: 'nul\u0000\ud800o',
      fechaFin: null,
    };
    await send(gestor, envio([alumno(1, { listaModulos: [modulo(MODULOS[0], strange)] })]));
    const [registro] = (await history(gestor))[0]?.listaregistros ?? [];
    expect(registro).toMatchObject({
      mod_porcentaje_avance: '{"a":[1]}',
      mod_tiempo_conectividad: 'true',
      mod_fecha_inicio: 'nul\ufffd\ufffdo',
      mod_fecha_fin: null,
      obs_registro:
        '[023] modulo.tiempoConectividad invalido; [024] modulo.porcentajeAvance invalido; [026] modulo.fechaInicio inválido; [027] modulo.fechaFin inválido',
    });
  });

  test('goes on over many reads of the store', async () => {
    const gestor = await home.start({
      clock: () => EVENING,
      registro: registry(),
      limits: { porOtec: 10_000 },
    });
    const many = Array.from({ length: 1203 }, () => modulo());
    await send(gestor, envio([alumno(1, { listaModulos: many })]));
    for (let n = 0; n < 205; n++) await send(gestor, envio([alumno(2)]));
    const processes = await history(gestor);
    expect(processes.map(({ id_proceso_externo }) => Number(id_proceso_externo))).toEqual(
      Array.from({ length: 206 }, (_, index) => index + 1),
    );
    expect(new Set(processes[0]?.listaregistros.map(({ id_registro }) => id_registro)).size).toBe(1203);
  });
});
