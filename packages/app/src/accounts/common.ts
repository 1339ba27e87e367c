/**
 * Whether a password is one that guessers try first: made of nothing but common words and figures, of a run of
 * neighbouring keys, of a piece that repeats, or of the account's own name. Which signs it has does not matter.
 */
export function isCommonPassword(clave: string, usuario: string): boolean {
  const text = fold(clave);
  if (isRepeated(text) || isRun(text)) return true;
  const letters = letterForms(text);
  const own = fold(usuario)
    .split(/[^a-z]+/)
    .filter((word) => word.length >= 3);
  const words = new Set([...COMMON, ...own]);
  return letters.some((form) => form !== '' && isMadeOf(form, words));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The letters alone; with the figures and signs that stand for one, `p4ssw0rd`; the same without what frames them. */
function letterForms(text: string): string[] {
  const plain = text.replace(/[^a-z]/g, '');
  const read = text.replace(/[013457@$!|]/g, (sign) => LOOKS_LIKE[sign] ?? sign).replace(/[^a-z]/g, '');
  const trimmed = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const inner = trimmed.replace(/[013457@$!|]/g, (sign) => LOOKS_LIKE[sign] ?? sign).replace(/[^a-z]/g, '');
  return [plain, read, inner];
}

const LOOKS_LIKE: Record<string, string> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' },
  ...{ '@': 'a', $: 's', '!': 'i', '|': 'l' },
};

/** Whether words of the list, one behind the other, give the whole text. */
function isMadeOf(text: string, words: ReadonlySet<string>): boolean {
  const reached = new Array<boolean>(text.length + 1).fill(false);
  reached[0] = true;
  for (let end = 1; end <= text.length; end += 1) {
    for (let from = Math.max(0, end - LONGEST); from < end && !reached[end]; from += 1) {
      if (reached[from] && words.has(text.slice(from, end))) reached[end] = true;
    }
  }
  return reached[text.length] === true;
}

const LONGEST = 80;

/** `aaaaaaaaaaaa`, `abcabcabcabc` */
function isRepeated(text: string): boolean {
  return /^(.{1,4})\1+.{0,3}$/s.test(text) || new Set(text).size < 5;
}

/** `123456789012`, `qwertyuiop123`: at least three quarters of it are neighbours on a line of keys or in the alphabet. */
function isRun(text: string): boolean {
  let neighbours = 0;
  for (let at = 1; at < text.length; at += 1) {
    const pair = text.slice(at - 1, at + 1);
    const turned = [...pair].reverse().join('');
    if (LINES.some((line) => line.includes(pair) || line.includes(turned))) neighbours += 1;
  }
  return neighbours >= (text.length - 1) * 0.75;
}

const LINES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjklñ', 'zxcvbnm'];

/** From the lists of passwords that come to light each year, the words in them; and what is close at hand here. */
const COMMON = `
  password passwort pass passw word contrasena contrasenia contra clave claves secreto secreta secret acceso access
  admin administrador administradora administrator root user usuario usuaria guest invitado test prueba demo temporal temp
  cambiar cambiame cambiala changeme change me default login entrar hola holahola bienvenido bienvenida welcome
  qwerty qwertyuiop azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx abc abcd abcde abcdef abcdefg xyz aaa
  letmein let iloveyou love you teamo tequiero amor amorcito mivida corazon mi micorazon princesa prince princess
  dragon monkey master shadow sunshine football baseball superman batman pokemon naruto starwars trustno killer
  michael jordan jessica ashley daniel andrea carlos maria jose juan pedro luis ana rosa diego camila valentina
  francisco fernanda sebastian alejandro alejandra gabriel gabriela antonio antonia matias martina sofia javiera
  computer computador internet google facebook instagram whatsapp windows microsoft apple samsung moodle excel
  chile chilena chileno santiago valparaiso concepcion temuco iquique antofagasta rancagua talca vinadelmar vina del
  colocolo colo universidad catolica udechile udec futbol mundial
  empresa oficina trabajo capacitacion capacitaciones curso cursos alumno alumnos otec sence sic gestor puente
  franquicia coordinacion coordinador coordinadora
  enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
  lunes martes miercoles jueves viernes sabado domingo verano invierno otono primavera
  uno dos tres cuatro cinco seis siete ocho nueve cero one two three
  estrella mariposa chocolate gatito gato perro perrito familia hijo hija hijos mama papa bebe angel jesus dios cristo
  real madrid barcelona america rebelde feliz felicidad alegria libertad
  money dinero hello nothing whatever cheese summer winter spring autumn flower purple orange banana cookie
  freedom ninja mustang ferrari harley yankees liverpool arsenal chelsea ranger hunter buster soccer hockey
  tigger charlie thomas robert andrew jennifer michelle nicole matthew joshua amanda
`
  .trim()
  .split(/\s+/);
