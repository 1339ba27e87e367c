import { useQueries, useQuery } from '@tanstack/react-query';
import type { Of } from '../api.ts';
import { ejemplosQuery, erroresQuery, hoyQuery, inciertosQuery } from '../consultas.ts';
import { useOtec } from '../otec.tsx';
import { Cargando, Falla } from '../parts/estado.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { useEnsayo, usePuedeEnviar } from '../sesion.ts';
import { CursosDeHoy } from './hoy-cursos.tsx';
import { CursosNuevos, NoSeInforman } from './hoy-cursos-nuevos.tsx';
import { Demostracion } from './hoy-demostracion.tsx';
import { ConvieneMirar, HayQueActuar, ParaSaber } from './hoy-dichos.tsx';
import { EnviosEnMarcha } from './hoy-en-vivo.tsx';
import { EstaNoche } from './hoy-esta-noche.tsx';
import { NocheCursoPorCurso } from './hoy-noche.tsx';
import { LoPendiente } from './hoy-pendiente.tsx';
import { NochesPerdidas, NochesRecuperadas } from './hoy-perdidas.tsx';
import { NoInforman, Problemas, Reintentando } from './hoy-problemas.tsx';
import { Respuesta } from './hoy-respuesta.tsx';
import { SinProveedores } from './hoy-sin-proveedores.tsx';
import { HoyDeTodas } from './hoy-todas.tsx';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** What the coordinator opens each morning: did everything arrive, and if not, what is to be done. */
export function Hoy() {
  const hoy = useQuery({ ...hoyQuery, refetchInterval: 60_000 });
  // Shown together: what comes later would push the courses down under the hand.
  const [errores, inciertos] = useQueries({ queries: [erroresQuery, inciertosQuery] });
  const isEnsayo = useEnsayo();
  const puede = usePuedeEnviar();
  const ejemplos = useQuery({ ...ejemplosQuery, enabled: isEnsayo && puede });
  const pendiente = errores.error ?? inciertos.error;
  const { rutOtec } = useOtec();
  if (hoy.data === undefined || errores.isPending || inciertos.isPending || ejemplos.isLoading) {
    return hoy.isError ? (
      <>
        <Titulo texto="Hoy" />
        <Falla error={hoy.error} reintentar={() => hoy.refetch()} />
      </>
    ) : (
      <Cargando />
    );
  }
  const { ahora, pendientes, proveedores } = hoy.data;
  // Its own heading says it, with the way out.
  const sinCursos =
    proveedores.length === 0 && pendientes.length === 1 && pendientes[0]?.clave === 'sin-cursos';
  const proveedor =
    proveedores.find((one) => one.rutOtec === rutOtec) ??
    (proveedores.length === 1 ? proveedores[0] : undefined);
  return (
    <>
      {hoy.isError && <Falla error={hoy.error} reintentar={() => hoy.refetch()} />}
      {pendiente && <Falla error={pendiente} reintentar={() => errores.refetch()} />}
      <Demostracion archivos={ejemplos.data?.archivos ?? []} />
      <NoInforman pendientes={sinCursos ? [] : pendientes} />
      {proveedores.length === 0 ? <SinProveedores sinCursos={sinCursos} /> : <EnviosEnMarcha />}
      {proveedor !== undefined && <DeUnaOtec proveedor={proveedor} ahora={ahora} />}
      {proveedor === undefined && proveedores.length > 0 && <HoyDeTodas proveedores={proveedores} />}
    </>
  );
}

function DeUnaOtec({ proveedor, ahora }: { proveedor: Proveedor; ahora: string }) {
  const { problemas, nochesPerdidas, cursos } = proveedor;
  return (
    <>
      <NochesPerdidas noches={nochesPerdidas} />
      <Problemas problemas={problemas} rutOtec={proveedor.rutOtec} />
      <HayQueActuar proveedor={proveedor} />
      <Reintentando problemas={problemas} />
      <div className="dos">
        <Respuesta proveedor={proveedor} ahora={ahora} />
        <EstaNoche proveedor={proveedor} ahora={ahora} />
      </div>
      <NocheCursoPorCurso proveedor={proveedor} />
      <LoPendiente rutOtec={proveedor.rutOtec} />
      <CursosNuevos proveedor={proveedor} />
      <ConvieneMirar proveedor={proveedor} />
      <CursosDeHoy cursos={cursos} cuenta={proveedor.cuenta} ahora={ahora} />
      <NoSeInforman proveedor={proveedor} />
      <ParaSaber proveedor={proveedor} />
      <NochesRecuperadas noches={nochesPerdidas} />
    </>
  );
}
