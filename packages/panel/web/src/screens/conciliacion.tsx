import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { leer, type Of } from '../api.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, fechaDe, hora, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec, useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { Aviso, Cargando, Falla, Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { useArreglos } from './arreglos.tsx';
import { GrupoConciliado, TablaConciliada } from './conciliacion-grupo.tsx';
import {
  type Alumno,
  CAUSAS,
  type Causa,
  COLUMNAS,
  claveDe,
  filasDe,
  type Lado,
} from './conciliacion-palabras.ts';
import { Fichas, Reparto } from './conciliacion-partes.tsx';

type Respuesta = Of<'conciliacion'>;
const QUE_ES =
  'Compara su planilla, lo último que SENCE le aceptó a Puente y lo que muestra su historial. No envía ni cambia nada.';
const VENTANA = 'Comparar con SENCE';
/** What was compared is shown for as long as the tab is open; its hour stands beside it. */
const SE_RECUERDA_MS = 60 * 60_000;

/** The source, our own record and SENCE's history beside each other. Asked only on request: it may take minutes. */
export function Conciliacion() {
  const decir = useDecir();
  const { data, isFetching, error, refetch } = useQuery({
    queryKey: ['conciliacion'],
    queryFn: () => leer<'conciliacion'>('/api/conciliacion'),
    enabled: false,
    gcTime: SE_RECUERDA_MS,
  });
  const comparar = (
    <button
      type="button"
      className={data === undefined ? 'principal' : ''}
      disabled={isFetching}
      onClick={() => refetch()}
    >
      <Icono de={RefreshCw} />
      {isFetching
        ? 'Comparando; puede tardar minutos…'
        : data === undefined
          ? 'Comparar ahora'
          : 'Comparar de nuevo'}
    </button>
  );
  if (data !== undefined)
    return (
      <>
        {error !== null && <Falla error={error} />}
        <Comparado respuesta={data} comparar={comparar} />
      </>
    );
  return (
    <>
      <Titulo texto={decir('¿Tiene SENCE lo mismo que su planilla?')} ventana={VENTANA} acciones={comparar}>
        {decir(QUE_ES)}
      </Titulo>
      {error !== null && <Falla error={error} />}
      {isFetching ? <Cargando /> : <p className="suave">{decir('Todavía no se ha comparado.')}</p>}
    </>
  );
}

function Comparado({ respuesta, comparar }: { respuesta: Respuesta; comparar: React.ReactNode }) {
  const decir = useDecir();
  const { todas, rutOtec } = useOtec();
  const deLaOtec = useDeLaOtec(respuesta.alumnos);
  const [curso, setCurso] = useState('');
  const alumnos = curso === '' ? deLaOtec : deLaOtec.filter((alumno) => claveDe(alumno) === curso);
  const enLista = alumnos.filter(({ lado }) => lado !== 'ya-no-viene');
  const iguales = enLista.filter(({ lado }) => lado === 'igual').length;
  const [elegido, setElegido] = useState<Lado | null>(null);
  const hay = (lado: Lado) => alumnos.some((alumno) => alumno.lado === lado);
  const ver = elegido ?? (hay('por-mirar') ? 'por-mirar' : hay('ya-no-viene') ? 'ya-no-viene' : 'igual');
  const vistos = alumnos.filter(({ lado }) => lado === ver);
  const otec = todas.find((una) => una.rutOtec === rutOtec)?.nombre ?? todas[0]?.nombre ?? '';
  const bajar = () =>
    bajarExcel({
      ...{ de: VENTANA, otec, hoy: fechaDe(respuesta.comparado), cuenta: null },
      ...{ columnas: COLUMNAS, filas: filasDe(vistos) },
    });
  return (
    <>
      <Titulo
        texto={decir(fraseDe(iguales, enLista.length))}
        ventana={VENTANA}
        acciones={
          <>
            {comparar}
            {vistos.length > 0 && <BajarExcel bajar={bajar} />}
          </>
        }
      >
        {decir(QUE_ES)} Comparado a las {hora(respuesta.comparado)}.
      </Titulo>
      <NoComparado respuesta={respuesta} />
      {enLista.length > 0 && <Reparto alumnos={enLista} />}
      <Fichas
        alumnos={alumnos}
        todos={deLaOtec}
        ver={ver}
        onVer={setElegido}
        curso={curso}
        onCurso={setCurso}
      />
      <Lista ver={ver} vistos={vistos} />
    </>
  );
}

function fraseDe(iguales: number, total: number): string {
  if (total === 0) return 'No hay ningún alumno que comparar';
  if (iguales === total)
    return total === 1
      ? 'El único alumno está igual en los tres lados'
      : `Los ${numero(total)} alumnos están iguales en los tres lados`;
  return `${numero(iguales)} de ${cuantos(total, 'alumno')} ${iguales === 1 ? 'está igual' : 'están iguales'} en los tres lados`;
}

/** What could not be looked at is said before anything is called alike. */
function NoComparado({ respuesta: { fallas, sinHistorial, avisos } }: { respuesta: Respuesta }) {
  const decir = useDecir();
  return (
    <>
      {[...fallas, ...sinHistorial].map(({ mensaje, queHacer }) => (
        <Aviso key={mensaje} tono="mal">
          <p>
            <strong>{decir(mensaje)}</strong>
          </p>
          <p>{decir(queHacer)}</p>
        </Aviso>
      ))}
      {avisos.map(({ mensaje }) => (
        <Aviso key={mensaje} tono="espera">
          <p>{decir(mensaje)}</p>
        </Aviso>
      ))}
    </>
  );
}

function Lista({ ver, vistos }: { ver: Lado; vistos: Alumno[] }) {
  const arreglos = useArreglos();
  const causas = (Object.keys(CAUSAS) as Causa[]).flatMap((causa) => {
    const alumnos = vistos.filter((alumno) => alumno.causa === causa);
    return alumnos.length === 0 ? [] : [{ causa, alumnos }];
  });
  if (vistos.length === 0)
    return <Vacio titulo={ver === 'por-mirar' ? 'No hay nada por mirar.' : 'Nadie.'} />;
  if (causas.length > 0)
    return (
      <>
        {arreglos.falla && <Falla error={arreglos.falla} />}
        {causas.map(({ causa, alumnos }) => (
          <GrupoConciliado key={causa} causa={causa} alumnos={alumnos} arreglos={arreglos} />
        ))}
      </>
    );
  return (
    <section className="tarjeta problema" aria-label="Alumnos">
      <TablaConciliada titulo="Alumnos" alumnos={vistos} />
    </section>
  );
}
