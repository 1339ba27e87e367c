import type { CursoInstalado, CursoSugerido, Instalacion } from '../../../src/api.ts';

/** What a person has decided of one course, while it is not kept yet. Codes as typed; '' is none. */
export interface Borrador {
  elegido: boolean;
  codigoOferta: string;
  /** In the order of the suggestion's groups. */
  grupos: string[];
  /** In the order of the suggestion's modules. */
  modulos: string[];
  /** First and last day, `YYYY-MM-DD`, where the source has none; '' is none. */
  inicio: string;
  fin: string;
  /** What was kept of it before: its rules, and codes of sections that are not there now, stay. */
  antes: CursoInstalado[];
}

/** What is kept of one source and provider, by course. */
export function entradasGuardadas(
  { cursos, otecs }: Instalacion,
  fuente: string,
  rutOtec: string,
): Map<string, CursoInstalado[]> {
  const found = new Map<string, CursoInstalado[]>();
  if (cursos === null) return found;
  for (const { fuente: suya, rutOtec: deQuien, ...entrada } of cursos) {
    if (suya !== fuente || (deQuien !== rutOtec && otecs.length > 1)) continue;
    found.set(entrada.curso, [...(found.get(entrada.curso) ?? []), entrada]);
  }
  return found;
}

/** `proponer`: nothing is kept yet, so that the likely ones are chosen beforehand. */
export function borradorDe(curso: CursoSugerido, antes: CursoInstalado[], proponer: boolean): Borrador {
  const [una] = antes;
  const escritos = modulosEscritos(antes);
  return {
    elegido: una !== undefined || (proponer && curso.probable),
    codigoOferta: una?.codigoOferta ?? curso.codigoOferta.codigo ?? '',
    grupos: curso.grupos.map((grupo) => {
      const suya = entradaDe(grupo, antes);
      if (suya === undefined) return una === undefined ? (grupo.codigo ?? '') : '';
      return suya.codigoGrupo ?? grupo.codigo ?? '';
    }),
    modulos: curso.modulos.map(
      ({ codigo, seccion: { id, nombre } }) => escritos[id] ?? escritos[nombre] ?? codigo ?? '',
    ),
    inicio: una?.inicio ?? '',
    fin: una?.fin ?? '',
    antes,
  };
}

/** One entry for each group that has a code. Entries of groups that are not there now stay as they were. */
export function entradasDe(curso: CursoSugerido, borrador: Borrador): CursoInstalado[] {
  if (!borrador.elegido) return [];
  const modulos = modulosDe(curso, borrador);
  const vistas = new Set(curso.grupos.map((grupo) => entradaDe(grupo, borrador.antes)));
  const entradas = curso.grupos.flatMap((grupo, index) => {
    const codigoGrupo = limpio(borrador.grupos[index]);
    if (codigoGrupo === '') return [];
    const suya: Partial<CursoInstalado> = entradaDe(grupo, borrador.antes) ?? {};
    const { descenso, modo } = suya;
    const inicio = diaDe('inicio', borrador, suya.inicio);
    const fin = diaDe('fin', borrador, suya.fin);
    return [
      {
        curso: curso.curso,
        codigoOferta: limpio(borrador.codigoOferta),
        codigoGrupo,
        ...(grupo.grupo !== null && grupo.grupo !== codigoGrupo && { grupo: grupo.grupo }),
        ...(Object.keys(modulos).length > 0 && { modulos }),
        ...(inicio !== '' && { inicio }),
        ...(fin !== '' && { fin }),
        ...(descenso !== undefined && { descenso }),
        ...(modo !== undefined && { modo }),
      },
    ];
  });
  return [...entradas, ...borrador.antes.filter((entrada) => !vistas.has(entrada))];
}

/** What was typed; where nothing was, each group keeps its own. */
function diaDe(campo: 'inicio' | 'fin', borrador: Borrador, suyo = ''): string {
  const antes = borrador.antes[0]?.[campo] ?? '';
  return borrador[campo] === antes && suyo !== '' ? suyo : borrador[campo];
}

export interface Faltas {
  oferta: boolean;
  grupo: boolean;
  modulo: boolean;
  inicio: boolean;
  fin: boolean;
}

/** What a course cannot be reported without. Sections without a code are allowed: not each is a module. */
export function faltasDe(
  curso: CursoSugerido,
  { codigoOferta, grupos, modulos, inicio, fin }: Borrador,
): Faltas {
  return {
    oferta: limpio(codigoOferta) === '',
    grupo: grupos.every((codigo) => limpio(codigo) === ''),
    modulo: curso.modulos.length > 0 && modulos.every((codigo) => limpio(codigo) === ''),
    inicio: curso.sinInicio && inicio === '',
    fin: curso.sinFin && fin === '',
  };
}

export function faltaAlgo(curso: CursoSugerido, borrador: Borrador): boolean {
  return Object.values(faltasDe(curso, borrador)).some(Boolean);
}

function modulosDe(curso: CursoSugerido, borrador: Borrador): Record<string, string> {
  const modulos = modulosEscritos(borrador.antes);
  curso.modulos.forEach(({ codigo, seccion: { id, nombre } }, index) => {
    delete modulos[nombre];
    delete modulos[id];
    const typed = limpio(borrador.modulos[index]);
    if (typed !== '' && typed !== codigo) modulos[id] = typed;
  });
  return modulos;
}

function modulosEscritos(antes: CursoInstalado[]): Record<string, string> {
  return Object.assign({}, ...antes.map(({ modulos }) => modulos));
}

function entradaDe(
  { grupo, codigo }: CursoSugerido['grupos'][number],
  entradas: CursoInstalado[],
): CursoInstalado | undefined {
  return entradas.find((entrada) => {
    if (entrada.grupo !== undefined) return entrada.grupo === grupo;
    if (grupo === null || entrada.codigoGrupo === undefined) return true;
    return entrada.codigoGrupo === codigo || entrada.codigoGrupo === grupo;
  });
}

function limpio(codigo: string | undefined): string {
  return codigo === undefined ? '' : codigo.trim();
}
