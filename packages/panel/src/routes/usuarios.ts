import {
  type ClaveApiRow,
  changeUsuario,
  createClaveApi,
  createUsuario,
  listClavesApi,
  listUsuarios,
  readBitacora,
  removeClaveApi,
  removeUsuario,
  type UsuarioRow,
} from '@puente-sic/app';
import { actorOf } from '../access/access.ts';
import type { Usuario } from '../api.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound, Refusal } from '../http/refusal.ts';

/** Accounts, keys and the audit trail: an administrator's. */
export function usuarios(mount: Mount, { ledger, clock }: Context): void {
  mount('usuarios', async () => ({ usuarios: (await listUsuarios(ledger)).map(usuarioOf) }));

  mount('crearUsuario', async ({ who, pide, request }) => {
    const row = await createUsuario(ledger, actorOf(request, who), pide, clock());
    if (row === null) {
      throw new Refusal(
        409,
        'ya-hay',
        `Ya existe un usuario «${pide.usuario}», o uno que se lee igual.`,
        'Elija un nombre que no se confunda con otro, por ejemplo con su apellido.',
      );
    }
    return usuarioOf(row);
  });

  mount('cambiarUsuario', async ({ who, params, pide, request }) => {
    const row = await userOf(params.id);
    if (!(await changeUsuario(ledger, actorOf(request, who), row, pide, clock()))) throw lastOne();
    return usuarioOf({ ...row, ...(pide.rol && { rol: pide.rol }) });
  });

  mount('borrarUsuario', async ({ who, params, request }) => {
    const row = await userOf(params.id);
    if (!(await removeUsuario(ledger, actorOf(request, who), row, clock()))) throw lastOne();
    return {};
  });

  mount('clavesApi', async () => ({ claves: (await listClavesApi(ledger)).map(claveOf) }));

  mount('crearClaveApi', async ({ who, pide, request }) => {
    const made = await createClaveApi(ledger, actorOf(request, who), pide, clock());
    if (made === null) {
      throw new Refusal(
        409,
        'ya-hay',
        `Ya existe una clave «${pide.nombre}», o una que se lee igual.`,
        'Elija otro nombre, por ejemplo con el mes en que la crea; la anterior se borra aparte.',
      );
    }
    return { ...claveOf(made), clave: made.clave };
  });

  mount('borrarClaveApi', async ({ who, params, request }) => {
    const id = /^\d{1,15}$/.test(params.id) ? Number(params.id) : Number.NaN;
    if (!(await removeClaveApi(ledger, actorOf(request, who), id, clock()))) {
      throw notFound('Esa clave ya no existe.');
    }
    return {};
  });

  mount('bitacora', async ({ filtro }) => {
    const rows = await readBitacora(ledger, PAGE + 1, filtro.antes);
    const hechos = rows.slice(0, PAGE).map(({ huella: _, ...hecho }) => hecho);
    return { hechos, siguiente: rows.length > PAGE ? (hechos.at(-1)?.id ?? null) : null };
  });

  async function userOf(id: string): Promise<UsuarioRow> {
    const row = (await listUsuarios(ledger)).find((one) => String(one.id) === id);
    if (row === undefined) throw notFound('Ese usuario ya no existe.');
    return row;
  }
}

function usuarioOf({ id, usuario, rol, creado, ultimoIngreso }: UsuarioRow): Usuario {
  return { id, usuario, rol, creado, ultimoIngreso };
}

function claveOf({ id, nombre, rol, creada, ultimoUso }: ClaveApiRow) {
  return { id, nombre, rol, creada, ultimoUso };
}

function lastOne(): Refusal {
  return new Refusal(
    409,
    'ultimo-administrador',
    'Es el único administrador que queda.',
    'Nombre antes a otro administrador.',
  );
}

const PAGE = 100;
