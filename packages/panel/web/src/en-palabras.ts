import { CAMPOS } from './screens/planilla-campos.ts';

/**
 * What the engine tells of a file, as a coordinator reads it: columns by their names of the panel, and what to do there
 * instead of in a terminal or in puente's own file of settings.
 */
export function enPalabras(texto: string): string {
  if (!TECNICO.test(texto)) return texto;
  const frases = frasesDe(texto).map((frase) => {
    if (EN_LA_FUENTE.test(frase)) return 'Puede contestarlo al subir la planilla: se pregunta una vez.';
    if (frase.includes('«puente plantilla»'))
      return 'En Planilla se descarga una para llenar, con todas las columnas.';
    if (SIN_NOMBRE.test(frase))
      return 'Si una de esas columnas es la que falta, elija abajo qué es; si no, agréguela.';
    return frase
      .replace(EN_CURSOS, '')
      .replace(NOMBRE, (nombre, _, at: number) =>
        frase[at - 1] === '«' ? (CAMPOS[nombre] ?? nombre) : (DE_CORRIDO[nombre] ?? CAMPOS[nombre] ?? nombre),
      );
  });
  return [...new Set(frases)].join(' ');
}

/** An answer of the API with what it tells people in the words of the panel. */
export function conPalabras<T>(respuesta: T): T {
  if (Array.isArray(respuesta)) for (const cada of respuesta) conPalabras(cada);
  else if (typeof respuesta === 'object' && respuesta !== null) {
    const dichos: Record<string, unknown> = respuesta as Record<string, unknown>;
    for (const [clave, valor] of Object.entries(dichos)) {
      if (typeof valor !== 'string') conPalabras(valor);
      else if (DICHO.has(clave)) dichos[clave] = enPalabras(valor);
    }
  }
  return respuesta;
}

/** What is told in sentences. */
const DICHO = new Set(['mensaje', 'queHacer', 'porque']);

/** On a screen a column is chosen; nobody has to change its name in the sheet. */
const SIN_NOMBRE = /^Si una de esas columnas es la que falta, cámbiele el nombre por ese/;
const EN_LA_FUENTE = /en puente\.yaml, en (?:la fuente|«columnas»)|«columnas: \{/;
/** The other way, in the settings, behind what can be done in the sheet. */
const EN_CURSOS = /, o indíquelo en puente\.yaml, en «cursos»: «[^»]*»(?=, con)/g;
/** What is of a student or of a module alike, within a sentence. */
const DE_CORRIDO: Readonly<Record<string, string>> = {
  porcentajeAvance: 'el avance',
  tiempoConectividad: 'el tiempo',
  fechaInicio: 'la fecha de inicio',
  fechaFin: 'la fecha de término',
  evaluacionFinal: 'la nota final',
  codigoOferta: 'el código del curso',
  codigoGrupo: 'el código del grupo',
};
/** Names of the template that are no words: `moduloPorcentajeAvance`. */
const NOMBRE = new RegExp(
  `\\b(${Object.keys(CAMPOS)
    .filter((campo) => /[A-Z]/.test(campo))
    .sort((a, b) => b.length - a.length)
    .join('|')})\\b`,
  'g',
);
const TECNICO = new RegExp(
  `${SIN_NOMBRE.source.slice(1)}|${EN_LA_FUENTE.source}|«puente plantilla»|${NOMBRE.source}`,
);

/** By their points outside of what is quoted. */
function frasesDe(texto: string): string[] {
  const frases: string[] = [];
  let desde = 0;
  let dentro = 0;
  for (let at = 0; at < texto.length; at++) {
    if (texto[at] === '«') dentro += 1;
    else if (texto[at] === '»') dentro -= 1;
    else if (texto[at] === '.' && dentro <= 0 && /^(\s|$)/.test(texto.slice(at + 1, at + 2))) {
      frases.push(texto.slice(desde, at + 1).trim());
      desde = at + 1;
    }
  }
  const resto = texto.slice(desde).trim();
  return resto === '' ? frases : [...frases, resto];
}
