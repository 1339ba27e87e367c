import { changeOwnClave, createFirstUsuario, listUsuarios } from '@puente-sic/app';
import { actorOf, NOBODY } from '../access/access.ts';
import type { Who } from '../access/who.ts';
import type { Sesion } from '../api.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { isLocal } from '../http/origin.ts';
import { Refusal } from '../http/refusal.ts';

export function sesion(mount: Mount, { access, ledger, clock }: Context): void {
  mount('sesion', async ({ who }) => {
    if (who.kind === 'nadie' && (await listUsuarios(ledger)).length === 0)
      return { estado: 'primer-uso' as const, usuario: null };
    return sesionOf(who);
  });

  mount('primerUso', async ({ pide, request, reply }) => {
    if (!isLocal(request)) {
      throw new Refusal(
        403,
        'solo-aqui',
        'El primer administrador se crea solo desde el mismo computador en que está puente.',
        'Abra el panel en ese computador, por ejemplo en http://127.0.0.1:4350.',
      );
    }
    const row = await createFirstUsuario(ledger, request.ip, pide, clock());
    if (row === null) {
      throw new Refusal(
        409,
        'ya-hay',
        'Ya existe un administrador.',
        'Ingrese con su usuario, o pida uno a quien administra puente.',
      );
    }
    await access.open(request, reply, row);
    return sesionOf(asUser(row));
  });

  mount('ingresar', async ({ pide, request, reply }) => {
    const row = await access.login(request, pide.usuario, pide.clave);
    await access.logIn(request, reply, row);
    return sesionOf(asUser(row));
  });

  mount('salir', async ({ who, request, reply }) => {
    await access.close(who, request, reply);
    return sesionOf(NOBODY);
  });

  mount('cambiarClave', async ({ who, pide, request, reply }) => {
    if (who.kind !== 'usuario') throw new Error('The route is for users alone');
    // Guessing the password behind an open session waits like guessing it at the door.
    const row = await access.login(request, who.usuario, pide.actual);
    await changeOwnClave(ledger, actorOf(request, who), row.id, pide.nueva, clock());
    await access.open(request, reply, row);
    return {};
  });
}

function asUser({ id, usuario, rol }: { id: number; usuario: string; rol: NonNullable<Who['rol']> }): Who {
  return { kind: 'usuario', id, usuario, rol };
}

function sesionOf(who: Who): Sesion {
  if (who.rol === null) return { estado: 'cerrada', usuario: null };
  const usuario = who.kind === 'usuario' ? who.usuario : who.nombre;
  return { estado: 'abierta', usuario: { usuario, rol: who.rol } };
}
