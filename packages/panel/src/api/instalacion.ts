import {
  archivoRecibido,
  cambioDeCanal,
  cambioDeCursos,
  cambioDeInstalacion,
  cambioDeOtec,
  cambioDeReglasDeCurso,
  canalNuevo,
  cursoSugerido,
  fuenteNueva,
  instalacion,
  pruebaDeCanal,
  pruebaDeFuente,
  pruebaDeOtec,
} from '@puente-sic/app';
import { z } from 'zod';
import { fallaFuente, hallazgo, nada, prueba, type Ruta } from './base.ts';

export {
  archivoRecibido,
  type CambioDeInstalacion,
  type CambioDeOtec,
  type CambioDeReglasDeCurso,
  type CanalNuevo,
  type CanalVisto,
  type CursoInstalado,
  type CursoSugerido,
  cambioDeCanal,
  cambioDeCursos,
  cambioDeInstalacion,
  cambioDeOtec,
  cambioDeReglasDeCurso,
  canal,
  canalNuevo,
  cursoInstalado,
  cursoSugerido,
  type FuenteInstalada,
  type FuenteNueva,
  fuenteInstalada,
  fuenteNueva,
  type Instalacion,
  instalacion,
  type OtecInstalada,
  otecInstalada,
  type PruebaDeFuente,
  type PruebaDeOtec,
  pruebaDeCanal,
  pruebaDeFuente,
  pruebaDeOtec,
  type Reglas,
  reglas,
} from '@puente-sic/app';

// How puente is set up, as an administrator sees and changes it. It is what puente.yaml says and nothing else: every
// change is written there, its comments kept, and takes effect at once (a call under way ends first).

export const cursosSugeridos = z.object({ cursos: z.array(cursoSugerido), hallazgos: z.array(hallazgo) });

/** What a send of everything would do now. Reads the sources, sends nothing; may take some minutes. */
export const previsionTotal = z.object({
  cursos: z.array(
    z.object({
      rutOtec: z.string(),
      codigoOferta: z.string(),
      codigoGrupo: z.string(),
      titulo: z.string(),
      /** Each once, whether or not anything of theirs is held back. */
      alumnos: z.number(),
      /** Student × module records that would go. */
      registros: z.number(),
      /** Of the students, those of whom something is held back. */
      retenidos: z.number(),
    }),
  ),
  hallazgos: z.array(hallazgo),
  fallas: z.array(fallaFuente),
});
export type PrevisionTotal = z.infer<typeof previsionTotal>;

const BASE = '/api/instalacion';
const OTEC = `${BASE}/otecs/:rutOtec` as const;
const FUENTE = `${BASE}/fuentes/:fuente` as const;
const rol = 'administrador';

/** Each answers with the whole as it is now, where nothing else is said. 409 `no-se-puede`: why, and what to do. */
export const INSTALACION = {
  instalacion: { metodo: 'GET', ruta: BASE, rol, responde: instalacion },
  cambiarInstalacion: { metodo: 'PUT', ruta: BASE, rol, pide: cambioDeInstalacion, responde: instalacion },

  cambiarOtec: { metodo: 'PUT', ruta: OTEC, rol, pide: cambioDeOtec, responde: instalacion },
  borrarOtec: { metodo: 'DELETE', ruta: OTEC, rol, responde: instalacion },
  probarOtec: { metodo: 'POST', ruta: `${OTEC}/prueba`, rol, pide: pruebaDeOtec, responde: prueba },
  crearCanal: {
    metodo: 'POST',
    ruta: `${OTEC}/alertas`,
    rol,
    pide: z.object({ canal: canalNuevo }),
    responde: instalacion,
  },
  cambiarCanal: { metodo: 'PUT', ruta: `${OTEC}/alertas`, rol, pide: cambioDeCanal, responde: instalacion },
  borrarCanal: {
    metodo: 'DELETE',
    ruta: `${OTEC}/alertas`,
    rol,
    pide: z.object({ nombre: z.string() }),
    responde: instalacion,
  },
  /** Delivers one alert that says it is a test, at once. */
  probarCanal: {
    metodo: 'POST',
    ruta: `${OTEC}/alertas/prueba`,
    rol,
    pide: z.object({ nombre: z.string() }),
    responde: pruebaDeCanal,
  },

  /** Reads it as it would be, without keeping anything. */
  probarFuente: {
    metodo: 'POST',
    ruta: `${BASE}/fuentes`,
    rol,
    pide: z.object({ fuente: fuenteNueva }),
    responde: pruebaDeFuente,
  },
  cambiarFuente: {
    metodo: 'PUT',
    ruta: FUENTE,
    rol,
    pide: z.object({ fuente: fuenteNueva }),
    responde: instalacion,
  },
  borrarFuente: { metodo: 'DELETE', ruta: FUENTE, rol, responde: instalacion },
  /** At most 16 MiB; CSV, Excel or JSON. */
  recibirArchivo: {
    metodo: 'PUT',
    ruta: `${FUENTE}/archivos/:archivo`,
    rol,
    recibe: 'application/octet-stream',
    responde: archivoRecibido,
  },
  cursosSugeridos: { metodo: 'GET', ruta: `${FUENTE}/cursos`, rol, responde: cursosSugeridos },
  cambiarCursos: {
    metodo: 'PUT',
    ruta: `${FUENTE}/cursos`,
    rol,
    pide: cambioDeCursos,
    responde: instalacion,
  },
  cambiarReglasDeCurso: {
    metodo: 'PUT',
    ruta: '/api/cursos/:rutOtec/:codigoOferta/:codigoGrupo/reglas',
    rol,
    pide: cambioDeReglasDeCurso,
    responde: nada,
  },
  previsionTotal: { metodo: 'GET', ruta: '/api/prevision', rol: 'lector', responde: previsionTotal },
} as const satisfies Record<string, Ruta>;
