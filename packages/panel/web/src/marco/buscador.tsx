import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { pedir } from '../api.ts';
import { rutDe } from '../format.ts';
import { useOtec } from '../otec.tsx';
import { conAtajos, useTeclas } from '../parts/atajos.ts';
import { Icono } from '../parts/icono.tsx';

/** Finds a student or a course from wherever one is. `/` leads to it, the arrows through what it found. */
export function Buscador() {
  const caja = useRef<HTMLDivElement>(null);
  const [texto, setTexto] = useState('');
  const [abierto, setAbierto] = useState(false);
  const buscado = useDeferredValue(texto.trim());
  const { href } = useLocation();
  useTeclas((event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || !conAtajos()) return;
    event.preventDefault();
    caja.current?.querySelector('input')?.focus();
  });
  // Whoever has gone where it leads has found it.
  useEffect(() => {
    if (href !== '') setAbierto(false);
  }, [href]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys only move between the field and the links inside
    <div
      className="buscar"
      ref={caja}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAbierto(false);
        else moverse(event);
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setAbierto(false);
      }}
    >
      <Icono de={Search} />
      <input
        type="search"
        aria-label="Buscar alumno, RUT o curso"
        placeholder="Buscar alumno, RUT o curso"
        autoComplete="off"
        value={texto}
        onFocus={() => setAbierto(true)}
        onChange={({ currentTarget: { value } }) => {
          setTexto(value);
          setAbierto(true);
        }}
      />
      <span className="tecla" aria-hidden="true">
        /
      </span>
      {abierto && buscado.length > 1 && <Hallados texto={buscado} />}
    </div>
  );
}

function Hallados({ texto }: { texto: string }) {
  const { rutOtec } = useOtec();
  const hallado = useQuery({
    queryKey: ['buscar', texto, rutOtec],
    queryFn: () =>
      pedir<'encontrado'>('POST', '/api/buscar', { texto, ...(rutOtec !== null && { rutOtec }) }),
    placeholderData: (before) => before,
  });
  if (hallado.data === undefined) return null;
  const { cursos, alumnos, hayMas } = hallado.data;
  return (
    <section className="hallados" aria-label="Lo que se encontró">
      <p className="solo-lector" role="status">
        {cursos.length + alumnos.length === 0
          ? 'Nada'
          : `${alumnos.length} alumnos y ${cursos.length} cursos`}
      </p>
      {cursos.length + alumnos.length === 0 && (
        <p className="suave">Ningún alumno ni curso coincide con «{texto}».</p>
      )}
      {alumnos.length > 0 && <h2>Alumnos</h2>}
      {alumnos.map(({ rut, nombre, titulo, ...curso }) => (
        <Link
          key={`${curso.codigoOferta} ${curso.codigoGrupo} ${rut}`}
          to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo/alumnos/$rut"
          params={{ ...curso, rut }}
          preload={false}
        >
          {nombre ?? 'Sin nombre en la planilla'}
          <span className="codigo">
            {rutDe(rut)} · {titulo}
          </span>
        </Link>
      ))}
      {cursos.length > 0 && <h2>Cursos</h2>}
      {cursos.map(({ titulo, ...curso }) => (
        <Link
          key={`${curso.codigoOferta} ${curso.codigoGrupo}`}
          to="/cursos/$rutOtec/$codigoOferta/$codigoGrupo"
          params={curso}
          preload={false}
        >
          {titulo}
          <span className="codigo">
            {curso.codigoOferta}
            {curso.codigoGrupo !== curso.codigoOferta && ` · ${curso.codigoGrupo}`}
          </span>
        </Link>
      ))}
      {hayMas && <p className="tenue chico">Hay más: escriba otra palabra para encontrar menos.</p>}
    </section>
  );
}

/** ↓ and ↑ go from the field through what was found. */
function moverse(event: React.KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const stops: (Element | null)[] = [...event.currentTarget.querySelectorAll('input, .hallados a')];
  const next = stops[stops.indexOf(document.activeElement) + by];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
