import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { conAtajos, usarAtajos, useTeclas } from '../parts/atajos.ts';
import { Dialogo } from '../parts/dialogo.tsx';

/** After `g`. */
const IR = {
  h: { to: '/', texto: 'Hoy' },
  c: { to: '/por-corregir', texto: 'Por corregir' },
  k: { to: '/cursos', texto: 'Cursos' },
  f: { to: '/por-cerrar', texto: 'Por cerrar' },
} as const;
const SEGUIDAS_MS = 1500;

/** The whole panel by keyboard: `g` and a letter go to a page, the arrows through a table's rows, `?` tells them all. */
export function Teclado() {
  const navigate = useNavigate();
  const [abierto, setAbierto] = useState(false);
  const desdeG = useRef(Number.NEGATIVE_INFINITY);
  useTeclas((event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') return moverse(event);
    if (event.key === '?') return setAbierto(true);
    if (!conAtajos()) return;
    const destino = event.timeStamp - desdeG.current < SEGUIDAS_MS ? letra(event.key) : undefined;
    desdeG.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (destino === undefined) return;
    event.preventDefault();
    void navigate({ to: IR[destino].to });
  });
  return abierto ? <Teclas onClose={() => setAbierto(false)} /> : null;
}

function Teclas({ onClose }: { onClose: () => void }) {
  const [si, setSi] = useState(conAtajos);
  return (
    <Dialogo titulo="Con el teclado" onClose={onClose}>
      <dl className="teclas">
        <Tecla teclas={['/']}>buscar un alumno o un curso</Tecla>
        {Object.entries(IR).map(([tecla, { texto }]) => (
          <Tecla key={tecla} teclas={['g', tecla]}>
            ir a {texto}
          </Tecla>
        ))}
        <Tecla teclas={['↑', '↓']}>de una fila a otra, en una tabla</Tecla>
        <Tecla teclas={['Entrar']}>abrir lo de esa fila</Tecla>
        <Tecla teclas={['Esc']}>cerrar lo que está abierto</Tecla>
        <Tecla teclas={['Ctrl', 'Z']}>deshacer lo último, mientras el aviso está al pie</Tecla>
        <Tecla teclas={['?']}>esta lista</Tecla>
      </dl>
      <label className="casilla">
        <input
          type="checkbox"
          checked={si}
          onChange={({ currentTarget: { checked } }) => {
            usarAtajos(checked);
            setSi(checked);
          }}
        />
        <span>Usar las teclas de una letra (/ y g). Apáguelas si le habla al computador para escribir.</span>
      </label>
      <div className="acciones">
        <button type="button" onClick={onClose}>
          Cerrar
        </button>
      </div>
    </Dialogo>
  );
}

function Tecla({ teclas, children }: { teclas: readonly string[]; children: React.ReactNode }) {
  return (
    <div>
      <dt>
        {teclas.map((tecla) => (
          <kbd key={tecla}>{tecla}</kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function letra(key: string): keyof typeof IR | undefined {
  return (Object.keys(IR) as (keyof typeof IR)[]).find((one) => one === key);
}

/** From one row of a table to the next: the focus stays on what opens it, so that Enter does. */
function moverse(event: KeyboardEvent): void {
  const desde = document.activeElement;
  const tabla = desde?.closest('table');
  if (!desde || !tabla) return;
  const filas = [...tabla.querySelectorAll('tbody tr')].flatMap((fila) => {
    const abre = fila.querySelector('th[scope="row"] :is(a, button)');
    return abre instanceof HTMLElement ? [{ fila, abre }] : [];
  });
  const by = event.key === 'ArrowDown' ? 1 : -1;
  const at = filas.findIndex(({ fila }) => fila.contains(desde));
  // From its head, down to the first.
  const next = at === -1 && by === -1 ? undefined : filas[at + by];
  if (next === undefined) return;
  event.preventDefault();
  next.abre.focus();
}
