import type { FuenteInstalada, FuenteNueva } from '../../../src/api.ts';
import { dondeLeeOtroLms, type OtroLms } from './otro-lms-datos.ts';

/** Those that have a form; the rest is written in puente.yaml. */
export type FuenteConFormulario = Exclude<FuenteInstalada, { donde: string }>;
/** As a person chooses among them: a database and a folder are two ways to one kind. */
export type Tipo = Exclude<FuenteConFormulario['tipo'], OtroLms['tipo']> | 'otro-lms';

export function tipoDe({ tipo }: FuenteConFormulario): Tipo {
  return tipo === 'sql' || tipo === 'entidades' ? 'otro-lms' : tipo;
}

export function tieneFormulario(fuente: FuenteInstalada): fuente is FuenteConFormulario {
  return !('donde' in fuente);
}

export type Tiempo = 'base-de-datos' | 'informe' | 'csv' | 'despues';

export const TIPOS: { valor: Tipo; texto: string; ayuda: string }[] = [
  {
    valor: 'archivo',
    texto: 'Planillas o archivos',
    ayuda:
      'Usted exporta el avance de su plataforma, o lo lleva en Excel o CSV. Es lo más simple para empezar.',
  },
  {
    valor: 'moodle-bd',
    texto: 'Moodle, por su base de datos',
    ayuda:
      'Lo más rápido y exacto, si alguien puede darle una cuenta de solo lectura de la base de datos de su Moodle.',
  },
  {
    valor: 'moodle-ws',
    texto: 'Moodle, por servicios web',
    ayuda:
      'Si no hay acceso a la base de datos, como en un Moodle arrendado: basta un token que se crea en Moodle mismo.',
  },
  {
    valor: 'otro-lms',
    texto: 'Otro LMS, o una plataforma propia',
    ayuda:
      'Tutor LMS, LearnDash, Chamilo, o la que hizo su OTEC: por su base de datos, o por una carpeta de archivos.',
  },
];

export const NOMBRES: Record<Tipo, string> = {
  archivo: 'planillas',
  'moodle-bd': 'moodle',
  'moodle-ws': 'moodle',
  'otro-lms': 'aula',
};

/** A name that no other source has. */
export function nombreLibre(tipo: Tipo, tomados: string[]): string {
  const base = NOMBRES[tipo];
  let name = base;
  for (let n = 2; tomados.includes(name); n += 1) name = `${base} ${n}`;
  return name;
}

/** What the form of a source says. A secret that was left empty is left out: the one that is kept stays. */
export function fuenteDe(form: HTMLFormElement): FuenteNueva {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name)).trim();
  const baseDeDatos = () => ({
    motor: data.get('motor') === 'postgres' ? ('postgres' as const) : ('mariadb' as const),
    servidor: text('servidor'),
    puerto: Number(text('puerto')),
    base: text('base'),
    usuario: text('usuario'),
    prefijo: text('prefijo'),
    ...(text('clave') !== '' && { clave: text('clave') }),
  });
  const tiempo = (): Extract<FuenteNueva, { tipo: 'moodle-ws' }>['tiempo'] => {
    switch (data.get('tiempo')) {
      case 'base-de-datos':
        return { de: 'base-de-datos', ...baseDeDatos() };
      case 'informe':
        return { de: 'informe', numero: Number(text('numero')) };
      case 'csv':
        return { de: 'csv', ruta: text('rutaTiempo') };
      default:
        return null;
    }
  };
  const nombre = text('nombre');
  switch (data.get('tipo')) {
    case 'moodle-bd':
      return {
        nombre,
        tipo: 'moodle-bd',
        ...baseDeDatos(),
        sitio: text('sitio') || null,
        tls: data.get('tls') === 'on',
      };
    case 'moodle-ws':
      return {
        nombre,
        tipo: 'moodle-ws',
        url: text('url'),
        ...(text('token') !== '' && { token: text('token') }),
        informeInscripciones: Number(text('informeInscripciones')) || null,
        tiempo: tiempo(),
      };
    default:
      return { nombre, tipo: 'archivo', ruta: text('ruta') };
  }
}

/** In words, for a list. */
export function dondeLee(fuente: FuenteInstalada): string {
  switch (fuente.tipo) {
    case 'archivo':
      return `Planillas o archivos, de ${fuente.ruta}`;
    case 'entidades':
    case 'sql':
      return dondeLeeOtroLms(fuente);
    case 'push':
      return `Otro LMS: ${fuente.donde}`;
    case 'moodle-bd':
      return `Moodle, por su base de datos «${fuente.base}» en ${fuente.servidor}`;
    case 'moodle-ws':
      return `Moodle, por servicios web de ${fuente.url}`;
  }
}
