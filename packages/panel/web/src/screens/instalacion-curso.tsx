import { memo, useState } from 'react';
import type { CursoSugerido } from '../../../src/api.ts';
import { cuantos } from '../format.ts';
import { Casilla } from '../parts/campo.tsx';
import type { CambioDeBorrador } from './instalacion-cambio.ts';
import { type Borrador, faltasDe } from './instalacion-codigos.ts';
import { CodigosDeCurso } from './instalacion-curso-codigos.tsx';

/** One course that may be reported. Its codes are folded away where nothing is missing. */
export const CursoElegible = memo(function CursoElegible({
  curso,
  borrador,
  marcarFaltas,
  onCambio,
}: {
  curso: CursoSugerido;
  borrador: Borrador;
  /** Somebody wanted to go on: what is missing is marked as wrong. */
  marcarFaltas: boolean;
  onCambio: CambioDeBorrador;
}) {
  const faltas = faltasDe(curso, borrador);
  const faltaCodigo = faltas.oferta || faltas.grupo || faltas.modulo;
  const falta = faltaCodigo || faltas.inicio || faltas.fin;
  const [abierto, setAbierto] = useState(borrador.elegido && falta);
  const { elegido } = borrador;
  return (
    <li className="elegible">
      <Casilla
        etiqueta={
          <>
            {curso.titulo}{' '}
            {elegido && falta && (
              <span className="sello espera">{faltaCodigo ? 'Falta un código' : 'Falta una fecha'}</span>
            )}
          </>
        }
        checked={elegido}
        onChange={({ currentTarget: { checked } }) => {
          onCambio([curso.curso], (antes) => ({ ...antes, elegido: checked }));
          if (checked && falta) setAbierto(true);
        }}
      />
      <div className="suave chico">{resumen(curso)}</div>
      {elegido && (
        <details
          open={abierto || (marcarFaltas && falta)}
          onToggle={(event) => setAbierto(event.currentTarget.open)}
        >
          <summary className="chico">
            Códigos<span className="solo-lector"> de {curso.titulo}</span>
          </summary>
          <CodigosDeCurso
            curso={curso}
            borrador={borrador}
            faltas={faltas}
            marcarFaltas={marcarFaltas}
            onCambio={onCambio}
          />
        </details>
      )}
    </li>
  );
});

function resumen({ curso, titulo, codigoOferta: { codigo }, grupos, modulos }: CursoSugerido): string {
  const alumnos = grupos.reduce((sum, grupo) => sum + grupo.alumnos, 0);
  return [
    ...(codigo !== null && codigo !== titulo ? [codigo] : curso !== titulo ? [curso] : []),
    cuantos(alumnos, 'alumno'),
    ...(grupos.length > 1 ? [cuantos(grupos.length, 'grupo')] : []),
    modulos.length === 0 ? 'sin módulos' : cuantos(modulos.length, 'módulo'),
  ].join(' · ');
}
