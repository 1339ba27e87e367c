import { isFecha, type Rut, readRut } from '@puente-sic/protocol';
import { z } from 'zod';
import { type AlumnoEntry, type Registry, RegistryError } from './registry.ts';

const rut = z.string('falta el RUT, como texto: 11222333-K').transform((text, context): Rut => {
  const read = readRut(text);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'no es un RUT: se espera, por ejemplo, 11222333-K' });
  return z.NEVER;
});
const codigo = z.string('falta el código, como texto').min(1, 'el código está vacío');
const dia = z
  .string()
  .refine((text) => isFecha(text) && text.length === 10, 'no es una fecha AAAA-MM-DD')
  .nullish();
const token = z.string('falta el token, como texto').min(1, 'el token está vacío');
const nombre = z.string().default('');

/** The registry file. Keys that are not known are left aside, so that a newer file still loads. */
const registryFile = z.object({
  otecs: z.array(
    z.object({
      rut,
      nombre,
      token: token.optional(),
      tokens: z.array(z.object({ token, desde: dia, hasta: dia })).default([]),
      vigente: z.boolean().default(true),
    }),
  ),
  alumnos: z.array(z.object({ rut, nombre })).default([]),
  cursos: z
    .array(
      z.object({
        codigoOferta: codigo,
        codigoGrupo: codigo,
        rutOtec: rut,
        nombre,
        fechaInicio: dia,
        fechaFin: dia,
        modulos: z.array(z.object({ codigoModulo: codigo, nombre })),
        alumnos: z.array(z.object({ rut, nombre, modulos: z.array(codigo).optional() })),
      }),
    )
    .default([]),
});

/** The registry file as written, before it is read: what {@link readRegistry} takes. */
export type RegistryFile = z.input<typeof registryFile>;

/** Reads the content of a registry file. Throws {@link RegistryError} naming every place that is wrong. */
export function readRegistry(content: unknown): Registry {
  const { success, data, error } = registryFile.safeParse(content);
  if (!success) {
    const places = error.issues.slice(0, 20).map(({ path, message }) => `  ${pathText(path)}: ${message}`);
    throw new RegistryError(`El registro no se puede usar:\n${places.join('\n')}`);
  }
  const alumnos = new Map<number, AlumnoEntry>();
  const know = (person: { rut: Rut; nombre: string }): number => {
    const { numero, dv } = person.rut;
    if (!alumnos.get(numero)?.nombre) alumnos.set(numero, { dv, nombre: person.nombre });
    return numero;
  };
  for (const alumno of data.alumnos) know(alumno);
  return {
    alumnos,
    otecs: data.otecs.map((otec) => ({
      rut: otec.rut.numero,
      dv: otec.rut.dv,
      nombre: otec.nombre,
      vigente: otec.vigente,
      tokens: [...(otec.token ? [{ token: otec.token, desde: null, hasta: null }] : []), ...otec.tokens].map(
        ({ token, desde, hasta }) => ({ token, desde: desde ?? null, hasta: hasta ?? null }),
      ),
    })),
    cursos: data.cursos.map((curso) => ({
      ...curso,
      rutOtec: curso.rutOtec.numero,
      fechaInicio: curso.fechaInicio ?? null,
      fechaFin: curso.fechaFin ?? null,
      alumnos: curso.alumnos.map((alumno) => ({ rut: know(alumno), modulos: alumno.modulos ?? null })),
    })),
  };
}

function pathText(path: PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || 'archivo'
  );
}
