import { type CursoDePlanilla, emptySheet, type Running } from '@puente-sic/app';
import {
  bringBackCourses,
  type CourseKey,
  type CursoComparado,
  compareCourse,
  studentNames,
  takeOutCourses,
  toCorrect,
} from '@puente-sic/engine';
import { mask } from '@puente-sic/protocol';
import type { CambiosDeCurso } from '../api.ts';
import type { Context } from '../context.ts';
import { bodyOf } from '../http/body.ts';
import type { Mount } from '../http/mount.ts';
import { planOfProvider } from './curso.ts';

/** The files that people hand over: what a new one would change, kept, taken away, brought back. */
export function planillas(mount: Mount, { access, bus, clock, ledger, setup }: Context): void {
  mount('planillas', async () => setup.planillas());

  mount('mirarPlanilla', async ({ params, running, request, signal }) => {
    const content = bodyOf(request);
    const { archivo, reemplaza, comparte, cursos, hallazgos, source } = await setup.lookAtFile(
      params.fuente,
      params.archivo,
      content,
    );
    const seen: CambiosDeCurso[] = [];
    const sinInformar: string[] = [];
    for (const curso of cursos) {
      const key = keyIn(running, params.fuente, curso);
      const provider = running.providers.find(({ otec }) => otec.rut === key?.rutOtec);
      const compared =
        key === null || provider === undefined
          ? null
          : await compareCourse(
              {
                ...planOfProvider(provider, running, { ledger, at: clock(), signal }),
                // The file alone, under the name of its source, by which the settings know its courses.
                sources: [{ ...source, name: params.fuente }],
              },
              key,
            );
      if (compared === null || compared.curso === null) sinInformar.push(curso.titulo);
      else seen.push(await changesOf(compared.curso));
    }
    return { archivo, reemplaza, comparte, cursos: seen, hallazgos, sinInformar };
  });

  mount('mirarColumnas', async ({ params, request }) =>
    setup.lookAtColumns(params.fuente, params.archivo, bodyOf(request)),
  );

  mount('plantilla', async ({ reply }) => {
    reply
      .header('content-disposition', 'attachment; filename="plantilla-avance.xlsx"')
      .type('application/octet-stream');
    return reply.send(await emptySheet());
  });

  mount('decirColumnas', async ({ params: { fuente }, pide: { columnas }, who, request }) => {
    const said = Object.entries(columnas).map(
      ([header, field]) => `${quoted(header)}: ${field ?? 'sin decir'}`,
    );
    await access.onFiles(request, who, {
      accion: 'columnas',
      detalle: `Dijo qué son las columnas de «${fuente}»: ${said.join(', ')}.`,
      work: () => setup.rememberColumns(fuente, columnas),
    });
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  mount('guardarPlanilla', async ({ params, who, request }) => {
    const { fuente, archivo } = params;
    const content = bodyOf(request);
    const kept = await access.onFiles(request, who, {
      accion: 'planilla',
      detalle: `Subió ${quoted(archivo)} a «${fuente}».`,
      outcome: (done) => {
        const others = done.reemplazadas.filter((one) => one !== done.archivo);
        const instead = others.length === 0 ? '' : ` en lugar de ${others.map(quoted).join(', ')}`;
        return `Subió ${quoted(done.archivo)} a «${fuente}»${instead}.`;
      },
      work: () => setup.receiveFile(fuente, archivo, content),
    });
    bus.tell({ tipo: 'recargar' });
    return kept;
  });

  mount('quitarPlanilla', async ({ params: { fuente, archivo }, running, who, request }) => {
    await access.onFiles(request, who, {
      accion: 'planilla-quitada',
      detalle: `Quitó ${quoted(archivo)} de «${fuente}».`,
      work: async () => {
        const cursos = await setup.removeFile(fuente, archivo);
        for (const provider of running.providers) {
          const keys = cursos.flatMap((curso) => keyIn(running, fuente, curso) ?? []);
          const own = keys.filter(({ rutOtec }) => rutOtec === provider.otec.rut);
          const { ventana } = provider;
          await takeOutCourses(ledger, own, { now: clock(), ...(ventana && { ventana }) });
        }
      },
    });
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  mount('recuperarPlanilla', async ({ params: { fuente, archivo }, running, who, request }) => {
    await access.onFiles(request, who, {
      accion: 'planilla-recuperada',
      detalle: `Recuperó ${quoted(archivo)} en «${fuente}».`,
      work: async () => {
        const cursos = await setup.recoverFile(fuente, archivo);
        await bringBackCourses(
          ledger,
          cursos.flatMap((curso) => keyIn(running, fuente, curso) ?? []),
        );
      },
    });
    bus.tell({ tipo: 'recargar' });
    return {};
  });

  async function changesOf(curso: CursoComparado): Promise<CambiosDeCurso> {
    const { rutOtec, codigoOferta, codigoGrupo, titulo } = curso;
    const open = await toCorrect(ledger, { rutOtec, curso: codigoOferta, grupo: codigoGrupo });
    const had = new Map(open.map((error) => [error.rut, error]));
    // Who is in the sheet no more has a name in the ledger.
    const named = await studentNames(ledger, [rutOtec]);
    // Whose RUT was wrong before has another one now: who bears that name is who was mended.
    const here = new Set(curso.alumnos.map(({ rut }) => rut));
    const wrong = new Set(
      open.flatMap(({ rut, nombre }) => (rut === null || here.has(rut) ? [] : (nombre ?? []))),
    );
    const changes: CambiosDeCurso = {
      ...{ rutOtec, codigoOferta, codigoGrupo, titulo, alumnos: 0, iguales: 0 },
      ...{ corregidos: [], retenidos: [], bajaron: [], reintentos: [], nuevos: [], avanzaron: [] },
      ausentes: [],
    };
    for (const alumno of curso.alumnos) {
      const { rut, nombre, enLaFuente, retenidos, modulos } = alumno;
      const persona = { rut, nombre: nombre ?? named(curso, rut) };
      if (!enLaFuente) {
        changes.ausentes.push(persona);
        continue;
      }
      changes.alumnos += 1;
      const [held] = retenidos;
      const fell = fallOf(alumno);
      const before = had.get(rut);
      if (fell !== null) changes.bajaron.push({ ...persona, ...fell });
      else if (held !== undefined)
        changes.retenidos.push({ ...persona, mensaje: held.mensaje, queHacer: held.queHacer });
      else if (before?.origen === 'gestor') changes.reintentos.push(persona);
      else if (before !== undefined || wrong.has(nombre ?? '')) changes.corregidos.push(persona);
      else if (modulos.every(({ aceptado }) => aceptado === null)) changes.nuevos.push(persona);
      else if (modulos.some(({ cambia }) => cambia)) changes.avanzaron.push(persona);
      else changes.iguales += 1;
    }
    return changes;
  }
}

function fallOf({ modulos }: CursoComparado['alumnos'][number]) {
  for (const { codigoModulo, ahora, aceptado, seEnvia } of modulos) {
    const a = ahora?.porcentajeAvance ?? null;
    const de = aceptado?.porcentajeAvance ?? null;
    if (a !== null && de !== null && a < de && !seEnvia) return { codigoModulo, de, a };
  }
  return null;
}

/** Whose course it is: of the provider whose settings or whose only source name it. */
function keyIn(
  { providers }: Running,
  fuente: string,
  { codigoOferta, codigoGrupo }: CursoDePlanilla,
): CourseKey | null {
  const own = providers.filter(({ sources }) => sources.some(({ name }) => name === fuente));
  const named = own.find(({ otec, cursos }) =>
    cursos?.some((one) => one.otec === otec.rut && (one.codigoOferta ?? one.curso) === codigoOferta),
  );
  const provider = named ?? (own.length === 1 ? own[0] : undefined);
  return provider === undefined ? null : { rutOtec: provider.otec.rut, codigoOferta, codigoGrupo };
}

/** People name files after people: the trail, which is kept, names no RUT. */
function quoted(archivo: string): string {
  return `«${mask(archivo)}»`;
}
