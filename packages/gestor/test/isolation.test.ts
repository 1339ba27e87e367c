import { expect, test } from 'vitest';
import type { Gestor } from '../src/index.ts';
import {
  alumno,
  EVENING,
  envio,
  OTHER_CURSO,
  OTHER_OTEC,
  OTHER_TOKEN,
  RUT_OTEC,
  registry,
  TOKEN,
} from './data.ts';
import { getHistory, history, post, send } from './http.ts';
import { onEachStore } from './stores.ts';

const REFUSED = { status: 200, text: '{"error":[{"mensaje":"Token invalido"}]}' };
const other = { rutOtec: OTHER_OTEC, token: OTHER_TOKEN };

onEachStore('credentials', (home) => {
  const start = (): Promise<Gestor> => home.start({ clock: () => EVENING, registro: registry() });

  test('that are wrong in anything get the official 40 bytes and leave no trace', async () => {
    const gestor = await start();
    const wrong: Record<string, unknown>[] = [
      { token: OTHER_TOKEN },
      { token: TOKEN.toLowerCase() },
      { token: `${TOKEN} ` },
      { token: '' },
      { token: null },
      { token: [TOKEN] },
      { rutOtec: OTHER_OTEC },
      { rutOtec: '77.124.930-2' },
      { rutOtec: '77124930-3' },
      { rutOtec: 77124930 },
      { idSistema: 1351 },
      { idSistema: null },
    ];
    for (const fields of wrong)
      expect(await post(gestor, envio([alumno(1)], fields)), JSON.stringify(fields)).toEqual(REFUSED);
    expect(await getHistory(gestor, { token: OTHER_TOKEN })).toEqual(REFUSED);
    expect(await getHistory(gestor, { idSistema: '1' })).toEqual(REFUSED);
    expect(new TextEncoder().encode(REFUSED.text)).toHaveLength(40);
    expect(await history(gestor)).toEqual([]);
  });

  test('with idSistema as text are taken', async () => {
    const gestor = await start();
    expect((await send(gestor, envio([alumno(1)], { idSistema: '1350' }))).errores).toEqual([]);
  });

  test('show and change nothing of another provider, whatever is asked', async () => {
    const gestor = await start();
    await send(gestor, envio([alumno(1)], { codigoEnvio: 'mío' }));
    const asOther = (query: Record<string, string>) => history(gestor, { ...other, ...query });
    for (const query of [{}, { id_proceso: '1' }, { codigo_externo: 'mío' }, { fechaDesde: '2000-01-01' }]) {
      expect(await asOther(query)).toEqual([]);
    }
    const answer = await send(gestor, envio([alumno(1)], other));
    expect(answer.datosError?.map(({ codigo }) => codigo)).toEqual(['003']);
    expect(await history(gestor)).toHaveLength(1);
    expect(await asOther({ rut_otec: RUT_OTEC })).toHaveLength(1);
    expect(
      (
        await send(
          gestor,
          envio([alumno(6)], { ...other, codigoOferta: OTHER_CURSO, codigoGrupo: OTHER_CURSO }),
        )
      ).datosError,
    ).toBeDefined();
  });

  test('twice in one query are refused', async () => {
    const gestor = await start();
    const query = `rutOtec=${RUT_OTEC}&rutOtec=${OTHER_OTEC}&idSistema=1350&token=${TOKEN}&token=${OTHER_TOKEN}`;
    const response = await fetch(`${gestor.url}/avance-sic/historialEnvios?${query}`);
    expect({ status: response.status, text: await response.text() }).toEqual(REFUSED);
  });

  test('end with their day, their provider and their revocation', async () => {
    const datos = await home.datos();
    const file = registry();
    const [otec] = file.otecs;
    if (!otec) throw new Error('the registry has a provider');
    const { token: _token, ...rest } = otec;
    const withToken = (fields: object) => ({
      ...file,
      otecs: [{ ...rest, ...fields }, ...file.otecs.slice(1)],
    });
    const accepted = async (otecFields: object): Promise<boolean> => {
      const gestor = await home.start({ datos, clock: () => EVENING, registro: withToken(otecFields) });
      return (await getHistory(gestor)).text !== REFUSED.text;
    };
    expect(await accepted({ tokens: [{ token: TOKEN, desde: '2026-11-22', hasta: '2026-11-22' }] })).toBe(
      true,
    );
    expect(await accepted({ tokens: [{ token: TOKEN, desde: '2026-11-23' }] })).toBe(false);
    expect(await accepted({ tokens: [{ token: TOKEN, hasta: '2026-11-21' }] })).toBe(false);
    expect(await accepted({ tokens: [{ token: OTHER_TOKEN.replace('0', 'F') }, { token: TOKEN }] })).toBe(
      true,
    );
    expect(await accepted({ tokens: [] })).toBe(false);
    expect(await accepted({ token: TOKEN, vigente: false })).toBe(false);
    expect(await accepted({ token: TOKEN })).toBe(true);
  });
});
