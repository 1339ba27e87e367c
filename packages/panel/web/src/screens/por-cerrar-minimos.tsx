import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { Minimos } from '../../../src/api.ts';
import { mandar, type Of, rutaCurso } from '../api.ts';
import { cuantos, numero } from '../format.ts';
import { Campo, Selector } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Falla } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import { claveDe } from './por-cerrar-palabras.ts';

type Proveedor = Of<'porCerrar'>['proveedores'][number];

/** What she asks, in her own figures; without them nobody is under anything, and no money is told. */
export function SusMinimos({ proveedor }: { proveedor: Proveedor }) {
  const [abierto, setAbierto] = useState<'minimos' | 'dias' | null>(null);
  const puede = usePuedeEnviar();
  const propios = proveedor.cursos.filter((curso) => curso.propios);
  return (
    <div className="aviso con-accion">
      <Icono de={SlidersHorizontal} />
      <div>
        <p>
          <strong>Sus mínimos:</strong> {enPalabras(proveedor.minimos)}.
          {propios.map((curso) => (
            <span key={claveDe(curso)}>
              {' '}
              En {curso.titulo}: {enPalabras(curso.minimos)}.
            </span>
          ))}
        </p>
        <p>
          <strong>Entran a esta lista</strong> {cuantos(proveedor.diasAntes, 'día')} antes de terminar.
        </p>
        <p className="chico suave">
          Los define usted, según las bases o el contrato de cada curso. Puente no conoce los de su programa
          ni le informa estos montos a nadie.
        </p>
      </div>
      {puede && (
        <div className="fila">
          <button type="button" className="chico" onClick={() => setAbierto('minimos')}>
            {sinMinimos(proveedor.minimos) ? 'Anotar sus mínimos' : 'Cambiar'}
          </button>
          <button type="button" className="chico" onClick={() => setAbierto('dias')}>
            Cambiar los días
          </button>
        </div>
      )}
      {abierto === 'dias' && <CambiarDias proveedor={proveedor} onClose={() => setAbierto(null)} />}
      {abierto === 'minimos' && <CambiarMinimos proveedor={proveedor} onClose={() => setAbierto(null)} />}
    </div>
  );
}

function CambiarDias({
  proveedor: { rutOtec, diasAntes },
  onClose,
}: {
  proveedor: Proveedor;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const guardar = useMutation({
    mutationFn: (dias: number) =>
      mandar('PUT', `/api/por-cerrar/${encodeURIComponent(rutOtec)}/dias`, { dias }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['por-cerrar'] });
      onClose();
    },
  });
  return (
    <Dialogo titulo="Cuándo entra un curso a esta lista" onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          guardar.mutate(Number(new FormData(event.currentTarget).get('dias')));
        }}
      >
        <Campo
          etiqueta="Días antes de terminar"
          name="dias"
          type="number"
          min={0}
          max={120}
          step={1}
          defaultValue={diasAntes}
          required
          ayuda="De 0 a 120. Vale también para el correo del lunes. Los plazos de SENCE no cambian."
        />
        {guardar.isError && <Falla error={guardar.error} />}
        <div className="acciones">
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
          <button type="submit" className="principal" disabled={guardar.isPending}>
            Guardar
          </button>
        </div>
      </form>
    </Dialogo>
  );
}

function CambiarMinimos({ proveedor, onClose }: { proveedor: Proveedor; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [cual, setCual] = useState('');
  const curso = proveedor.cursos.find((one) => claveDe(one) === cual);
  const { avance, horas, valor } = curso?.minimos ?? proveedor.minimos;
  const guardar = useMutation({
    mutationFn: (minimos: Minimos) =>
      mandar(
        'PUT',
        curso === undefined
          ? `/api/por-cerrar/${encodeURIComponent(proveedor.rutOtec)}/minimos`
          : `${rutaCurso(curso)}/minimos`,
        minimos,
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['por-cerrar'] });
      onClose();
    },
  });
  return (
    <Dialogo titulo="Sus mínimos y el valor por alumno" onClose={onClose}>
      <form
        className="columna"
        key={cual}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const leer = (name: string) => {
            const texto = String(form.get(name)).trim();
            return texto === '' ? null : Number(texto);
          };
          guardar.mutate({ avance: leer('avance'), horas: leer('horas'), valor: leer('valor') });
        }}
      >
        <Selector
          etiqueta="Para"
          value={cual}
          onChange={({ currentTarget }) => setCual(currentTarget.value)}
          opciones={[
            { valor: '', texto: 'Todos los cursos que no tengan otros' },
            ...proveedor.cursos.map((one) => ({ valor: claveDe(one), texto: one.titulo })),
          ]}
        />
        <Campo
          etiqueta="Avance mínimo, en %"
          name="avance"
          type="number"
          min={0}
          max={100}
          step="any"
          defaultValue={avance ?? ''}
          ayuda="Vacío: no se pide un avance."
        />
        <Campo
          etiqueta="Horas conectadas, mínimo"
          name="horas"
          type="number"
          min={0}
          max={10_000}
          step="any"
          defaultValue={horas ?? ''}
          ayuda="Vacío: no se piden horas."
        />
        <Campo
          etiqueta="Valor por alumno, en pesos"
          name="valor"
          type="number"
          min={0}
          max={1_000_000_000}
          step={1}
          defaultValue={valor ?? ''}
          ayuda="Vacío: no se muestran montos. Es su cifra: no se envía a nadie."
        />
        {guardar.isError && <Falla error={guardar.error} />}
        <div className="acciones">
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
          <button type="submit" className="principal" disabled={guardar.isPending}>
            Guardar
          </button>
        </div>
      </form>
    </Dialogo>
  );
}

function sinMinimos({ avance, horas, valor }: Minimos): boolean {
  return avance === null && horas === null && valor === null;
}

function enPalabras(minimos: Minimos): string {
  if (sinMinimos(minimos)) return 'todavía ninguno';
  const { avance, horas, valor } = minimos;
  return [
    avance === null ? '' : `avance ${numero(avance)} %`,
    horas === null ? '' : `${numero(horas)} horas conectadas`,
    valor === null ? '' : `valor por alumno $${numero(valor)}`,
  ]
    .filter((parte) => parte !== '')
    .join(', ');
}
