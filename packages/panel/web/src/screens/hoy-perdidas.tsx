import type { Of } from '../api.ts';
import { cuantos, noche } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

type Perdida = Of<'hoy'>['proveedores'][number]['nochesPerdidas'][number];

/** Nights on which something was not sent: above everything else, for they may cost a payment. */
export function NochesPerdidas({ noches }: { noches: Perdida[] }) {
  const [ultima, ...anteriores] = noches;
  if (ultima === undefined) return null;
  return (
    <Aviso tono="mal">
      <p>
        <strong>
          {noches.length === 1
            ? `La noche del ${noche(ultima.noche)} se perdió: no todo se envió a SENCE.`
            : `En los últimos 30 días se perdieron ${cuantos(noches.length, 'noche')}. La última, la del ${noche(ultima.noche)}.`}
        </strong>
      </p>
      <Que perdida={ultima} />
      <p>
        El avance no se pierde: el próximo envío lleva todo lo que falta. Si los alumnos deben verse al día
        ya, abra el curso y elija «Enviar ahora».
      </p>
      {anteriores.length > 0 && (
        <details>
          <summary>Ver las anteriores</summary>
          <ul>
            {anteriores.map((perdida) => (
              <li key={perdida.noche}>
                {noche(perdida.noche)}
                <Que perdida={perdida} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Aviso>
  );
}

function Que({ perdida: { cursos, motivo } }: { perdida: Perdida }) {
  return (
    <p>
      {cursos.length === 0 ? 'No se envió ningún curso.' : `Sin enviar: ${cursos.join(', ')}.`}{' '}
      {motivo ?? 'No quedó registrado por qué: quizás Puente no estaba en marcha a esa hora.'}
    </p>
  );
}
