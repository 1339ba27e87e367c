import type { Issue } from '../issue.ts';
import { isJsonObject } from '../json.ts';
import { checkAlumno, Seen } from './alumno.ts';
import { checkCredenciales, checkCurso, checkListaAlumnos } from './call.ts';
import type { Part } from './field.ts';
import { checkNames } from './near-miss.ts';
import { Report } from './report.ts';
import { show } from './show.ts';

/**
 * Everything that can be known offline of a body of enviarAvance, at once: `error` for what the service rejects,
 * `warning` for what it takes and is likely not meant. What only the service knows (courses, enrolments, percentages
 * accepted before) is not judged. rutOtec, idSistema and token may be left out.
 *
 * Every path leads to something that the body has; a missing field is told at the object that lacks it. Never throws,
 * whatever JSON it is given.
 */
export function validateEnvio(body: unknown): Issue[] {
  const report = new Report({ scope: 'call' });
  if (!isJsonObject(body)) {
    report.error(
      null,
      '',
      `Se esperaba un envío (un objeto JSON con los datos de un curso) y hay ${show(body)}; el servicio no lo puede leer y no guarda nada.`,
      'Revise que sea el archivo correcto y que contenga codigoOferta, codigoGrupo y listaAlumnos.',
    );
    return report.issues;
  }
  const part: Part = { value: body, path: '', name: 'el envío', report };
  checkCredenciales(part);
  checkCurso(part);
  checkNames(part, 'curso');
  const seen = new Seen();
  for (const [index, alumno] of checkListaAlumnos(part).entries()) {
    checkAlumno(alumno, index, report, seen);
  }
  return report.issues;
}
