import { COURSES_CHOSEN } from '@puente-sic/app';
import { preview, type Recibe, Undelivered } from '@puente-sic/engine';
import { mask } from '@puente-sic/protocol';
import type { CambioDeOtec, PrevisionTotal } from '../api.ts';
import type { Context } from '../context.ts';
import type { Input, Mount } from '../http/mount.ts';
import { Refusal } from '../http/refusal.ts';
import { tested } from './acciones.ts';
import { planOfProvider } from './curso.ts';

/** Setting puente up and changing how it is set up: an administrator's. Who did what is noted; a secret never is. */
export function instalacion(mount: Mount, context: Context): void {
  const { access, bus, setup, logger } = context;

  /** A change of the settings: every screen reads anew, and the whole is answered. */
  const change = async (
    input: Pick<Input<'instalacion'>, 'who' | 'request'>,
    detalle: string,
    work: () => Promise<void>,
    accion = 'instalacion',
  ) => {
    await access.onFiles(input.request, input.who, { accion, detalle, work });
    bus.tell({ tipo: 'recargar' });
    return setup.view();
  };

  mount('instalacion', async () => setup.view());

  mount('cambiarInstalacion', async (input) => {
    const { gestor, tokens = {}, reglas } = input.pide;
    const given = Object.keys(tokens).map((rut) => `token nuevo de ${rut}`);
    const what = [gestor && `Gestor Intermedio: ${gestor}`, ...given, reglas && 'reglas de Moodle'];
    return change(input, `Cambió ${what.filter(Boolean).join('; ')}.`, () => setup.change(input.pide));
  });

  mount('cambiarOtec', async (input) => {
    const { rutOtec } = input.params;
    return change(input, `OTEC ${rutOtec}: ${fieldsOf(input.pide)}.`, () =>
      setup.changeOtec(rutOtec, input.pide),
    );
  });

  mount('borrarOtec', async (input) => {
    const { rutOtec } = input.params;
    return change(input, `Quitó la OTEC ${rutOtec}.`, () => setup.removeOtec(rutOtec));
  });

  mount('probarOtec', async ({ params, pide, who, request, signal }) => {
    const prueba = await setup.testOtec(params.rutOtec, pide, signal);
    if (pide.token === undefined && pide.gestor === undefined) {
      await tested(context, { who, request }, prueba);
    }
    return prueba;
  });

  mount('crearCanal', async (input) => {
    const { canal } = input.pide;
    const { rutOtec } = input.params;
    return change(input, `OTEC ${rutOtec}: agregó un aviso por ${canal.tipo}.`, () =>
      setup.addCanal(rutOtec, canal),
    );
  });

  mount('cambiarCanal', async (input) => {
    const { rutOtec } = input.params;
    const { nombre, recibe } = input.pide;
    return change(
      input,
      `OTEC ${rutOtec}: ${nombre} recibe ${recibe.map((one) => RECIBE[one]).join(', ')}.`,
      () => setup.changeCanal(rutOtec, input.pide),
    );
  });

  mount('borrarCanal', async (input) => {
    const { rutOtec } = input.params;
    const { nombre } = input.pide;
    return change(input, `OTEC ${rutOtec}: quitó el aviso por ${nombre}.`, () =>
      setup.removeCanal(rutOtec, nombre),
    );
  });

  mount('probarCanal', async ({ params, pide, who, request }) => {
    await access.note(request, who, 'aviso-de-prueba', `OTEC ${params.rutOtec}: ${pide.nombre}.`);
    try {
      await setup.testCanal(params.rutOtec, pide.nombre);
    } catch (error) {
      if (error instanceof Error && 'fix' in error) throw error;
      // The failure of a mail server or a webhook is told in words; its own text may hold the address.
      logger.info({ code: codeOf(error) }, 'a test alert was not delivered');
      const told = error instanceof Undelivered ? error : null;
      return {
        entregado: false,
        mensaje: `El aviso de prueba no se pudo entregar por ${pide.nombre}${told === null ? '' : `: ${told.message}`}.`,
        queHacer: `${told?.todo ?? 'Revise los datos del aviso.'} Después pruebe otra vez.`,
      };
    }
    return {
      entregado: true,
      mensaje: `El aviso de prueba se entregó por ${pide.nombre}.`,
      queHacer: 'Compruebe que haya llegado; si es un correo, mire también en la carpeta de no deseados.',
    };
  });

  mount('probarFuente', async ({ pide, signal }) => setup.testFuente(pide.fuente, signal));

  mount('cambiarFuente', async (input) => {
    const { fuente } = input.pide;
    return change(input, `Fuente «${fuente.nombre}», ${fuente.tipo}.`, () =>
      setup.changeFuente(input.params.fuente, fuente, input.signal),
    );
  });

  mount('borrarFuente', async (input) => {
    const { fuente } = input.params;
    return change(input, `Quitó la fuente «${fuente}».`, () => setup.removeFuente(fuente));
  });

  mount('recibirArchivo', async ({ params, who, request }) => {
    if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
      throw new Refusal(
        400,
        'solicitud',
        'No llegó ningún archivo, o está vacío.',
        'Elija el archivo otra vez.',
      );
    }
    const { fuente, archivo } = params;
    const content = request.body;
    return access.onFiles(request, who, {
      accion: 'archivo',
      detalle: `Dejó «${mask(archivo)}» en la fuente «${fuente}».`,
      work: () => setup.receiveFile(fuente, archivo, content),
    });
  });

  mount('cursosSugeridos', async ({ params, signal }) => setup.suggestCursos(params.fuente, signal));

  mount('cambiarCursos', async (input) => {
    const { rutOtec, cursos } = input.pide;
    const { fuente } = input.params;
    const which = cursos === null ? 'todos los que nombren los datos' : String(cursos.length);
    return change(
      input,
      `Cursos de «${fuente}» por ${rutOtec}: ${which}.`,
      () => setup.changeCursos(fuente, rutOtec, cursos),
      COURSES_CHOSEN,
    );
  });

  mount('cambiarReglasDeCurso', async (input) => {
    const { params, pide } = input;
    const what = Object.entries(pide).map(([name, value]) => `${name} ${value}`);
    const detalle = `Curso ${params.codigoOferta}, grupo ${params.codigoGrupo}: ${what.join(', ')}.`;
    await change(input, detalle, () => setup.changeReglasDeCurso(params, pide));
    return {};
  });

  mount('previsionTotal', async ({ running, signal }) => {
    const asked = { ledger: context.ledger, at: context.clock(), signal };
    const parts = await Promise.all(
      running.providers.map((provider) => preview(planOfProvider(provider, running, asked))),
    );
    return {
      cursos: parts.flatMap(({ cursos }) => totals(cursos)),
      hallazgos: parts.flatMap(({ hallazgos }) => hallazgos),
      fallas: parts.flatMap(({ fallas }) => fallas),
    };
  });
}

type Previsto = Awaited<ReturnType<typeof preview>>['cursos'][number];

/** A big course is several calls, and one line. */
function totals(calls: readonly Previsto[]): PrevisionTotal['cursos'] {
  const lines = new Map<string, PrevisionTotal['cursos'][number]>();
  for (const line of calls.map(countsOf)) {
    const key = JSON.stringify([line.codigoOferta, line.codigoGrupo]);
    const { alumnos = 0, registros = 0, retenidos = 0 } = lines.get(key) ?? {};
    lines.set(key, {
      ...line,
      alumnos: alumnos + line.alumnos,
      registros: registros + line.registros,
      retenidos: retenidos + line.retenidos,
    });
  }
  return [...lines.values()];
}

function countsOf({ rutOtec, codigoOferta, codigoGrupo, titulo, cuerpo, retenidos }: Previsto) {
  const alumnos = cuerpo?.listaAlumnos ?? [];
  const held = new Set(retenidos.map(({ rut, lugar, mensaje }) => rut ?? lugar ?? mensaje));
  const sent = alumnos.map(({ rutAlumno, dvAlumno }) => `${rutAlumno}-${dvAlumno}`);
  return {
    ...{ rutOtec, codigoOferta, codigoGrupo, titulo },
    alumnos: new Set([...sent, ...held]).size,
    registros: alumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0),
    retenidos: held.size,
  };
}

const RECIBE: Record<Recibe, string> = {
  resumen: 'el resumen de la mañana',
  problemas: 'los problemas',
  cierre: 'lo que está por cerrar',
};

/** What was changed, without a value that is a secret. */
function fieldsOf(change: CambioDeOtec): string {
  const words: Record<keyof CambioDeOtec, string> = {
    nombre: 'nombre',
    token: 'token nuevo',
    ventana: 'ventana',
    graciaDias: 'días de gracia',
    tardio: 'qué hacer con lo atrasado',
    resumenA: 'hora del resumen',
  };
  const fields = Object.entries(change).filter(([, value]) => value !== undefined);
  return fields.map(([name]) => words[name as keyof CambioDeOtec]).join(', ') || 'sin cambios';
}

/** `ECONNREFUSED`, `EAUTH`: what an engineer looks up, without an address in it. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  return /^[A-Z_]{3,40}$/.test(code) ? code : codeOf(error.cause);
}
