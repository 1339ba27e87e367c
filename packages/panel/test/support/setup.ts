import { EngineFailure } from '@puente-sic/engine';
import type { Instalacion, Setup } from '../../src/index.ts';

/** Of a place where nothing is set up and nothing can be: what the program behind the panel does is the program's to test. */
export function noSetup(): Setup {
  const refuse = async (): Promise<never> => {
    throw new EngineFailure('Aquí no se puede cambiar nada.', 'Use una instalación verdadera.');
  };
  return {
    view: async () => NOTHING,
    change: refuse,
    changeOtec: refuse,
    removeOtec: refuse,
    testOtec: refuse,
    addCanal: refuse,
    removeCanal: refuse,
    testCanal: refuse,
    testFuente: refuse,
    changeFuente: refuse,
    removeFuente: refuse,
    receiveFile: refuse,
    suggestCursos: refuse,
    changeCursos: refuse,
    changeReglasDeCurso: refuse,
  };
}

const NOTHING: Instalacion = {
  archivo: 'puente.yaml',
  soloLectura: null,
  gestor: 'https://auladigital.sence.cl/gestor/API',
  gestorOficial: true,
  otecs: [],
  fuentes: [],
  cursos: null,
  reglas: { avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45, exigencia: null },
  falta: [],
};
