import { Sunrise } from 'lucide-react';
import type { Of } from '../api.ts';
import { fechaDe, noche } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Icono } from '../parts/icono.tsx';
import { Barras, Leyenda } from '../parts/reparto.tsx';
import { Encabezado } from '../parts/titulo.tsx';
import { fraseDe, isEnviando } from './frases.ts';
import { BarraDeNoche } from './hoy-noche-barra.tsx';

/** The answer: what is biggest on the page says it, and the bar below adds up to it. */
export function Respuesta({
  proveedor,
  ahora,
}: {
  proveedor: Of<'hoy'>['proveedores'][number];
  ahora: string;
}) {
  const decir = useDecir();
  const { cuenta } = proveedor;
  const { frase, bajo } = fraseDe(proveedor, ahora);
  return (
    <section className="tarjeta respuesta" aria-label="La respuesta">
      <div>
        <p className="sobre">
          <Icono de={Sunrise} menudo />
          {capital(noche(fechaDe(ahora)))}
        </p>
        <Encabezado texto={decir(frase)} ventana="Hoy" clase="frase" />
        {bajo.length > 0 && <p className="bajo">{bajo.map(decir).join(' ')}</p>}
      </div>
      {isEnviando(proveedor) && <BarraDeNoche cursos={proveedor.noche.cursos} />}
      {cuenta.alumnos > 0 && !isEnviando(proveedor) && (
        <>
          <Barras cuenta={cuenta} alta />
          <Leyenda cuenta={cuenta} />
        </>
      )}
    </section>
  );
}

function capital(texto: string): string {
  return texto.charAt(0).toUpperCase() + texto.slice(1);
}
