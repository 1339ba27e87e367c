import { Link } from '@tanstack/react-router';
import { KeyRound, Replace, Send, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useDecir } from '../gestor.ts';
import { Copiar } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { SubirPlanilla } from '../parts/subir.tsx';
import { useConectado, usePuedeEnviar, useSesion } from '../sesion.ts';
import type { Arreglos } from './arreglos.tsx';
import { Mantener } from './mantener.tsx';
import { consultaDe, type Grupo, loAnterior, personasDe, type Salida } from './problemas.ts';

/** What mends a group of equal problems. `solo`: the one to choose, where there is no room for more. */
export function Botones({
  grupo,
  arreglos,
  solo = false,
}: {
  grupo: Grupo;
  arreglos: Arreglos;
  solo?: boolean;
}) {
  const puede = usePuedeEnviar();
  const pendientes = grupo.errores.filter((error) => arreglos.listo(error) === null);
  const salidas = solo ? grupo.salidas.slice(0, 1) : grupo.salidas;
  if (!puede) return null;
  if (pendientes.length === 0) return <Preparado grupo={grupo} arreglos={arreglos} />;
  return salidas.map((salida, at) => (
    <Boton
      key={salida}
      salida={salida}
      grupo={{ ...grupo, errores: pendientes }}
      arreglos={arreglos}
      principal={at === 0 && !solo && (salida === 'codigo' || salida === 'mantener')}
      bajo={solo}
    />
  ));
}

function Boton({
  salida,
  grupo,
  arreglos,
  principal,
  bajo,
}: {
  salida: Salida;
  grupo: Grupo;
  arreglos: Arreglos;
  principal: boolean;
  bajo: boolean;
}) {
  const [abierto, setAbierto] = useState(false);
  const { rol } = useSesion();
  const decir = useDecir();
  const clase = [principal && 'principal', bajo && 'bajo'].filter(Boolean).join(' ');
  const { errores } = grupo;
  const [first] = errores;
  switch (salida) {
    case 'planilla':
      return errores.some(({ url }) => url !== null) ? (
        <button
          type="button"
          className={clase}
          disabled={arreglos.ocupado}
          onClick={() => arreglos.enviarAhora(errores)}
        >
          Ya lo corregí: leer y enviar ahora
        </button>
      ) : (
        <SubirPlanilla clase={clase}>Subir la planilla corregida</SubirPlanilla>
      );
    case 'reintentar':
      return (
        <button
          type="button"
          className={clase}
          disabled={arreglos.ocupado}
          onClick={() => arreglos.reintentar(errores)}
        >
          <Icono de={Send} />
          {personasDe(errores) === 1 ? 'Ya se inscribió: reintentar' : 'Ya se inscribieron: reintentar'}
        </button>
      );
    case 'codigo':
      return (
        <button
          type="button"
          className={clase}
          disabled={arreglos.ocupado}
          onClick={() => arreglos.usarCodigo(errores)}
        >
          <Icono de={Replace} />
          Usar …{first?.sugerencia?.codigoModulo.slice(-4)}
        </button>
      );
    case 'mantener':
      return (
        <>
          <button
            type="button"
            className={clase}
            disabled={arreglos.ocupado}
            onClick={() => setAbierto(true)}
          >
            <Icono de={ShieldCheck} />
            Seguir informando {loAnterior(grupo)}…
          </button>
          {abierto && <Mantener grupo={grupo} arreglos={arreglos} onClose={() => setAbierto(false)} />}
        </>
      );
    case 'consulta':
      return (
        <Copiar texto={consultaDe(grupo)} clase={clase}>
          {decir('Copiar consulta para SENCE')}
        </Copiar>
      );
    case 'token':
      return rol === 'administrador' ? (
        <Link className={`boton ${clase}`} to="/ajustes" search={{ token: grupo.errores[0]?.rutOtec ?? '' }}>
          <Icono de={KeyRound} />
          Pegar el token
        </Link>
      ) : null;
  }
}

/** What was prepared, and what may still be done about it. */
function Preparado({ grupo: { errores }, arreglos }: { grupo: Grupo; arreglos: Arreglos }) {
  const conectado = useConectado();
  return (
    <>
      <button
        type="button"
        className="bajo"
        disabled={arreglos.ocupado || !conectado}
        onClick={() => arreglos.enviarAhora(errores)}
      >
        Enviar ahora
      </button>
      <button
        type="button"
        className="llano bajo"
        disabled={arreglos.ocupado}
        onClick={() => {
          for (const error of errores) arreglos.listo(error)?.deshacer();
        }}
      >
        Deshacer
      </button>
    </>
  );
}
