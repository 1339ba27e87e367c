import { useState } from 'react';
import type { FuenteInstalada } from '../../../src/api.ts';
import { Campo, Opciones } from '../parts/campo.tsx';
import { Plegado } from '../parts/plegado.tsx';
import { CampoNombre } from './fuente-campos.tsx';
import { CampoPrefijo, CamposBaseDeDatos } from './fuente-campos-bd.tsx';
import type { Tiempo } from './fuente-datos.ts';

const TIEMPOS: { valor: Tiempo; texto: string; ayuda: string }[] = [
  {
    valor: 'base-de-datos',
    texto: 'De la base de datos de Moodle',
    ayuda: 'Exacto y siempre al día. Necesita una cuenta de solo lectura.',
  },
  {
    valor: 'csv',
    texto: 'De los registros que descargo de Moodle',
    ayuda:
      'Exacto hasta el momento de la descarga, que hay que repetir cada día: Informes → Registros → Descargar como CSV.',
  },
  {
    valor: 'informe',
    texto: 'De un informe personalizado de Moodle',
    ayuda: 'Con el complemento «Dedicación de usuarios». Solo da el total de cada curso, en minutos.',
  },
  {
    valor: 'despues',
    texto: 'Todavía no lo sé',
    ayuda: 'Puede probar que el token sirve; para ver los cursos y enviar hay que elegir uno de los otros.',
  },
];

export function CamposMoodleWs({
  de,
  nombre,
}: {
  de: Extract<FuenteInstalada, { tipo: 'moodle-ws' }> | null;
  nombre: string;
}) {
  const [tiempo, setTiempo] = useState<Tiempo>(de?.tiempo?.de ?? 'despues');
  const guardado = de?.tiempo ?? null;
  const bd = guardado?.de === 'base-de-datos' ? guardado : null;
  return (
    <>
      <Campo
        etiqueta="Dirección web de su Moodle"
        name="url"
        type="url"
        defaultValue={de?.url ?? ''}
        placeholder="https://aula.ejemplo.cl"
        maxLength={300}
        required
      />
      <Campo
        etiqueta="Token de servicios web"
        name="token"
        type="password"
        autoComplete="off"
        required={!de?.conToken}
        maxLength={2000}
        ayuda={
          de?.conToken
            ? 'Ya hay uno guardado: déjelo vacío para seguir con ese.'
            : 'Lo crea quien administra su Moodle, en Administración del sitio → Servidor → Servicios web.'
        }
      />
      <Opciones
        titulo="¿De dónde sale el tiempo que cada alumno estuvo conectado?"
        nombre="tiempo"
        opciones={TIEMPOS}
        elegida={tiempo}
        onElegir={setTiempo}
      />
      <p className="suave">
        SENCE pide ese tiempo de cada alumno y Moodle no lo entrega por servicios web. Puente no lo inventa:
        mientras no sepa de dónde sacarlo, no envía nada.
      </p>
      {tiempo === 'base-de-datos' && <CamposBaseDeDatos de={bd} />}
      {tiempo === 'csv' && (
        <Campo
          etiqueta="Carpeta o archivo de los registros descargados"
          name="rutaTiempo"
          defaultValue={guardado?.de === 'csv' ? guardado.ruta : './registros'}
          maxLength={300}
          required
          ayuda="En el computador donde está Puente."
        />
      )}
      {tiempo === 'informe' && (
        <Campo
          etiqueta="Número del informe"
          name="numero"
          type="number"
          min={1}
          defaultValue={guardado?.de === 'informe' ? guardado.numero : ''}
          required
          ayuda="El que aparece al final de su dirección en Moodle: …/reportbuilder/view.php?id=3."
        />
      )}
      <Plegado titulo="Más opciones">
        <CampoNombre nombre={nombre} />
        {tiempo === 'base-de-datos' && <CampoPrefijo de={bd} />}
        <Campo
          etiqueta="Número del informe de inscripciones (opcional)"
          name="informeInscripciones"
          type="number"
          min={1}
          defaultValue={de?.informeInscripciones ?? ''}
          ayuda="Si hay alumnos con fechas propias. Sin él, todos van con las fechas de su curso."
        />
      </Plegado>
    </>
  );
}
