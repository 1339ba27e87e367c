import { nameOf, type Problem, said, unknownKey } from './problem.ts';
import { keysAt, oneOf, type Settings } from './settings.ts';

/** What is wrong with answers about single columns. The columns are looked up only where there are such answers. */
export async function columnProblems({ fuentes }: Settings): Promise<Problem[]> {
  const named = fuentes.flatMap((fuente, index) => {
    const path = ['fuentes', index, 'columnas'];
    const all = fuente.tipo === 'archivo' ? Object.entries(fuente.columnas ?? {}) : [];
    return all.filter(([key]) => !keysAt(path).includes(key)).map(([key, value]) => ({ path, key, value }));
  });
  if (named.length === 0) return [];
  const { answersOf, isColumnAnswer } = await import('@puente-sic/sources');
  return named.flatMap(({ path, key, value }): Problem[] => {
    if (value !== undefined && isColumnAnswer(key, value)) return [];
    const values = answersOf(key);
    const at = [...path, key];
    if (values === null)
      return [{ path: at, atKey: true, message: `${unknownKey(path, key)}${OR_A_COLUMN}` }];
    if (value !== undefined && values.includes(value)) return [];
    return [
      {
        path: at,
        message: `${nameOf(at)} debe ser ${oneOf(values)}${OR_A_FIELD}${said(String(value), values)}`,
      },
    ];
  });
}

const OR_A_FIELD = '; o el nombre de la plantilla que es esa columna, o «no» si no se usa';
const OR_A_COLUMN =
  '; también vale el nombre de una columna de notas, avance o tiempo, como «notaModulo» o «moduloTiempoConectividad»; y el de cualquier otra, para decir cuál de la plantilla es («RUT participante oficial»: rutAlumno), qué código tiene un módulo (M1: modulo PRES028008000558) o que no se usa (no)';
