import type { RegistryFile } from '../registry/json.ts';
import { alumnosOf, type Llamada } from './call.ts';
import { OTEC_KIT } from './otec.ts';
import type { Escenario } from './scenario.ts';
import { tokenBueno, tokenMalo, tokenMayusculas } from './scenarios/conexion.ts';
import { milAlumnos, primerEnvio, version1, version2 } from './scenarios/envio.ts';
import { direccionLimpia, soloLoPedido, tipoContenido } from './scenarios/forma.ts';
import { noches } from './scenarios/noche.ts';
import { baja, cursoRechazado, desconocido, htmlDelante, igual, parcial } from './scenarios/rechazos.ts';
import { corteAntes, corteDespues, http503, respuestaLenta } from './scenarios/red.ts';
import { fechas, nombres50 } from './scenarios/textos.ts';
import { valores } from './scenarios/valores.ts';
import { type Hoja, sheetOf } from './sheet.ts';

/** Every scenario, in the order in which a vendor would go through them. */
export function scenarios(segundosLenta: number): Escenario[] {
  let read: Hoja | undefined;
  const hoja = () => {
    read ??= sheetOf(all);
    return read;
  };
  const all: Escenario[] = [
    tokenMalo,
    tokenBueno,
    tokenMayusculas,
    primerEnvio,
    tipoContenido,
    direccionLimpia,
    soloLoPedido,
    valores(hoja),
    parcial,
    baja,
    igual,
    desconocido,
    cursoRechazado,
    version1,
    version2,
    milAlumnos,
    htmlDelante,
    http503,
    corteAntes,
    corteDespues,
    respuestaLenta(segundosLenta),
    ...noches,
    fechas,
    nombres50(hoja),
  ];
  return all;
}

/** The POSTs of a scenario's course with the right token, whatever its case: its own scenario judges that. */
export function enviosOf({ curso }: Escenario, todas: readonly Llamada[]): Llamada[] {
  const codigo = codeOf(curso);
  return todas.filter(
    ({ endpoint, token, cuerpo }) =>
      endpoint === 'enviarAvance' &&
      token === 'correcto' &&
      codigo !== undefined &&
      cuerpo?.codigoOferta === codigo,
  );
}

/** Of the calls of a scenario's course, whether one carries who is enrolled late. */
export function refusedLate(escenario: Escenario, todas: readonly Llamada[]): boolean {
  const tarde = escenario.curso?.tarde ?? [];
  return enviosOf(escenario, todas).some((envio) => alumnosOf(envio).some((rut) => tarde.includes(rut)));
}

/** Every student of the sheet. */
export function sheetRuts(escenarios: readonly Escenario[]): ReadonlySet<string> {
  return new Set([...sheetOf(escenarios).values()].flatMap(({ alumnos }) => [...alumnos.keys()]));
}

/** The registry with these scenarios' courses; `enrolled` says of which the late students are in by now. */
export function registryFor(
  escenarios: readonly Escenario[],
  enrolled: (escenario: Escenario) => boolean,
): RegistryFile {
  const named = (rut: string) => ({ rut, nombre: 'Alumno inventado' });
  return {
    otecs: [{ rut: OTEC_KIT.rut, nombre: 'OTEC del kit (inventada)', token: OTEC_KIT.token, vigente: true }],
    alumnos: escenarios.flatMap(({ curso }) => (curso?.tarde ?? []).map(named)),
    cursos: escenarios.flatMap((escenario) => {
      const { curso } = escenario;
      const state = curso?.estados[0];
      if (!curso || !state || curso.ausente) return [];
      const inscritos = enrolled(escenario) ? [...curso.inscritos, ...(curso.tarde ?? [])] : curso.inscritos;
      return [
        {
          codigoOferta: state.codigoOferta,
          codigoGrupo: state.codigoGrupo,
          rutOtec: OTEC_KIT.rut,
          nombre: curso.nombre,
          fechaInicio: curso.fechaInicio,
          fechaFin: curso.fechaFin,
          modulos: curso.modulos.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
          alumnos: inscritos.map(named),
        },
      ];
    }),
  };
}

export function codeOf(curso: Escenario['curso']): string | undefined {
  return curso?.estados[0]?.codigoOferta;
}
