import type { FuenteInstalada } from '../../../src/api.ts';
import { Campo, Casilla } from '../parts/campo.tsx';
import { Plegado } from '../parts/plegado.tsx';
import { CampoPrefijo, CamposBaseDeDatos } from './fuente-campos-bd.tsx';

type De<T extends FuenteInstalada['tipo']> = Extract<FuenteInstalada, { tipo: T }>;

export function CamposArchivo({ de, nombre }: { de: De<'archivo'> | null; nombre: string }) {
  return (
    <Plegado titulo="Más opciones">
      <CampoNombre nombre={nombre} />
      <Campo
        etiqueta="Carpeta o archivo"
        name="ruta"
        defaultValue={de?.ruta ?? './planillas'}
        maxLength={300}
        required
        ayuda="En el computador donde está Puente. De una carpeta se leen todas sus planillas y los demás archivos de avance."
      />
    </Plegado>
  );
}

export function CamposMoodleBd({ de, nombre }: { de: De<'moodle-bd'> | null; nombre: string }) {
  return (
    <>
      <p className="suave">
        Pídale estos datos a quien administra su Moodle. La cuenta debe ser de solo lectura: Puente no cambia
        nada ahí.
      </p>
      <CamposBaseDeDatos de={de} />
      <Plegado titulo="Más opciones">
        <CampoNombre nombre={nombre} />
        <CampoPrefijo de={de} />
        <Campo
          etiqueta="Dirección web de su Moodle (opcional)"
          name="sitio"
          type="url"
          defaultValue={de?.sitio ?? ''}
          placeholder="https://aula.ejemplo.cl"
          maxLength={300}
          ayuda="Con ella, «Por corregir» lleva directo a la página donde se corrige cada dato."
        />
        <Casilla
          etiqueta="Cifrar la conexión (TLS)"
          name="tls"
          defaultChecked={de?.tls ?? false}
          ayuda="Si la base de datos está en otro computador. Su certificado debe ser válido."
        />
      </Plegado>
    </>
  );
}

export function CampoNombre({ nombre }: { nombre: string }) {
  return (
    <Campo
      etiqueta="Nombre de la fuente"
      name="nombre"
      defaultValue={nombre}
      maxLength={40}
      required
      ayuda="Como aparecerá en este panel."
    />
  );
}
