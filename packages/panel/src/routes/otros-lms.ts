import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { explicacionOf } from './explicacion.ts';

/** An LMS that is no Moodle, looked at before its source is kept. */
export function otrosLms(mount: Mount, { setup }: Context): void {
  mount('otrosLms', async () => setup.otrosLms());

  mount('conectarFuente', async ({ params, pide, signal }) =>
    setup.connectFuente(params.fuente, pide.fuente, signal),
  );

  mount('revisarFuente', async ({ params, pide, signal }) => {
    const { ensayo, ...revision } = await setup.reviseFuente(params.fuente, pide, signal);
    const persona = ensayo?.persona ?? null;
    return {
      ...revision,
      ensayo: ensayo && {
        ...ensayo,
        persona: persona && {
          ...persona,
          cuerpo: { ...persona.cuerpo },
          explicacion: persona.explicacion && explicacionOf(persona.explicacion),
        },
      },
    };
  });
}
