import {
  type Instalacion,
  keepFile,
  listFiles,
  lookAtColumns,
  lookAtFile,
  type Running,
  recoverFile,
  rememberColumns,
  removeFile,
  type Setup,
} from '@puente-sic/app';
import { EngineFailure, testConnection, VENTANA_OFICIAL } from '@puente-sic/engine';

/**
 * Shows what is running and changes none of it: what the program behind the panel does is the program's to test. Files
 * are handed over for real where the folder of the source `planillas` is given.
 */
export function shownSetup(running: Running, clock: () => Date, ruta?: string): Setup {
  const files = { nombre: 'planillas', ruta: ruta ?? '' };
  const refuse = async (): Promise<never> => {
    throw new EngineFailure('Aquí no se puede cambiar nada.', 'Use una instalación verdadera.');
  };
  return {
    view: async () => viewOf(running),
    change: refuse,
    changeOtec: refuse,
    removeOtec: refuse,
    async testOtec(rut, _, signal) {
      const provider = running.providers.find(({ otec }) => otec.rut === rut);
      return provider
        ? testConnection(provider.otec, { clientFor: running.clientFor, clock, signal })
        : refuse();
    },
    addCanal: refuse,
    changeCanal: refuse,
    removeCanal: refuse,
    testCanal: refuse,
    testFuente: refuse,
    connectFuente: refuse,
    reviseFuente: refuse,
    otrosLms: refuse,
    changeFuente: refuse,
    removeFuente: refuse,
    fuentes: async () => (ruta === undefined ? [] : [{ ...files, tipo: 'archivo', ruta }]),
    planillas: async () =>
      ruta === undefined
        ? { fuentes: [], planillas: [] }
        : { fuentes: [files.nombre], planillas: await listFiles(files) },
    lookAtFile: (_, archivo, content) => lookAtFile(files, archivo, content, clock()),
    lookAtColumns: (_, archivo, content) => lookAtColumns(files, archivo, content),
    rememberColumns: (_, columnas) => rememberColumns(files, columnas),
    receiveFile: (_, archivo, content) => keepFile(files, archivo, content, clock()),
    removeFile: (_, archivo) => removeFile(files, archivo, clock()),
    recoverFile: (_, id) => recoverFile(files, id, clock()),
    suggestCursos: refuse,
    changeCursos: refuse,
    changeReglasDeCurso: refuse,
  };
}

function viewOf({ providers }: Running): Instalacion {
  return {
    archivo: 'puente.yaml',
    soloLectura: null,
    gestor: 'https://auladigital.sence.cl/gestor/API',
    gestorOficial: true,
    otecs: providers.map(({ otec: { rut, nombre = null }, ventana = VENTANA_OFICIAL }) => ({
      ...{ rut, nombre, tokenDe: 'escrito', ventana, ventanaOficial: true, graciaDias: 7 },
      ...{ tardio: 'perder', resumenA: '08:00', alertas: [] },
    })),
    fuentes: [{ nombre: 'planillas', tipo: 'archivo', ruta: './planillas', vacia: false }],
    cursos: null,
    cursosElegidos: true,
    reglas: { avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45, exigencia: null },
    falta: [],
  };
}
