import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { hoyQuery } from '../consultas.ts';
import { cuantos } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useOtec } from '../otec.tsx';
import { Consulta } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { pendienteDe } from './frases.ts';
import { CursosDeHoy } from './hoy-cursos.tsx';
import { sumaDe } from './hoy-todas.tsx';

/** Every course that is reported, of the provider that was chosen or of all, each provider's together. */
export function Cursos() {
  const hoy = useQuery(hoyQuery);
  const { rutOtec } = useOtec();
  const decir = useDecir();
  return (
    <Consulta de={hoy}>
      {({ proveedores, ahora }) => {
        const otecs = proveedores.filter((one) => rutOtec === null || one.rutOtec === rutOtec);
        const cursos = otecs.flatMap((one) => one.cursos);
        const cuenta = sumaDe(otecs.map((one) => one.cuenta));
        return (
          <>
            <Titulo
              ventana="Cursos"
              texto={
                cursos.length === 0
                  ? 'Aún no se informa ningún curso.'
                  : decir(`${cuantos(cursos.length, 'curso')}. ${pendienteDe(cuenta)}`)
              }
              acciones={
                <button type="button" className="icono" aria-label="Imprimir" onClick={() => window.print()}>
                  <Icono de={Printer} />
                </button>
              }
            />
            <CursosDeHoy {...{ cursos, cuenta, ahora, otecs }} />
          </>
        );
      }}
    </Consulta>
  );
}
