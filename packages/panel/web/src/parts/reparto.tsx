import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Cuenta } from '../../../src/api.ts';
import { cuantos, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';

interface Parte {
  clave: string;
  alumnos: number;
  /** After the number: `rechazados`, `rechazado`. */
  texto: string;
  /** Somebody waits for it. */
  pendiente?: boolean;
}

/** Where the students stand, as one bar whose parts always make up the whole. */
export function Barras({ cuenta, alta = false }: { cuenta: Cuenta; alta?: boolean }) {
  const decir = useDecir();
  const partes = partesDe(cuenta);
  const palabras = partes.map(({ alumnos, texto }) => `${numero(alumnos)} ${texto}`).join(', ');
  return (
    <div
      className={alta ? 'reparto alta' : 'reparto'}
      role="img"
      aria-label={decir(`De ${cuantos(cuenta.alumnos, 'alumno')}: ${palabras}`)}
    >
      {partes.map(({ clave, alumnos }) => (
        <span key={clave} className={clave} style={{ flexGrow: alumnos }} />
      ))}
    </div>
  );
}

/** The same in words, what somebody waits for apart from what is well. */
export function Leyenda({ cuenta }: { cuenta: Cuenta }) {
  const decir = useDecir();
  const partes = partesDe(cuenta);
  const pendientes = partes.filter(({ pendiente }) => pendiente);
  const aparte = partes.filter(({ clave }) => clave === 'conocido');
  return (
    <div className="leyenda">
      <span>
        <b>{numero(cuenta.alumnos)}</b> {cuenta.alumnos === 1 ? 'alumno' : 'alumnos'}
      </span>
      {partes
        .filter(({ clave }) => clave === 'lo-tiene')
        .map((parte) => (
          <span key={parte.clave}>
            <Punto parte={parte} decir={decir} />
          </span>
        ))}
      {pendientes.length > 0 && <span className="aparte">Pendientes</span>}
      {pendientes.map((parte) => (
        <Link key={parte.clave} to="/por-corregir">
          <Punto parte={parte} decir={decir} />
        </Link>
      ))}
      {aparte.length > 0 && <span className="aparte">Aparte</span>}
      {aparte.map((parte) => (
        <Link key={parte.clave} to="/por-corregir" search={{ ver: 'conocidos' }}>
          <Punto parte={parte} decir={decir} />
        </Link>
      ))}
    </div>
  );
}

function Punto({
  parte: { clave, alumnos, texto },
  decir,
}: {
  parte: Parte;
  decir: (frase: string) => string;
}): ReactNode {
  return (
    <>
      <span className={`punto ${clave}`} />
      <b>{numero(alumnos)}</b> {decir(texto)}
    </>
  );
}

function partesDe(cuenta: Cuenta): Parte[] {
  const { loTiene, sinConfirmar, rechazados, sinEnviar, retenidos, noSeSabe, conocidos } = cuenta;
  const partes: Parte[] = [
    { clave: 'lo-tiene', alumnos: loTiene, texto: loTieneEnPalabras(loTiene, sinConfirmar) },
    { clave: 'rechazado', alumnos: rechazados, texto: plural(rechazados, 'rechazado'), pendiente: true },
    { clave: 'sin-enviar', alumnos: sinEnviar, texto: 'sin enviar', pendiente: true },
    { clave: 'retenido', alumnos: retenidos, texto: plural(retenidos, 'retenido'), pendiente: true },
    {
      clave: 'no-se-sabe',
      alumnos: noSeSabe,
      texto: `de quien${noSeSabe === 1 ? '' : 'es'} no se sabe`,
      pendiente: true,
    },
    { clave: 'conocido', alumnos: conocidos, texto: plural(conocidos, 'caso conocido', 'casos conocidos') },
  ];
  return partes.filter(({ alumnos }) => alumnos > 0);
}

function loTieneEnPalabras(loTiene: number, sinConfirmar: number): string {
  if (sinConfirmar === 0) return loTiene === 1 ? 'SENCE lo tiene' : 'SENCE los tiene';
  if (sinConfirmar === loTiene) return `${plural(loTiene, 'aceptado')}, sin confirmar`;
  return `SENCE los tiene (${numero(sinConfirmar)} sin confirmar)`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}
