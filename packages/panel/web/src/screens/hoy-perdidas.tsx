import type { Of } from '../api.ts';
import { cuantos, noche } from '../format.ts';
import { Aviso } from '../parts/estado.tsx';

type Perdida = Of<'hoy'>['proveedores'][number]['nochesPerdidas'][number];

/** Nights on which something was not sent: above everything else, for they may cost a payment. */
export function NochesPerdidas({ noches }: { noches: Perdida[] }) {
  const abiertas = noches.filter(({ recuperada }) => !recuperada);
  const [ultima, ...anteriores] = abiertas;
  if (ultima === undefined) return null;
  return (
    <Aviso tono="mal" urgente>
      <p className="alarma">
        {abiertas.length === 1
          ? `Se perdió la noche del ${noche(ultima.noche)}: no todo se envió a SENCE.`
          : `Se perdieron ${cuantos(abiertas.length, 'noche')}. La última, la del ${noche(ultima.noche)}.`}
      </p>
      <Que perdida={ultima} />
      <p>
        <strong>Qué hacer:</strong> corrija la causa. El avance no se pierde: el próximo envío lleva todo lo
        que falta, y este aviso se va solo cuando SENCE lo acepte. Si los alumnos deben verse al día ya, abra
        el curso y elija «Enviar ahora».
      </p>
      <Anteriores noches={anteriores} texto="Ver las anteriores" />
    </Aviso>
  );
}

/** Lost once, and at SENCE since: to be known, no longer to worry about. */
export function NochesRecuperadas({ noches }: { noches: Perdida[] }) {
  const recuperadas = noches.filter(({ recuperada }) => recuperada);
  return (
    <Anteriores
      noches={recuperadas}
      texto={`${cuantos(recuperadas.length, 'noche perdida', 'noches perdidas')} en los últimos 30 días. Lo que faltaba ya está en SENCE.`}
    />
  );
}

function Anteriores({ noches, texto }: { noches: Perdida[]; texto: string }) {
  if (noches.length === 0) return null;
  return (
    <details>
      <summary>{texto}</summary>
      <ul>
        {noches.map((perdida) => (
          <li key={perdida.noche}>
            {noche(perdida.noche)}
            <Que perdida={perdida} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Que({ perdida: { cursos, motivo } }: { perdida: Perdida }) {
  return (
    <p>
      {cursos.length === 0 ? 'No se envió ningún curso.' : `Sin enviar: ${cursos.join(', ')}.`}{' '}
      <strong>Por qué:</strong>{' '}
      {motivo ?? 'No quedó registrado: quizás Puente no estaba en marcha a esa hora.'}
    </p>
  );
}
