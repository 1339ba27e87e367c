import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CambioDeReglasDeCurso } from '../../../src/api.ts';
import { mandar, type Of, rutaCurso } from '../api.ts';
import { numero } from '../format.ts';
import { Opciones } from '../parts/campo.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { useSesion } from '../sesion.ts';

type Comparado = Of<'cursoComparado'>;
type Descenso = Comparado['reglas']['descenso'];
type Modo = Comparado['reglas']['modo'];

/** How this course is sent: an administrator changes it here, others see it. */
export function Reglas({ curso }: { curso: Comparado }) {
  const { reglas, fuente } = curso;
  const administra = useSesion().rol === 'administrador';
  return (
    <details>
      <summary>Reglas de este curso</summary>
      <div className="columna">
        <dl>
          <dt>Fuente</dt>
          <dd>{fuente}</dd>
          {!administra && (
            <>
              <dt>Si un avance baja</dt>
              <dd>
                {reglas.descenso === 'omitir'
                  ? 'Ese módulo no se envía y se avisa (SENCE lo rechazaría con 025).'
                  : 'Se mantiene el último porcentaje que SENCE aceptó y se avisa.'}
              </dd>
              <dt>Cada noche se envía</dt>
              <dd>{reglas.modo === 'completo' ? 'todo el curso' : 'solo lo que cambió'}</dd>
            </>
          )}
          {reglas.lectura && <Lectura {...reglas.lectura} />}
          <dt>Versión de la API</dt>
          <dd>{reglas.version === 1 ? '1 (septiembre de 2021)' : '2 (agosto de 2023)'}</dd>
        </dl>
        {administra && reglas.lectura && (
          <p className="suave chico">
            Cuándo aprueba un alumno, la exigencia y las pausas se cambian, para todos los cursos, en{' '}
            <Link to="/ajustes/$seccion" params={{ seccion: 'reglas' }}>
              Ajustes → Reglas
            </Link>
            .
          </p>
        )}
        {administra && <Cambiar curso={curso} />}
      </div>
    </details>
  );
}

function Lectura({ avanceAprobacion, notaAprobacion, minutosEntreClics, exigencia }: Of<'reglas'>) {
  return (
    <>
      <dt>Un alumno aprueba</dt>
      <dd>
        Con un avance mayor que {numero(avanceAprobacion)} % y una nota mayor que {numero(notaAprobacion)} %.
      </dd>
      <dt>Exigencia</dt>
      <dd>
        {exigencia === null
          ? 'El 4,0 va en su lugar de la escala: de 1 a 7, el 50 %.'
          : `El 4,0 equivale a ${numero(exigencia)} %.`}
      </dd>
      <dt>Tiempo conectado</dt>
      <dd>Una pausa de más de {numero(minutosEntreClics)} minutos entre dos clics no suma.</dd>
    </>
  );
}

const DESCENSO: { valor: Descenso; texto: string; ayuda: string }[] = [
  {
    valor: 'omitir',
    texto: 'No enviar ese módulo, y avisar',
    ayuda: 'SENCE no acepta que un avance baje (025). Así se revisa en la fuente por qué bajó.',
  },
  {
    valor: 'mantener',
    texto: 'Repetir el último avance que SENCE aceptó, y avisar',
    ayuda: 'El resto de lo del alumno sigue llegando al día, como su tiempo conectado.',
  },
];

const MODO: { valor: Modo; texto: string; ayuda: string }[] = [
  {
    valor: 'completo',
    texto: 'Todo el curso',
    ayuda: 'Lo más seguro: si a SENCE le faltara algo, la noche siguiente lo recibe otra vez.',
  },
  {
    valor: 'cambios',
    texto: 'Solo lo que cambió',
    ayuda: 'Envíos más cortos, para cursos de muchos alumnos.',
  },
];

function Cambiar({ curso }: { curso: Comparado }) {
  const queryClient = useQueryClient();
  const { rutOtec, codigoOferta, codigoGrupo, reglas } = curso;
  const [descenso, setDescenso] = useState(reglas.descenso);
  const [modo, setModo] = useState(reglas.modo);
  const cambia = descenso !== reglas.descenso || modo !== reglas.modo;
  const guardar = useMutation({
    mutationFn: (cambio: CambioDeReglasDeCurso) => mandar('PUT', `${rutaCurso(curso)}/reglas`, cambio),
    // What would be sent now is another thing with other rules.
    onSuccess: () =>
      queryClient.invalidateQueries({ queryKey: ['curso', { rutOtec, codigoOferta, codigoGrupo }] }),
  });
  return (
    <form
      className="columna ancha"
      onSubmit={(event) => {
        event.preventDefault();
        guardar.mutate({ descenso, modo });
      }}
    >
      <Opciones
        titulo="Si un avance baja"
        nombre="descenso"
        opciones={DESCENSO}
        elegida={descenso}
        onElegir={setDescenso}
      />
      <Opciones
        titulo="Cada noche se envía"
        nombre="modo"
        opciones={MODO}
        elegida={modo}
        onElegir={setModo}
      />
      <div className="fila">
        <button type="submit" disabled={guardar.isPending || !cambia}>
          {guardar.isPending ? 'Guardando…' : 'Guardar las reglas'}
        </button>
      </div>
      {guardar.isError && <Falla error={guardar.error} />}
      {guardar.isSuccess && (
        <Aviso tono="bien">
          <p>Guardado. Vale desde el próximo envío.</p>
        </Aviso>
      )}
    </form>
  );
}
