import { preview, Undelivered } from '@puente-sic/engine';
import type { CambioDeOtec, PrevisionTotal } from '../api.ts';
import type { Context } from '../context.ts';
import type { Input, Mount } from '../http/mount.ts';
import { Refusal } from '../http/refusal.ts';
import { tested } from './acciones.ts';
import { planOfProvider } from './curso.ts';

/** Setting puente up and changing how it is set up: an administrator's. Who did what is noted; a secret never is. */
export function instalacion(mount: Mount, context: Context): void {
  const { access, bus, setup, logger } = context;

  /** What comes after every change: it is noted, every screen reads anew, and the whole is answered. */
  const changed = async (
    { who, request }: Pick<Input<'instalacion'>, 'who' | 'request'>,
    detalle: string,
  ) => {
    await access.note(request, who, 'instalacion', detalle);
    bus.tell({ tipo: 'recargar' });
    return setup.view();
  };

  mount('instalacion', async () => setup.view());

  mount('cambiarInstalacion', async (input) => {
    await setup.change(input.pide);
    const { gestor, tokens = {}, reglas } = input.pide;
    const given = Object.keys(tokens).map((rut) => `token nuevo de ${rut}`);
    const what = [gestor && `Gestor Intermedio: ${gestor}`, ...given, reglas && 'reglas de Moodle'];
    return changed(input, `Cambió ${what.filter(Boolean).join('; ')}.`);
  });

  mount('cambiarOtec', async (input) => {
    await setup.changeOtec(input.params.rutOtec, input.pide);
    return changed(input, `OTEC ${input.params.rutOtec}: ${fieldsOf(input.pide)}.`);
  });

  mount('borrarOtec', async (input) => {
    await setup.removeOtec(input.params.rutOtec);
    return changed(input, `Quitó la OTEC ${input.params.rutOtec}.`);
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
    await setup.addCanal(input.params.rutOtec, canal);
    return changed(input, `OTEC ${input.params.rutOtec}: agregó un aviso por ${canal.tipo}.`);
  });

  mount('borrarCanal', async (input) => {
    await setup.removeCanal(input.params.rutOtec, input.pide.nombre);
    return changed(input, `OTEC ${input.params.rutOtec}: quitó el aviso por ${input.pide.nombre}.`);
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
    await setup.changeFuente(input.params.fuente, fuente);
    return changed(input, `Fuente «${fuente.nombre}», ${fuente.tipo}.`);
  });

  mount('borrarFuente', async (input) => {
    await setup.removeFuente(input.params.fuente);
    return changed(input, `Quitó la fuente «${input.params.fuente}».`);
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
    const received = await setup.receiveFile(params.fuente, params.archivo, request.body);
    const detalle = `Dejó «${received.archivo}» en la fuente «${params.fuente}».`;
    await access.note(request, who, 'archivo', detalle);
    return received;
  });

  mount('cursosSugeridos', async ({ params, signal }) => setup.suggestCursos(params.fuente, signal));

  mount('cambiarCursos', async (input) => {
    const { rutOtec, cursos } = input.pide;
    await setup.changeCursos(input.params.fuente, rutOtec, cursos);
    const which = cursos === null ? 'todos los que nombren los datos' : String(cursos.length);
    return changed(input, `Cursos de «${input.params.fuente}» por ${rutOtec}: ${which}.`);
  });

  mount('cambiarReglasDeCurso', async (input) => {
    const { params, pide } = input;
    await setup.changeReglasDeCurso(params, pide);
    const what = Object.entries(pide).map(([name, value]) => `${name} ${value}`);
    await changed(input, `Curso ${params.codigoOferta}, grupo ${params.codigoGrupo}: ${what.join(', ')}.`);
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
  return {
    ...{ rutOtec, codigoOferta, codigoGrupo, titulo },
    alumnos: alumnos.length,
    registros: alumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0),
    retenidos: retenidos.length,
  };
}

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
