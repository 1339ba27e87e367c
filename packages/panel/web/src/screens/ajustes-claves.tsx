import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Rol } from '../../../src/api.ts';
import { mandar, pedir } from '../api.ts';
import { clavesQuery } from '../consultas.ts';
import { cuando } from '../format.ts';
import { Campo } from '../parts/campo.tsx';
import { Aviso, Consulta, Falla } from '../parts/estado.tsx';
import { RolSelect } from '../parts/rol.tsx';

/** Keys for other programs. */
export function ClavesApi() {
  const queryClient = useQueryClient();
  const [rol, setRol] = useState<Rol>('lector');
  const claves = useQuery(clavesQuery);
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ['claves'] });
  const crear = useMutation({
    mutationFn: (nombre: string) => pedir<'claveApiNueva'>('POST', '/api/claves', { nombre, rol }),
    onSuccess,
  });
  const borrar = useMutation({
    mutationFn: (id: number) => mandar('DELETE', `/api/claves/${id}`),
    onSuccess,
  });
  return (
    <section>
      <h3>Claves para otros programas</h3>
      <p>Con una clave, otro sistema suyo usa la misma API que este panel, sin contraseña de nadie.</p>
      <Consulta de={claves}>
        {(data) =>
          data.claves.length > 0 && (
            <div className="tabla">
              <table className="apilada">
                <thead>
                  <tr>
                    <th scope="col">Nombre</th>
                    <th scope="col">Rol</th>
                    <th scope="col">Último uso</th>
                    <th scope="col">
                      <span className="solo-lector">Acciones</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.claves.map((clave) => (
                    <tr key={clave.id}>
                      <th scope="row">{clave.nombre}</th>
                      <td data-titulo="Rol">{clave.rol}</td>
                      <td data-titulo="Último uso">
                        {clave.ultimoUso === null ? 'Nunca' : cuando(clave.ultimoUso)}
                      </td>
                      <td>
                        <button
                          type="button"
                          className="peligro"
                          disabled={borrar.isPending}
                          onClick={() => borrar.mutate(clave.id)}
                        >
                          Anular<span className="solo-lector"> {clave.nombre}</span>
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Consulta>
      {(crear.error ?? borrar.error) && <Falla error={crear.error ?? borrar.error ?? new Error()} />}
      {crear.data && (
        <Aviso tono="bien">
          <p>
            <strong>Copie la clave «{crear.data.nombre}» ahora: no se mostrará otra vez.</strong>
          </p>
          <p>
            <code className="clave">{crear.data.clave}</code>
          </p>
        </Aviso>
      )}
      <form
        className="fila separada"
        onSubmit={(event) => {
          event.preventDefault();
          crear.mutate(String(new FormData(event.currentTarget).get('nombre')));
          event.currentTarget.reset();
        }}
      >
        <Campo etiqueta="Nombre de la clave nueva" name="nombre" maxLength={80} required />
        <RolSelect etiqueta="Qué puede hacer" value={rol} onRol={setRol} />
        <button type="submit" disabled={crear.isPending}>
          Crear clave
        </button>
      </form>
    </section>
  );
}
