import { changeOwnClave, claimUsuario, findUsuario, listUsuarios, type Running } from '@puente-sic/app';
import { actorOf, addressOf, NOBODY } from '../access/access.ts';
import type { Who } from '../access/who.ts';
import type { Sesion } from '../api.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { Refusal } from '../http/refusal.ts';

export function sesion(mount: Mount, { access, enlaces, ledger, clock }: Context): void {
  mount('sesion', async ({ who, running }) => {
    if (who.kind === 'nadie' && (await listUsuarios(ledger)).length === 0)
      return { estado: 'primer-uso' as const, usuario: null, ensayo: running.ensayo };
    return sesionOf(who, running);
  });

  mount('abrirEnlace', async ({ pide: { codigo, cuenta }, running, request, reply }) => {
    const enlace = await enlaces.look(codigo);
    if (enlace === null) throw opensNothing();
    const whose = enlace.usuario === null ? null : await findUsuario(ledger, enlace.usuario);
    if (whose !== null) {
      if (!(await enlaces.take(codigo))) throw opensNothing();
      await access.logIn(request, reply, whose);
      return sesionOf(asUser(whose), running);
    }
    if (cuenta === undefined) return { estado: 'primer-uso' as const, usuario: null, ensayo: running.ensayo };
    const row = await claimUsuario(ledger, addressOf(request), cuenta, () => enlaces.take(codigo), clock());
    if (row === null) throw opensNothing();
    await access.open(request, reply, row);
    return sesionOf(asUser(row), running);
  });

  mount('ingresar', async ({ pide, running, request, reply }) => {
    const row = await access.login(request, pide);
    await access.logIn(request, reply, row);
    return sesionOf(asUser(row), running);
  });

  mount('salir', async ({ who, running, request, reply }) => {
    await access.close(who, request, reply);
    return sesionOf(NOBODY, running);
  });

  mount('cambiarClave', async ({ who, pide, request, reply }) => {
    if (who.kind !== 'usuario') throw new Error('The route is for users alone');
    const row = await access.confirm(request, who, pide.actual);
    await changeOwnClave(ledger, actorOf(request, who), row, pide.nueva, clock());
    await access.open(request, reply, row);
    return {};
  });
}

function asUser({ id, usuario, rol }: { id: number; usuario: string; rol: NonNullable<Who['rol']> }): Who {
  return { kind: 'usuario', id, usuario, rol };
}

function sesionOf(who: Who, { ensayo }: Pick<Running, 'ensayo'>): Sesion {
  if (who.rol === null) return { estado: 'cerrada', usuario: null, ensayo };
  const usuario = who.kind === 'usuario' ? who.usuario : who.nombre;
  return { estado: 'abierta', usuario: { usuario, rol: who.rol }, ensayo };
}

function opensNothing(): Refusal {
  return new Refusal(
    403,
    'enlace',
    'Ese enlace ya se usó, venció o no es de este panel.',
    'Pida otro en el computador donde está Puente, con «puente enlace». Cada uno sirve una vez, por diez minutos.',
  );
}
