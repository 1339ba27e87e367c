import type { Cuenta } from '../../../src/api.ts';
import { cuantos, numero } from '../format.ts';

interface Parte {
  clave: string;
  alumnos: number;
  /** `3 rechazados`, `1 rechazado`. */
  texto: string;
}

/** Where the students stand, as one bar whose parts always make up the whole; in words beside it. */
export function Reparto({ cuenta }: { cuenta: Cuenta }) {
  const partes = partesDe(cuenta);
  return (
    <>
      <div
        className="reparto"
        role="img"
        aria-label={`${cuantos(cuenta.alumnos, 'alumno')}: ${partes.map(({ texto }) => texto).join(', ')}`}
      >
        {partes.map(({ clave, alumnos }) => (
          <span key={clave} className={clave} style={{ flexGrow: alumnos }} />
        ))}
      </div>
      <ul className="reparto-leyenda" aria-hidden="true">
        {partes.map(({ clave, texto }) => (
          <li key={clave}>
            <span className={clave} /> {texto}
          </li>
        ))}
      </ul>
    </>
  );
}

function partesDe(cuenta: Cuenta): Parte[] {
  const { loTiene, rechazados, sinEnviar, retenidos, noSeSabe, conocidos } = cuenta;
  const partes: Parte[] = [
    { clave: 'lo-tiene', alumnos: loTiene, texto: textoDe(cuenta) },
    { clave: 'rechazado', alumnos: rechazados, texto: cuantos(rechazados, 'rechazado') },
    { clave: 'sin-enviar', alumnos: sinEnviar, texto: `${numero(sinEnviar)} sin enviar` },
    { clave: 'retenido', alumnos: retenidos, texto: cuantos(retenidos, 'retenido') },
    {
      clave: 'no-se-sabe',
      alumnos: noSeSabe,
      texto: `${numero(noSeSabe)} de quien${noSeSabe === 1 ? '' : 'es'} no se sabe`,
    },
    { clave: 'conocido', alumnos: conocidos, texto: cuantos(conocidos, 'caso conocido', 'casos conocidos') },
  ];
  return partes.filter(({ alumnos }) => alumnos > 0);
}

function textoDe({ loTiene, sinConfirmar }: Cuenta): string {
  if (sinConfirmar === 0) return `SENCE tiene a ${numero(loTiene)}`;
  if (sinConfirmar === loTiene) return `${cuantos(loTiene, 'aceptado')}, sin confirmar`;
  return `SENCE tiene a ${numero(loTiene - sinConfirmar)} y aceptó a ${numero(sinConfirmar)} más, sin confirmar`;
}
