import {
  ArrowRight,
  Check,
  Equal,
  Hand,
  type LucideIcon,
  Plus,
  RotateCw,
  TrendingDown,
  UserMinus,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { CambiosDeCurso } from '../../../src/api.ts';
import { cuantos, numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Icono } from '../parts/icono.tsx';
import { useImprimiendo } from '../parts/imprimiendo.ts';

type Persona = CambiosDeCurso['nuevos'][number];

const A_LA_VISTA = 10;

/** What of a course would be another thing than SENCE has, each student in one list; the lists make up the whole. */
export function CambiosDeUnCurso({ curso }: { curso: CambiosDeCurso }) {
  const decir = useDecir();
  const { corregidos, reintentos, avanzaron, nuevos, bajaron, retenidos, ausentes, iguales } = curso;
  return (
    <section className="tarjeta partida" aria-label={curso.titulo}>
      <div className="tarjeta-cabeza">
        <h2>{curso.titulo}</h2>
        <span className="suave">{cuantos(curso.alumnos, 'alumno')}</span>
      </div>
      <ul className="cambios">
        <Cambio icono={Check} de={corregidos} titulo={['queda corregido', 'quedan corregidos']} />
        <Cambio icono={RotateCw} de={reintentos} titulo={['se intenta de nuevo', 'se intentan de nuevo']} />
        <Cambio
          icono={TrendingDown}
          de={bajaron}
          titulo={['bajó: ese módulo no se envía', 'bajaron: ese módulo no se envía']}
        >
          {(uno) => decir(`SENCE tiene ${numero(uno.de)} %, la planilla dice ${numero(uno.a)} %`)}
        </Cambio>
        <Retenidos de={retenidos} />
        <Cambio icono={Plus} de={nuevos} titulo={['es nuevo en SENCE', 'son nuevos en SENCE'].map(decir)} />
        <Cambio icono={ArrowRight} de={avanzaron} titulo={['avanzó', 'avanzaron']} />
        {iguales > 0 && (
          <li>
            <Icono de={Equal} />
            <span className="suave">
              {cuantos(iguales, 'alumno sigue', 'alumnos siguen')} {decir('como SENCE ya lo tiene')}
            </span>
          </li>
        )}
        <Cambio
          icono={UserMinus}
          de={ausentes}
          titulo={['estaba y ya no viene en la planilla', 'estaban y ya no vienen en la planilla']}
        />
      </ul>
    </section>
  );
}

/** Equal reasons are told once, with whom they are about. */
function Retenidos({ de }: { de: CambiosDeCurso['retenidos'] }) {
  const grupos = new Map<string, CambiosDeCurso['retenidos']>();
  for (const uno of de) grupos.set(uno.queHacer, [...(grupos.get(uno.queHacer) ?? []), uno]);
  return [...grupos].map(([queHacer, suyos]) => (
    <li key={queHacer}>
      <Icono de={Hand} />
      <div>
        <strong>
          {numero(suyos.length)}{' '}
          {suyos.length === 1 ? 'tiene algo que no se envía' : 'tienen algo que no se envía'}
        </strong>
        <p className="chico">
          {suyos[0]?.mensaje} {queHacer}
        </p>
        <Nombres de={suyos} />
      </div>
    </li>
  ));
}

function Nombres({ de }: { de: readonly Persona[] }) {
  const aLaVista = useImprimiendo() ? de.length : A_LA_VISTA;
  const nombres = de.slice(0, aLaVista).map(({ nombre, rut }) => nombre ?? rutDe(rut));
  return (
    <p className="suave">
      {nombres.join(' · ')}
      {de.length > aLaVista && ` y ${numero(de.length - aLaVista)} más`}
    </p>
  );
}

function Cambio<P extends Persona>({
  icono,
  de,
  titulo: [uno = '', varios = ''],
  children,
}: {
  icono: LucideIcon;
  de: readonly P[];
  titulo: readonly string[];
  children?: (persona: P) => ReactNode;
}) {
  const aLaVista = useImprimiendo() ? de.length : A_LA_VISTA;
  if (de.length === 0) return null;
  return (
    <li>
      <Icono de={icono} />
      <div>
        <strong>
          {numero(de.length)} {de.length === 1 ? uno : varios}
        </strong>
        <ul className="suave">
          {de.slice(0, aLaVista).map((persona) => (
            <li key={persona.rut}>
              {persona.nombre ?? rutDe(persona.rut)}
              {children && <span className="chico">. {children(persona)}</span>}
            </li>
          ))}
          {de.length > aLaVista && <li>y {numero(de.length - aLaVista)} más</li>}
        </ul>
      </div>
    </li>
  );
}
