import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Of, pedir, subir } from '../api.ts';
import { cuantos, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { brindar } from '../parts/brindis.tsx';
import { Aviso, Falla } from '../parts/estado.tsx';
import { Hallazgos } from '../parts/hallazgos.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { elegir } from '../planilla.ts';
import { useConectado } from '../sesion.ts';
import { CambiosDeUnCurso } from './planilla-cambios.tsx';

type Vista = Of<'planillaVista'>;

/** What would change, and what to do with the sheet. */
export function Decidir({
  vista,
  ruta,
  file,
  onEnviada,
  preguntas,
  children,
}: {
  vista: Vista;
  ruta: string;
  file: File;
  /** What the sheet leaves open, before what would be sent of it. */
  preguntas: ReactNode;
  onEnviada: (trabajo: string) => void;
  children: ReactNode;
}) {
  const decir = useDecir();
  const conectado = useConectado();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const guardar = useMutation({
    mutationFn: async (ahora: boolean) => {
      await subir<'guardarPlanillaHecha'>(ruta, file);
      if (!ahora) return null;
      // One send at a time: the same provider sends its courses one after the other.
      const [curso, otro] = vista.cursos;
      const only = curso !== undefined && otro === undefined;
      const { rutOtec = '', codigoOferta = '', codigoGrupo = '' } = curso ?? {};
      return pedir<'trabajo'>('POST', '/api/envios', {
        fueraDeVentana: true,
        ...(only && { curso: { rutOtec, codigoOferta, codigoGrupo } }),
      });
    },
    onSuccess: async (trabajo) => {
      await queryClient.invalidateQueries();
      elegir(null);
      if (trabajo !== null) {
        queryClient.setQueryData(['trabajo', trabajo.id], trabajo);
        onEnviada(trabajo.id);
        return;
      }
      brindar({ texto: `«${vista.archivo}» quedó guardada. Sale esta noche.`, acciones: [] });
      await navigate({ to: '/' });
    },
  });
  const alumnos = vista.cursos.reduce((sum, curso) => sum + curso.alumnos, 0);
  const menguados = vista.cursos.filter(
    (curso) => curso.ausentes.length > 0.3 * (curso.alumnos + curso.ausentes.length),
  );
  const ausentes = menguados.length > 0;
  const idos = menguados.reduce((sum, curso) => sum + curso.ausentes.length, 0);
  const antes = idos + menguados.reduce((sum, curso) => sum + curso.alumnos, 0);
  // Until somebody answers nothing of it can go: a button that says so would send nobody.
  const nadie = alumnos > 0 && vista.cursos.every((curso) => curso.retenidos.length === curso.alumnos);
  const [segura, setSegura] = useState(!ausentes);
  const [curso, otro] = vista.cursos;
  const de = curso !== undefined && otro === undefined ? curso.titulo : cuantos(vista.cursos.length, 'curso');
  return (
    <>
      <Titulo texto={`Así entendí su planilla: ${cuantos(alumnos, 'alumno')} de ${de}`} ventana="Planilla">
        «{vista.archivo}».{' '}
        {vista.reemplaza.length > 0 && `Reemplaza a ${vista.reemplaza.map((una) => `«${una}»`).join(', ')}. `}
        Nada se guarda hasta que usted lo decida.
      </Titulo>
      {vista.comparte.length > 0 && (
        <Aviso tono="mal">
          <p>
            <strong>
              {vista.comparte.map((una) => `«${una}»`).join(', ')} trae un curso de esta planilla y también
              otros.
            </strong>
          </p>
          <p>
            Esos alumnos quedarían dos veces. Quite esa planilla en Ajustes, o suba una con todos sus cursos.
          </p>
        </Aviso>
      )}
      {vista.sinInformar.length > 0 && (
        <Aviso tono="espera">
          <p>
            <strong>No se informa a SENCE: {vista.sinInformar.join(', ')}.</strong>
          </p>
          <p>
            Un curso nuevo se anuncia en Hoy después de la noche, y ahí se dice si se informa. También se
            elige en Ajustes, en los cursos de esta fuente.
          </p>
        </Aviso>
      )}
      {preguntas}
      {vista.cursos.map((uno) => (
        <CambiosDeUnCurso key={`${uno.codigoOferta} ${uno.codigoGrupo}`} curso={uno} />
      ))}
      <Hallazgos de={vista.hallazgos} titulo="de la planilla" />
      {children}
      {ausentes && (
        <label className="casilla aviso mal">
          <input
            type="checkbox"
            checked={segura}
            onChange={(event) => setSegura(event.currentTarget.checked)}
          />
          <span>
            <strong>
              {numero(idos)} de {cuantos(antes, 'alumno')} ya no {idos === 1 ? 'viene' : 'vienen'}. ¿Es la
              planilla completa?
            </strong>{' '}
            Sí, es la planilla completa: quienes ya no vienen dejan de informarse.
          </span>
        </label>
      )}
      {guardar.isError && <Falla error={guardar.error} />}
      <div className="fila medio">
        <button
          type="button"
          className="principal"
          disabled={guardar.isPending || !conectado || !segura || nadie || vista.cursos.length === 0}
          onClick={() => guardar.mutate(true)}
        >
          Enviar el avance de {numero(alumnos)} {alumnos === 1 ? 'alumno' : 'alumnos'} ahora
        </button>
        <button
          type="button"
          disabled={guardar.isPending || !conectado || !segura}
          onClick={() => guardar.mutate(false)}
        >
          Guardar: saldrán esta noche
        </button>
        <Descartar />
        {nadie && (
          <span className="pie-nota">Todavía no se puede enviar el avance de nadie de esta planilla.</span>
        )}
        <span className="pie-nota">{decir('SENCE pide informar entre las 22:00 y las 00:00.')}</span>
      </div>
    </>
  );
}

export function Descartar() {
  return (
    <button type="button" className="llano" onClick={() => elegir(null)}>
      Descartar
    </button>
  );
}
