// What puente.yaml, a flag and the panel may say where an address is asked for: one judgement for all three, stricter
// than whoever uses the address later, so that what is accepted here can always be started with. Each gives what is
// wrong, in Spanish and without repeating the text (it may hold a password); null where nothing is.

/** Of a Gestor Intermedio: the part of its addresses before `/avance-sic/…`. */
export function gestorProblem(text: string): string | null {
  const problem = webProblem(text, 'https://auladigital.sence.cl/gestor/API');
  if (problem !== null) return problem;
  return /[?#]/.test(text) ? 'no puede llevar «?» ni «#»: escríbala solo hasta …/gestor/API' : null;
}

/** Of an LMS, as people paste it from the browser: a page within it will do. */
export function siteProblem(text: string): string | null {
  return webProblem(text, 'https://aula.ejemplo.cl');
}

/** Of an LMS's database: a server's, or the file of a SQLite. */
export function sqlProblem(text: string): string | null {
  if (/^sqlite:/i.test(text))
    return /^sqlite:\S/i.test(text) ? null : 'debe llevar la ruta del archivo, como sqlite:./aula.db';
  if (/^sqlserver:\/\/[^/]*@[^/]*(?:\\|%5c)/i.test(text)) return NAMED_INSTANCE;
  const problem = databaseProblem(text, /^(mysql|mariadb|postgres|postgresql|sqlserver):\/\/\S+$/);
  return problem === SIGNS ? `${problem}; o escriba la clave tal cual en «clave», al lado` : problem;
}

/** Of a clock: a zone's name, or a fixed difference from UTC. */
export function zoneProblem(text: string): string | null {
  if (/^[+-](0\d|1[0-4]):[0-5]\d$/.test(text)) return null;
  try {
    new Intl.DateTimeFormat('es', { timeZone: text });
    return /[/]|^UTC$/i.test(text) ? null : ZONE;
  } catch {
    return ZONE;
  }
}

const ZONE = 'debe ser una zona horaria como America/Santiago, o una diferencia fija como -03:00';

/** Of a webhook; whatever its query says is its own. */
export function webhookProblem(text: string): string | null {
  return webProblem(text, 'https://avisos.ejemplo.cl/entrada');
}

const NAMED_INSTANCE =
  'nombra una instancia de SQL Server (EQUIPO\\INSTANCIA): pida que le fijen un puerto, y escriba el equipo y ese puerto, como sqlserver://usuario@equipo:1433/base';

/** Of a database, with user and password. `engines`: those that are read there. */
export function databaseProblem(
  text: string,
  engines = /^(mysql|mariadb|postgres|postgresql):\/\/\S+$/,
): string | null {
  if (BARE_SIGN.test(text)) return SIGNS;
  if (/^\w+:\/\/[^@]*\s[^@]*@/.test(text)) return SIGNS;
  if (!engines.test(text) || !URL.canParse(text)) {
    return 'debe ser la dirección de una base de datos, como mariadb://usuario:clave@servidor:3306/moodle';
  }
  const { pathname, search, hash, username, password } = new URL(text);
  if (`${pathname}${search}${hash}`.includes('@')) return SIGNS;
  if (pathname.length < 2) return 'debe terminar con el nombre de la base, como …:3306/moodle';
  const isReadable = [pathname, username, password].every(isEncoded);
  return isReadable ? null : SIGNS;
}

/** A sign of the user or password that ends the server's name where it stands as it is: `u:cl#ve@servidor`. */
const BARE_SIGN = /^\w+:\/\/[^@]*[#/?][^@]*@/;
const SIGNS =
  'tiene en el usuario o la clave un signo que debe ir codificado: % es %25, # es %23, / es %2F, ? es %3F, @ es %40, : es %3A, el espacio es %20';

/** Of a regular expression that finds a code in a name. */
export function patternProblem(text: string): string | null {
  try {
    new RegExp(text, 'u');
    return null;
  } catch {
    return 'no es una expresión regular válida; por ejemplo, ([A-Z]{3}\\d{12})';
  }
}

function webProblem(text: string, example: string): string | null {
  const hasPassword = /^https?:\/\/[^/?#\\]*@/i.test(text);
  if (hasPassword) return `no puede llevar usuario ni clave; escríbala así: ${example}`;
  const isWhole = /^https?:\/\/[^\s/?#\\][^\s\\\p{Cc}]*$/iu.test(text) && URL.canParse(text);
  return isWhole ? null : `debe ser una dirección completa, como ${example}`;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
