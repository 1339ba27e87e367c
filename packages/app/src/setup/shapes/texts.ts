import { z } from 'zod';

// What set-up texts have in common, as they are asked of a person. Secrets go one way: they are taken, kept encrypted,
// used, and never told again.

export const texto = z.string().trim().min(1, 'no puede quedar vacío').max(300);
export const secreto = z.string().trim().min(1, 'no puede quedar vacío').max(2000);
export const hora = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'debe ser una hora como 22:00');
export const puerto = z.number().int().min(1).max(65_535);
