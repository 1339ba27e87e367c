import { z } from 'zod';

/** A month's folder holds these files and the manifest. */
export const PROCESOS = 'procesos.ndjson.gz';
export const REGISTROS = 'registros.ndjson.gz';
export const MANIFIESTO = 'manifiesto.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const cuenta = z.int().min(0);

/** What was written into one file. */
const archivo = z.strictObject({
  lineas: cuenta,
  /** Of the file as it stands. */
  bytes: cuenta,
  sha256,
  /** Of its text once unpacked: the same for the same records, whatever packed them. */
  bytesTexto: cuenta,
  sha256Texto: sha256,
});
export type ArchivoEscrito = z.infer<typeof archivo>;

/** What an archived month holds, and by what it is known to be whole. */
export const manifiestoSchema = z.strictObject({
  formato: z.literal('puente-gestor-archivo'),
  version: z.literal(1),
  /** `YYYY-MM`, of the day (Santiago's) that a process came in. */
  mes: z.string().regex(/^\d{4}-\d\d$/),
  procesos: cuenta,
  registros: cuenta,
  aceptados: cuenta,
  rechazados: cuenta,
  /** How many providers they are of. */
  otecs: cuenta,
  hastaId: cuenta,
  ultimaNoche: z.string().nullable(),
  archivos: z.strictObject({ [PROCESOS]: archivo, [REGISTROS]: archivo }),
});
export type Manifiesto = z.infer<typeof manifiestoSchema>;
