import { type Of, pedir } from '../api.ts';
import { useCambio } from '../instalacion.ts';
import { BotonGuardar } from '../parts/boton-guardar.tsx';
import { Campo } from '../parts/campo.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { Seccion } from './seccion.tsx';

type Reglas = Of<'reglas'>;

/** How figures are read from Moodle. */
export function AjustesReglas({ reglas }: { reglas: Reglas }) {
  return (
    <Seccion
      id="reglas"
      titulo="Reglas"
      texto="Cómo se leen el tiempo y la aprobación en Moodle. Las planillas y archivos traen sus propias cifras: a ellos no se les aplica."
    >
      <Formulario reglas={reglas} />
    </Seccion>
  );
}

function Formulario({ reglas }: { reglas: Reglas }) {
  const guardar = useCambio((nuevas: Reglas) =>
    pedir<'instalacion'>('PUT', '/api/instalacion', { reglas: nuevas }),
  );
  return (
    <form
      className="tarjeta columna"
      onChange={() => guardar.reset()}
      onSubmit={(event) => {
        event.preventDefault();
        guardar.mutate(reglasDe(new FormData(event.currentTarget)));
      }}
    >
      <Campo
        etiqueta="Un alumno aprueba con un avance mayor que (%)"
        name="avanceAprobacion"
        type="number"
        min={0}
        max={100}
        step="any"
        defaultValue={reglas.avanceAprobacion}
        required
        ayuda="De 0 a 100. Con 99 debe completar todo lo exigido."
      />
      <Campo
        etiqueta="Y con una nota mayor que (%)"
        name="notaAprobacion"
        type="number"
        min={0}
        max={100}
        step="any"
        defaultValue={reglas.notaAprobacion}
        required
        ayuda="De 0 a 100. Con 59 aprueba desde 60."
      />
      <Campo
        etiqueta="Minutos entre dos clics"
        name="minutosEntreClics"
        type="number"
        min={1}
        max={1440}
        step="any"
        defaultValue={reglas.minutosEntreClics}
        required
        ayuda="El tiempo conectado se suma de clic en clic. Una pausa más larga que esta no suma nada."
      />
      <Campo
        etiqueta="Exigencia: qué porcentaje equivale a un 4,0 (opcional)"
        name="exigencia"
        type="number"
        min={1}
        max={99}
        step="any"
        defaultValue={reglas.exigencia ?? ''}
        ayuda="Por ejemplo, 60. Vacío: el lugar del 4,0 en la escala, que en la de 1 a 7 es 50 %."
      />
      <div className="fila">
        <BotonGuardar guardando={guardar.isPending} />
      </div>
      {guardar.isError && <Falla error={guardar.error} />}
      {guardar.isSuccess && (
        <div role="status">
          <Aviso tono="bien">
            <p>
              <strong>Guardado.</strong> Vale desde el próximo envío. Lo que SENCE ya aceptó no cambia, y un
              avance no puede bajar.
            </p>
          </Aviso>
        </div>
      )}
    </form>
  );
}

function reglasDe(form: FormData): Reglas {
  const number = (name: string) => Number(form.get(name));
  return {
    avanceAprobacion: number('avanceAprobacion'),
    notaAprobacion: number('notaAprobacion'),
    minutosEntreClics: number('minutosEntreClics'),
    exigencia: number('exigencia') || null,
  };
}
