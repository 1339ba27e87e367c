import { expect, test } from 'vitest';
import { alumno, CURSO, EVENING, envio, MODULOS, modulo, OTHER_CURSO, registry, rutOf } from './data.ts';
import { send } from './http.ts';
import { onEachStore } from './stores.ts';

const clock = () => EVENING;

onEachStore('the answers of enviarAvance', (home) => {
  test('name a percentage that went down as production does, with codigoModulo and the prefix', async () => {
    const gestor = await home.start({ clock, registro: registry() });
    await send(gestor, envio([alumno(1, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance: 100 })] })]));
    const answer = await send(gestor, envio([alumno(1)]));
    expect(answer).toEqual({
      id_proceso: 2,
      datosEnviados: [],
      datosError: [
        {
          alumno: alumno(1),
          codigo: '025',
          mensaje:
            'Uno o mas errores encontrados: modulo.porcentajeAvance debe ser mayor al anterior (100.00000)',
          codigoModulo: MODULOS[0],
        },
      ],
      respuesta_SIC: '',
    });
    expect(Object.keys(answer.datosError?.[0] ?? {})).toEqual([
      'alumno',
      'codigo',
      'mensaje',
      'codigoModulo',
    ]);
  });

  test('take the good modules of a student and refuse the bad ones', async () => {
    const gestor = await home.start({ clock, registro: registry() });
    const bad = modulo(MODULOS[1], { tiempoConectividad: -1, notaModulo: null });
    const answer = await send(gestor, envio([alumno(1, { listaModulos: [modulo(), bad] }), alumno(2)]));
    expect(answer.datosEnviados).toEqual([
      { ...alumno(1), fechaEjecucion: '2026-11-22 00:00:00' },
      { ...alumno(2), fechaEjecucion: '2026-11-22 00:00:00' },
    ]);
    expect(answer.datosError?.map(({ codigo, codigoModulo }) => [codigo, codigoModulo])).toEqual([
      ['023', MODULOS[1]],
      ['028', MODULOS[1]],
    ]);
    expect(answer.datosError?.[0]?.alumno).toEqual(alumno(1, { listaModulos: [bad] }));
  });

  test('refuse all of a student for an error of his own, and tell those of his modules too', async () => {
    const gestor = await home.start({ clock, registro: registry() });
    const wrong = alumno(1, {
      porcentajeAvance: 101,
      fechaFin: '31-12-2026',
      listaModulos: [modulo(), modulo(MODULOS[1], { fechaInicio: '2026-02-30' })],
    });
    const answer = await send(gestor, envio([wrong]));
    expect(answer.datosEnviados).toEqual([]);
    expect(answer.datosError?.map((item) => [item.codigo, item.mensaje, item.codigoModulo])).toEqual([
      ['022', 'alumno.porcentajeAvance invalido', undefined],
      ['027', 'alumno.fechaFin inválido', undefined],
      ['026', 'Uno o mas errores encontrados: modulo.fechaInicio inválido', MODULOS[1]],
    ]);
  });

  test('tell apart who is unknown (012), in no course of theirs (011) and not in the module (010)', async () => {
    const gestor = await home.start({ clock, registro: registry() });
    const students = [
      alumno(99),
      alumno(7),
      alumno(6),
      alumno(5, { listaModulos: [modulo(MODULOS[1])] }),
      alumno(1, { dvAlumno: 'X' }),
      null,
    ];
    const answer = await send(gestor, envio(students));
    const dv = (n: number): string => rutOf(n).dvAlumno;
    expect(answer.datosError?.map(({ codigo, mensaje }) => [codigo, mensaje])).toEqual([
      ['012', `El alumno 9000099-${dv(99)} no se encuentra registrado.`],
      ['011', `El alumno 9000007-${dv(7)} no se encuentra registrado en este curso.`],
      ['011', `El alumno 9000006-${dv(6)} no se encuentra registrado en este curso.`],
      [
        '010',
        `Uno o mas errores encontrados: El alumno 9000005-${dv(5)} no se encuentra registrado en el modulo ${MODULOS[1]}`,
      ],
      ['012', 'El alumno 9000001-X no se encuentra registrado.'],
      ['012', 'El alumno  no se encuentra registrado.'],
    ]);
  });

  test('refuse a whole call without students as a process of its own', async () => {
    const gestor = await home.start({ clock, registro: registry() });
    const refused = async (fields: Record<string, unknown>) => {
      const { datosError, datosEnviados, respuesta_SIC } = await send(gestor, envio([alumno(1)], fields));
      expect([datosEnviados, respuesta_SIC]).toEqual([[], '']);
      return datosError?.map(({ alumno, codigo, mensaje }) => [alumno, codigo, mensaje]);
    };
    const unknown = (codigo: string) => [[null, '003', `El curso ${codigo} no se encuentra registrado`]];
    expect(await refused({ codigoOferta: 'NADA' })).toEqual(unknown('NADA'));
    expect(await refused({ codigoGrupo: 'NADA' })).toEqual(unknown(CURSO));
    expect(await refused({ codigoOferta: OTHER_CURSO, codigoGrupo: OTHER_CURSO })).toEqual(
      unknown(OTHER_CURSO),
    );
    expect(await refused({ cantActividadSincronica: -1, cantActividadAsincronica: 'x' })).toEqual([
      [null, '032', 'curso.cantActividadSincronica inválido'],
      [null, '033', 'curso.cantActividadAsincronica inválido'],
    ]);
    expect(await refused({ listaAlumnos: [] })).toEqual([[null, null, 'listaAlumnos no puede estar vacía']]);
  });

  test('judge what comes twice in one call in order, each against what was accepted before', async () => {
    const gestor = await home.start({ clock, registro: registry() });
    const at = (porcentajeAvance: number) => modulo(MODULOS[0], { porcentajeAvance });
    const answer = await send(
      gestor,
      envio([alumno(1, { listaModulos: [at(50), at(40), at(60)] }), alumno(1, { listaModulos: [at(55)] })]),
    );
    expect(answer.datosError?.map(({ mensaje }) => /\(.*\)/.exec(mensaje)?.[0])).toEqual([
      '(50.00000)',
      '(60.00000)',
    ]);
    expect((await send(gestor, envio([alumno(1, { listaModulos: [at(59.99)] })]))).datosError).toHaveLength(
      1,
    );
    expect((await send(gestor, envio([alumno(1, { listaModulos: [at(60)] })]))).errores).toEqual([]);
  });
});
