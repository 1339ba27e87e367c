import type { RegistryFile } from '../registry/json.ts';
import type { Llamada } from './call.ts';
import type { Dictamen, Escenario } from './scenario.ts';
import { tokenBueno, tokenMalo, tokenMayusculas } from './scenarios/conexion.ts';
import { milAlumnos, primerEnvio, version1, version2 } from './scenarios/envio.ts';
import { noches } from './scenarios/noche.ts';
import { baja, cursoRechazado, desconocido, htmlDelante, igual, parcial } from './scenarios/rechazos.ts';
import { corteAntes, corteDespues, http503, respuestaLenta } from './scenarios/red.ts';
import { fechas, nombres50 } from './scenarios/textos.ts';

/** The invented provider of the sheet. Its token is shown in lower case on purpose. */
export const OTEC_KIT = {
  rut: '76543210-3',
  token: 'C0FFEE00-1111-4222-8333-444455556666',
  tokenMalo: 'BADBAD00-1111-4222-8333-444455556666',
};

/** Every scenario, in the order in which a vendor would go through them. */
export function scenarios(segundosLenta: number): Escenario[] {
  return [
    tokenMalo,
    tokenBueno,
    tokenMayusculas,
    primerEnvio,
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
    nombres50,
  ];
}

export interface Resultado extends Dictamen {
  escenario: Escenario;
  /** The calls that it went by. */
  llamadas: readonly Llamada[];
}

/** What stands of each scenario, judged anew from all traffic. */
export function judgeAll(escenarios: readonly Escenario[], todas: readonly Llamada[]): Resultado[] {
  const consultas = todas.filter(({ endpoint }) => endpoint === 'historialEnvios');
  return escenarios.map((escenario) => {
    const envios = enviosOf(escenario, todas);
    return {
      escenario,
      ...escenario.juzgar({ envios, consultas, todas }),
      llamadas: escenario.curso ? envios : todas,
    };
  });
}

/** The POSTs of a scenario's course with the right token, whatever its case: its own scenario judges that. */
export function enviosOf({ curso }: Escenario, todas: readonly Llamada[]): Llamada[] {
  const codigo = curso?.estados[0]?.codigoOferta;
  return todas.filter(
    ({ endpoint, token, cuerpo }) =>
      endpoint === 'enviarAvance' && token === 'correcto' && cuerpo?.codigoOferta === codigo,
  );
}

/** The registry by what was seen: a late student is enrolled once a POST of the course has refused him. */
export function registryFor(escenarios: readonly Escenario[], todas: readonly Llamada[]): RegistryFile {
  return {
    otecs: [{ rut: OTEC_KIT.rut, nombre: 'OTEC del kit (inventada)', token: OTEC_KIT.token, vigente: true }],
    cursos: escenarios.flatMap((escenario) => {
      const { curso } = escenario;
      const state = curso?.estados[0];
      if (!curso || !state || curso.ausente) return [];
      const enrolled =
        enviosOf(escenario, todas).length > 0
          ? [...curso.inscritos, ...(curso.tarde ?? [])]
          : curso.inscritos;
      return [
        {
          codigoOferta: state.codigoOferta,
          codigoGrupo: state.codigoGrupo,
          rutOtec: OTEC_KIT.rut,
          nombre: curso.nombre,
          fechaInicio: curso.fechaInicio,
          fechaFin: curso.fechaFin,
          modulos: curso.modulos.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
          alumnos: enrolled.map((rut) => ({ rut, nombre: 'Alumno inventado' })),
        },
      ];
    }),
  };
}
