import type { CursoClave, CursoPorCerrar } from '../../../src/api.ts';
import { cuantos, dia } from '../format.ts';

type Paso = CursoPorCerrar['pasos'][number];

export function claveDe({ rutOtec, codigoOferta, codigoGrupo }: CursoClave): string {
  return `${rutOtec} ${codigoOferta} ${codigoGrupo}`;
}

/** The list in one sentence. */
export function tituloDe(cursos: readonly CursoPorCerrar[], dias: number | null): string {
  const pronto = cursos.filter(({ porque }) => porque === 'pronto').length;
  const abiertos = cursos.filter(({ porque }) => porque === 'sin-cerrar').length;
  const ano = cursos.filter(({ porque }) => porque === 'ano-nuevo').length;
  const partes = [
    pronto === 0
      ? ''
      : `${cuantos(pronto, 'curso')} ${pronto === 1 ? 'termina' : 'terminan'} ${dias === null ? 'pronto' : `en los próximos ${cuantos(dias, 'día')}`}`,
    abiertos === 0
      ? ''
      : `${abiertos} ${abiertos === 1 ? 'terminado sigue' : 'terminados siguen'} sin cerrar`,
    ano === 0 ? '' : `${ano} ${ano === 1 ? 'cruza' : 'cruzan'} el Año Nuevo`,
  ].filter((parte) => parte !== '');
  return partes.length === 0 ? 'Nada por cerrar por ahora' : partes.join(' y ');
}

export function cuandoTermina(dias: number): string {
  if (dias === 0) return 'hoy';
  return dias > 0 ? `en ${cuantos(dias, 'día')}` : `hace ${cuantos(-dias, 'día')}`;
}

/** What comes next for a course, in a few words. */
export function loProximo({ programa, pasos, dias }: CursoPorCerrar): string {
  if (programa === null) return 'Elegir su programa';
  if (programa !== 'franquicia') return 'Siga las bases de su programa';
  const paso = pasos.find((one) => one.paso !== 'sence' && one.estado === 'ahora');
  if (paso === undefined) return 'Todo hecho';
  if (paso.hasta !== null) return `${PASOS[paso.paso].corto}: hasta el ${dia(paso.hasta)}`;
  if (dias >= 0 && paso.desde !== null) return `${PASOS[paso.paso].corto} desde el ${dia(paso.desde)}`;
  return `${PASOS[paso.paso].corto}: por emitir`;
}

/** By SENCE's public guide of the franquicia tributaria, version 1.3. */
export const PASOS: Record<Paso['paso'], { corto: string; titulo: string; texto: (paso: Paso) => string }> = {
  sence: {
    corto: 'Avance al día',
    titulo: 'SENCE tiene a todos los alumnos',
    texto: ({ estado }) =>
      estado === 'hecho'
        ? 'Nadie está pendiente.'
        : 'Hay alumnos con algo pendiente: lo que SENCE tiene cuenta para el cierre y el pago.',
  },
  'dj-otec': {
    corto: 'Declaración',
    titulo: 'Declaración jurada de la OTEC',
    texto: ({ desde }) =>
      `Se emite en el sistema de SENCE desde el día siguiente al término${desde === null ? '' : ` (${dia(desde)})`}, cuando la acción está en «Autorizado», con perfil «Capacitador, Administrador Nacional» o «Regional». Incluye a quienes hicieron el curso, aprobados o no.`,
  },
  'dj-parcial': {
    corto: 'Declaración parcial',
    titulo: 'Declaración jurada parcial de la OTEC',
    texto: () =>
      'El curso cruza el Año Nuevo: lleva primero una declaración parcial. Su fecha, consúltela en el sistema de SENCE.',
  },
  'dj-complementaria': {
    corto: 'Declaración complementaria',
    titulo: 'Declaración jurada complementaria de la OTEC',
    texto: ({ desde }) =>
      `Después de la parcial, desde el día siguiente al término${desde === null ? '' : ` (${dia(desde)})`}.`,
  },
  'dj-participantes': {
    corto: 'Declaración de participantes',
    titulo: 'Declaración jurada de cada participante',
    texto: () =>
      'Solo después de la declaración de la OTEC. La emite cada participante con su RUT y Clave SENCE, y necesita al menos una sesión iniciada. Puente no ve esas sesiones: con la descarga de GCA dice quién tiene una.',
  },
  documentos: {
    corto: 'Documentos al OTIC',
    titulo: 'Documentos al OTIC o a la empresa',
    texto: ({ hasta }) =>
      `El OTIC los recibe hasta 40 días corridos después del término: ${hasta === null ? '' : dia(hasta)}.`,
  },
  liquidacion: {
    corto: 'Liquidación',
    titulo: 'Liquidación ante SENCE',
    texto: ({ hasta }) =>
      `La hace la empresa o el OTIC, hasta 60 días corridos después del término: ${hasta === null ? '' : dia(hasta)}. Fuera de plazo, solo casos excepcionales que evalúa la Dirección Regional.`,
  },
};
