import {
  type ClaveApiRow,
  deleteClaveApi,
  deleteUsuario,
  insertClaveApi,
  insertUsuario,
  listClavesApi,
  listUsuarios,
  readBitacora,
  type UsuarioRow,
  updateUsuario,
} from '@puente-sic/app';
import { newApiKey } from '../access/access.ts';
import { hashPassword } from '../access/password.ts';
import type { Usuario } from '../api.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { notFound, Refusal } from '../http/refusal.ts';

/** Accounts, keys and the audit trail: an administrator's. */
export function usuarios(mount: Mount, { access, ledger, clock }: Context): void {
  mount('usuarios', async () => ({ usuarios: (await listUsuarios(ledger)).map(usuarioOf) }));

  mount('crearUsuario', async ({ who, pide, request }) => {
    const { usuario, rol } = pide;
    const row = await insertUsuario(ledger, { usuario, rol, clave: await hashPassword(pide.clave) }, clock());
    if (row === null) {
      throw new Refusal(409, 'ya-hay', `Ya existe un usuario «${usuario}».`, 'Elija otro nombre.');
    }
    await access.note(request, who, 'usuario-creado', `«${usuario}», ${rol}.`);
    return usuarioOf(row);
  });

  mount('cambiarUsuario', async ({ who, params, pide, request }) => {
    const { rol } = pide;
    const row = await userOf(params.id);
    const clave = pide.clave === undefined ? undefined : await hashPassword(pide.clave);
    const change = { ...(rol && { rol }), ...(clave !== undefined && { clave }) };
    if (Object.keys(change).length > 0 && !(await updateUsuario(ledger, row.id, change))) throw lastOne();
    const told = [rol && `rol ${rol}`, clave !== undefined && 'clave nueva'].filter(Boolean).join(', ');
    await access.note(request, who, 'usuario-cambiado', `«${row.usuario}»: ${told}.`);
    return usuarioOf({ ...row, ...change });
  });

  mount('borrarUsuario', async ({ who, params, request }) => {
    const row = await userOf(params.id);
    if (!(await deleteUsuario(ledger, row.id))) throw lastOne();
    await access.note(request, who, 'usuario-borrado', `«${row.usuario}».`);
    return {};
  });

  mount('clavesApi', async () => ({ claves: (await listClavesApi(ledger)).map(claveOf) }));

  mount('crearClaveApi', async ({ who, pide, request }) => {
    const { clave, huella } = newApiKey();
    const row = await insertClaveApi(ledger, { ...pide, huella }, clock());
    await access.note(request, who, 'clave-api-creada', `«${pide.nombre}», ${pide.rol}.`);
    return { ...claveOf(row), clave };
  });

  mount('borrarClaveApi', async ({ who, params, request }) => {
    const row = (await listClavesApi(ledger)).find(({ id }) => String(id) === params.id);
    if (row === undefined || !(await deleteClaveApi(ledger, row.id)))
      throw notFound('Esa clave ya no existe.');
    await access.note(request, who, 'clave-api-borrada', `«${row.nombre}».`);
    return {};
  });

  mount('bitacora', async ({ filtro }) => {
    const rows = await readBitacora(ledger, PAGE + 1, filtro.antes);
    const hechos = rows.slice(0, PAGE);
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
