import { type Canal, channelName, sendTestAlert, testConnection } from '@puente-sic/engine';
import { BASE_URL, readToken } from '@puente-sic/protocol';
import type { YAMLMap } from 'yaml';
import { readGestor } from '../config/connection.ts';
import { put } from '../config/edit.ts';
import { withTokens } from '../config/secrets.ts';
import type { FuenteSettings, Settings } from '../config/settings.ts';
import { Failure } from '../failure.ts';
import { stateFolder } from '../options.ts';
import { clientFactory } from '../session.ts';
import { type Place, placeOf } from '../sources.ts';
import { lookAtColumns, rememberColumns } from './columnas.ts';
import { type Pasted, pastedIn } from './consultas.ts';
import type { Setup } from './contract.ts';
import { changeCursos, changeReglasDeCurso } from './cursos.ts';
import { SettingsEditor, type SetupPlace } from './editor.ts';
import { makeFolder } from './files.ts';
import { requireAllowed } from './folders.ts';
import { changeFuente, noFuente, removeFuente } from './fuentes.ts';
import { changeGestor, isSameHost, requireSameHost, type Tokenless } from './gestor.ts';
import { suggest, tryConnection, tryFuente } from './look.ts';
import {
  addCanal,
  changeCanal,
  changeOtec,
  noCanal,
  noOtec,
  readOtecRut,
  removeCanal,
  removeOtec,
} from './otecs.ts';
import { keepFile, listFiles, lookAtFile, recoverFile, removeFile } from './planillas.ts';
import {
  otrosLms,
  type RevisionAsked,
  type RevisionDeFuente,
  requirePassing,
  reviseFuente,
} from './revision.ts';
import type { FuenteNueva } from './shapes/fuentes.ts';
import { fuentesIn } from './sheets-of-person.ts';
import { viewOf } from './view.ts';

/** The panel's set-up over puente.yaml and the secrets beside it. */
export function settingsSetup(place: SetupPlace): Setup {
  const { host, options } = place;
  const editor = new SettingsEditor(place);
  const read = async () => (await editor.read()).settings;
  const sourcePlace = (settings: Settings): Place =>
    placeOf(host, settings, stateFolder(options.datos, host.env));

  return {
    view: async () => viewOf(await editor.read(), place),

    async change({ gestor: text, tokens = {}, reglas }) {
      const gestor = text === undefined ? undefined : readGestor(text, options.permitirHttp);
      const typed = new Map(Object.entries(tokens).map(([rut, token]) => [readOtecRut(rut), token]));
      const tokenless = await withoutToken(await read());
      await editor.change((editing) => {
        const { doc } = editing;
        if (gestor !== undefined) changeGestor(editing, gestor, typed, tokenless);
        if (reglas === undefined) return;
        const own = doc.get('reglas') ?? doc.createNode({});
        doc.set('reglas', own);
        put(doc, own as YAMLMap, { ...reglas });
      });
    },

    changeOtec: (text, change) => {
      const rut = readOtecRut(text);
      return editor.change((editing) => {
        requireToken(editing.before, rut, change.token);
        changeOtec(editing, rut, change);
      });
    },
    removeOtec: (rut) => editor.change((editing) => removeOtec(editing, rut)),

    async testOtec(text, asked, signal) {
      const rut = readOtecRut(text);
      const settings = await read();
      const gestor =
        asked.gestor === undefined ? settings.gestor : readGestor(asked.gestor, options.permitirHttp);
      if (asked.token === undefined) requireSameHost(gestor, settings.gestor);
      const token = asked.token ?? (await knownToken(settings, rut));
      const otec = { rut, token: readToken(token)?.token ?? token };
      const clientFor = await clientFactory({ gestor, otecs: [otec] });
      return testConnection(otec, { clientFor, clock: host.clock, signal });
    },

    addCanal: (rut, canal) => editor.change((editing) => addCanal(editing, rut, canal)),
    changeCanal: (rut, change) => editor.change((editing) => changeCanal(editing, rut, change)),
    removeCanal: (rut, nombre) => editor.change((editing) => removeCanal(editing, rut, nombre)),
    async testCanal(rutOtec, nombre) {
      const otec = (await read()).otecs.find(({ rut }) => rut === rutOtec);
      if (otec === undefined) throw noOtec(rutOtec);
      const canal = otec.alertas?.find((one: Canal) => channelName(one) === nombre);
      if (canal === undefined) throw noCanal(nombre);
      await sendTestAlert(canal, { rutOtec, otec: otec.nombre ?? rutOtec }, host.clock());
    },

    async testFuente(fuente, signal) {
      const { settings, pasted } = await allowed(fuente.nombre, fuente);
      return tryFuente(fuenteOf(settings, fuente.nombre), sourcePlace(settings), signal, pasted.texto);
    },
    async connectFuente(nombre, fuente, signal) {
      const { settings } = await allowed(nombre, fuente);
      return tryConnection(fuenteOf(settings, fuente.nombre), signal);
    },
    async reviseFuente(nombre, { fuente, ...asked }, signal) {
      const { settings, pasted } = await allowed(nombre, fuente);
      return revised(settings, fuente.nombre, { ...asked, texto: pasted.texto, signal });
    },
    otrosLms,
    async changeFuente(nombre, fuente, signal = new AbortController().signal) {
      const { settings, pasted } = await allowed(nombre, fuente);
      if (isByEntities(fuente)) {
        const { texto } = pasted;
        requirePassing(await revised(settings, fuente.nombre, { texto, signal }));
      }
      await pasted.write();
      try {
        await editor.change((editing) => changeFuente(editing, nombre, pasted.fuente));
      } catch (error) {
        await pasted.undo();
        throw error;
      }
      const after = await read();
      await pasted.tidy(after);
      await makeFolder(fuenteOf(after, fuente.nombre));
    },
    removeFuente: (nombre) => editor.change((editing) => removeFuente(editing, nombre)),
    fuentes: () => fuentesIn({ ...options, env: host.env }),
    async planillas() {
      const { fuentes } = await read();
      const own = fuentes.flatMap((fuente) => (fuente.tipo === 'archivo' ? [fuente] : []));
      return {
        fuentes: own.map(({ nombre }) => nombre),
        planillas: (await Promise.all(own.map(listFiles))).flat(),
      };
    },
    async lookAtFile(nombre, archivo, content) {
      return lookAtFile(await filesOf(nombre), archivo, content, host.clock());
    },
    async lookAtColumns(nombre, archivo, content) {
      return lookAtColumns(await filesOf(nombre), archivo, content);
    },
    async rememberColumns(nombre, columnas) {
      return rememberColumns(await filesOf(nombre), columnas);
    },
    async receiveFile(nombre, archivo, content) {
      return keepFile(await filesOf(nombre), archivo, content, host.clock());
    },
    async removeFile(nombre, archivo) {
      return removeFile(await filesOf(nombre), archivo, host.clock());
    },
    async recoverFile(nombre, id) {
      return recoverFile(await filesOf(nombre), id, host.clock());
    },
    async suggestCursos(nombre, signal) {
      const settings = await read();
      return suggest(fuenteOf(settings, nombre), sourcePlace(settings), host.clock(), signal);
    },
    changeCursos: (fuente, rutOtec, cursos) =>
      editor.change((editing) => changeCursos(editing, fuente, rutOtec, cursos)),
    changeReglasDeCurso: (curso, change) =>
      editor.change((editing) => changeReglasDeCurso(editing, curso, change)),
  };

  async function filesOf(nombre: string) {
    const settings = await read();
    const fuente = fuenteOf(settings, nombre);
    if (fuente.tipo !== 'archivo') throw new Failure(`«${nombre}» no lee planillas.`, 'Elija otra fuente.');
    const { exigencia } = settings.reglas;
    return { ...fuente, ...(exigencia !== undefined && { exigencia }) };
  }

  /** The settings with a source as it would be, once it reads nothing that it must not. */
  async function allowed(
    nombre: string,
    fuente: FuenteNueva,
  ): Promise<{ settings: Settings; pasted: Pasted }> {
    const before = await read();
    const pasted = pastedIn(fuente, before, nombre, options.config);
    const settings = await editor.imagine((editing) => changeFuente(editing, nombre, pasted.fuente));
    requireAllowed(fuenteOf(settings, fuente.nombre), before, { ...options, env: host.env });
    return { settings, pasted };
  }

  function revised(
    settings: Settings,
    nombre: string,
    asked: Pick<RevisionAsked, 'texto' | 'signal' | 'curso' | 'rut'>,
  ): Promise<RevisionDeFuente> {
    const fuente = fuenteOf(settings, nombre);
    if (!isByEntities(fuente))
      throw new Failure(`«${nombre}» no se lee por entidades.`, 'Pruébela con «Probar la fuente».');
    const { ledger } = place;
    return reviseFuente(fuente, {
      ...asked,
      ...{ settings, ledger, at: host.clock(), place: sourcePlace(settings) },
    });
  }

  async function withoutToken(settings: Settings): Promise<Tokenless> {
    const { otecs } = await withTokens(settings, { ...options, env: host.env }, new Map(), () => {});
    const shared = otecs.length === 1 ? host.env.SENCE_TOKEN : undefined;
    return new Set(otecs.flatMap(({ rut, token = shared }) => (token ? [] : rut)));
  }

  /** The token of the environment was given for whoever wrote puente.yaml's address, or for SENCE. */
  function requireToken({ otecs, gestor }: Settings, rut: string, token: string | undefined): void {
    const isNew = !otecs.some((otec) => otec.rut === rut);
    const isShared = token === undefined && Boolean(host.env.SENCE_TOKEN);
    if (isNew && isShared && !isSameHost(gestor, BASE_URL)) {
      throw new Failure(
        'Falta el token de la OTEC.',
        'Escríbalo: a un Gestor que no es el oficial no se manda por sí solo el de la variable SENCE_TOKEN.',
      );
    }
  }

  async function knownToken(settings: Settings, rut: string): Promise<string> {
    const { otecs } = await withTokens(settings, { ...options, env: host.env });
    requireToken(settings, rut, undefined);
    const token = otecs.find((otec) => otec.rut === rut)?.token ?? host.env.SENCE_TOKEN;
    if (token) return token;
    throw new Failure(
      'Falta el token de la OTEC.',
      'Cópielo de https://sistemas.sence.cl/rts y pruebe otra vez.',
    );
  }
}

function isByEntities<F extends { tipo: string }>(
  fuente: F,
): fuente is Extract<F, { tipo: 'sql' | 'entidades' }> {
  return fuente.tipo === 'sql' || fuente.tipo === 'entidades';
}

function fuenteOf({ fuentes }: Settings, nombre: string): FuenteSettings {
  const fuente = fuentes.find((one) => one.nombre === nombre);
  if (fuente === undefined) throw noFuente(nombre);
  return fuente;
}
