import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Rol, Usuario } from '../../../src/api.ts';
import { mandar } from '../api.ts';
import { usuariosQuery } from '../consultas.ts';
import { cuando } from '../format.ts';
import { Campo } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Consulta, Falla } from '../parts/estado.tsx';
import { RolSelect } from '../parts/rol.tsx';
import { useSesion } from '../sesion.ts';

/** Who comes in and what each may do. */
export function Usuarios() {
  const usuarios = useQuery(usuariosQuery);
  const [creando, setCreando] = useState(false);
  return (
    <section>
      <h3>Personas</h3>
      <Consulta de={usuarios}>
        {(data) => (
          <div className="tabla">
            <table className="apilada">
              <thead>
                <tr>
                  <th scope="col">Usuario</th>
                  <th scope="col">Qué puede hacer</th>
                  <th scope="col">Último ingreso</th>
                  <th scope="col">
                    <span className="solo-lector">Acciones</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.usuarios.map((usuario) => (
                  <Fila key={usuario.id} usuario={usuario} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Consulta>
      <p className="separada">
        <button type="button" onClick={() => setCreando(true)}>
          Agregar una persona
        </button>
      </p>
      {creando && <Nuevo onClose={() => setCreando(false)} />}
    </section>
  );
}

function Fila({ usuario }: { usuario: Usuario }) {
  const { usuario: yo } = useSesion();
  const queryClient = useQueryClient();
  const [dialogo, setDialogo] = useState<'clave' | 'borrar' | null>(null);
  const ruta = `/api/usuarios/${usuario.id}`;
  const onSuccess = () => {
    setDialogo(null);
    return queryClient.invalidateQueries({ queryKey: ['usuarios'] });
  };
  const cambiar = useMutation({
    mutationFn: (body: { rol?: Rol; clave?: string }) => mandar('PUT', ruta, body),
    onSuccess,
  });
  const borrar = useMutation({ mutationFn: () => mandar('DELETE', ruta), onSuccess });
  return (
    <tr>
      <th scope="row">
        {usuario.usuario} {usuario.usuario === yo && <span className="suave">(usted)</span>}
      </th>
      <td>
        <RolSelect
          aria-label={`Qué puede hacer ${usuario.usuario}`}
          value={usuario.rol}
          disabled={usuario.usuario === yo || cambiar.isPending}
          onRol={(rol) => cambiar.mutate({ rol })}
        />
        {cambiar.isError && dialogo === null && <Falla error={cambiar.error} />}
      </td>
      <td data-titulo="Último ingreso">
        {usuario.ultimoIngreso === null ? 'Nunca' : cuando(usuario.ultimoIngreso)}
      </td>
      <td>
        <div className="fila">
          <button type="button" onClick={() => setDialogo('clave')}>
            Nueva contraseña
          </button>
          {usuario.usuario !== yo && (
            <button type="button" className="peligro" onClick={() => setDialogo('borrar')}>
              Quitar
            </button>
          )}
        </div>
        {dialogo === 'clave' && (
          <Dialogo titulo={`Nueva contraseña para ${usuario.usuario}`} onClose={() => setDialogo(null)}>
            <form
              className="columna"
              onSubmit={(event) => {
                event.preventDefault();
                cambiar.mutate({ clave: String(new FormData(event.currentTarget).get('clave')) });
              }}
            >
              <p>Con la contraseña nueva se cierran las sesiones que esta persona tenga abiertas.</p>
              {cambiar.isError && <Falla error={cambiar.error} />}
              <Campo
                etiqueta="Contraseña nueva"
                name="clave"
                type="password"
                autoComplete="new-password"
                minLength={12}
                required
                ayuda="Al menos 12 caracteres."
              />
              <button type="submit" className="principal" disabled={cambiar.isPending}>
                Cambiar la contraseña
              </button>
            </form>
          </Dialogo>
        )}
        {dialogo === 'borrar' && (
          <Dialogo titulo={`¿Quitar a ${usuario.usuario}?`} onClose={() => setDialogo(null)}>
            <p>Ya no podrá entrar. Lo que hizo queda en la bitácora.</p>
            {borrar.isError && <Falla error={borrar.error} />}
            <div className="fila">
              <button
                type="button"
                className="peligro"
                disabled={borrar.isPending}
                onClick={() => borrar.mutate()}
              >
                Quitar
              </button>
              <button type="button" onClick={() => setDialogo(null)}>
                Cancelar
              </button>
            </div>
          </Dialogo>
        )}
      </td>
    </tr>
  );
}

function Nuevo({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [rol, setRol] = useState<Rol>('operador');
  const crear = useMutation({
    mutationFn: (body: { usuario: string; clave: string; rol: Rol }) => mandar('POST', '/api/usuarios', body),
    onSuccess: () => {
      onClose();
      return queryClient.invalidateQueries({ queryKey: ['usuarios'] });
    },
  });
  return (
    <Dialogo titulo="Agregar una persona" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          crear.mutate({ usuario: String(form.get('usuario')), clave: String(form.get('clave')), rol });
        }}
      >
        {crear.isError && <Falla error={crear.error} />}
        <Campo etiqueta="Usuario" name="usuario" autoComplete="off" maxLength={80} required />
        <Campo
          etiqueta="Contraseña"
          name="clave"
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
          ayuda="Al menos 12 caracteres. Entréguesela por un medio seguro."
        />
        <RolSelect etiqueta="Qué puede hacer" value={rol} onRol={setRol} />
        <button type="submit" className="principal" disabled={crear.isPending}>
          Agregar
        </button>
      </form>
    </Dialogo>
  );
}
