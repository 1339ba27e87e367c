import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { receiveClicks, receiveCourse, withInbox } from '../../src/index.ts';
import { AT } from '../entidades/aula.ts';

it('what is delivered while it is read is of the next reading: no half of two deliveries', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'puente-momento-'));
  const now = new Date(AT.getTime() - 3_600_000);
  const body = (people: string[]) => ({
    curso: {
      nombre: 'Uno',
      inicio: '2026-10-05',
      fin: '2026-12-18',
      codigoOferta: 'CAP-1',
      codigoGrupo: 'CAP-1-A',
    },
    alumnos: people.map((alumno) => ({ alumno, rut: '11111111-1', nombre: alumno })),
    modulos: [{ modulo: '1', codigoModulo: 'PRES028008000558' }],
    actividades: [{ modulo: '1', actividad: 'a1', nombre: 'Leer' }],
    avances: people.map((alumno) => ({ alumno, actividad: 'a1', completada: 'no' })),
  });
  const click = (id: string, alumno: string, instante: number) => ({ id, curso: '7', alumno, instante });
  await withInbox({ name: 'aula', stateDir }, async (inbox) => {
    await receiveCourse(inbox, '7', body(['ana']), { now });
    receiveClicks(inbox, [click('1', 'ana', 1791291600), click('2', 'ana', 1791291700)], { now });
    const seen = await withInbox({ name: 'aula', stateDir }, (reader) =>
      reader.reading(async () => {
        const before = reader.snapshot('7')?.lote;
        await receiveCourse(inbox, '7', body(['beto']), { now });
        receiveClicks(inbox, [click('3', 'beto', 1791291600)], { now });
        return {
          same: reader.snapshot('7')?.lote === before,
          clicks: [...reader.clicks('7')].map(({ id }) => id),
        };
      }),
    );
    expect(seen).toEqual({ same: true, clicks: ['1', '2'] });
    expect([...inbox.clicks('7')].map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
  await rm(stateDir, { recursive: true });
});
