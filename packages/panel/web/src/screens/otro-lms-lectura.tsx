import type { Of } from '../api.ts';
import { Campo, Opciones } from '../parts/campo.tsx';
import { Plegado } from '../parts/plegado.tsx';
import type { CambioDeBorrador } from './otro-lms-base.tsx';
import { type Borrador, type Lectura, llevaRegistro } from './otro-lms-datos.ts';

/** How the tables of a database are turned into what Puente asks for. */
export function LecturaDeOtroLms({
  borrador,
  ofrecidos: { recetas, modelos },
  cambiar,
}: {
  borrador: Borrador;
  ofrecidos: Of<'otrosLms'>;
  cambiar: CambioDeBorrador;
}) {
  const { lectura, motor, parametros } = borrador;
  const suyas = recetas.filter(({ motores }) => motores.includes(motor));
  const opciones: { valor: Lectura; texto: string; ayuda: string }[] = [
    ...suyas.map(({ receta, titulo }) => ({
      valor: `receta:${receta}` as const,
      texto: titulo,
      ayuda: 'Las consultas vienen con Puente: no hay que escribir nada.',
    })),
    {
      valor: 'texto',
      texto: 'Pegar las consultas aquí',
      ayuda:
        'Para una plataforma propia, u otro LMS: una consulta por tabla, con los nombres que Puente pide.',
    },
    {
      valor: 'archivo',
      texto: 'Un archivo con las consultas',
      ayuda: 'Si su técnico las mantiene en un archivo .sql, junto a la configuración de Puente.',
    },
  ];
  const receta = suyas.find((una) => lectura === `receta:${una.receta}`);
  return (
    <>
      <Opciones
        titulo="¿Cómo se leen?"
        nombre="lectura"
        opciones={opciones}
        elegida={lectura}
        onElegir={(elegida) => cambiar({ lectura: elegida })}
      />
      {receta && (
        <div className="codigos">
          {receta.parametros.map(({ nombre, que, usual }) => (
            <Campo
              key={nombre}
              etiqueta={que[0]?.toUpperCase() + que.slice(1)}
              value={parametros[nombre] ?? ''}
              placeholder={usual}
              onChange={({ currentTarget: { value } }) =>
                cambiar({ parametros: { ...parametros, [nombre]: value } })
              }
              autoComplete="off"
              spellCheck={false}
              maxLength={300}
              ayuda={`Lo usual, y lo que vale si queda vacío: ${usual}`}
            />
          ))}
        </div>
      )}
      {lectura === 'archivo' && (
        <Campo
          etiqueta="Archivo de consultas"
          value={borrador.consultas}
          onChange={({ currentTarget: { value } }) => cambiar({ consultas: value })}
          maxLength={300}
          required
          ayuda="En el computador donde está Puente; termina en .sql."
        />
      )}
      {lectura === 'texto' && <Consultas texto={borrador.texto} modelos={modelos} cambiar={cambiar} />}
      <MasOpciones borrador={borrador} cambiar={cambiar} />
    </>
  );
}

function Consultas({
  texto,
  modelos,
  cambiar,
}: {
  texto: string;
  modelos: Of<'otrosLms'>['modelos'];
  cambiar: CambioDeBorrador;
}) {
  return (
    <div className="campo">
      <label htmlFor="consultas">Consultas</label>
      <p id="consultas-ayuda" className="suave chico">
        Cada una bajo su título, como «-- entidad: alumnos». Solo pueden leer. No se preocupe si una columna
        se llama de otro modo: al revisarlas podrá decir cuál es.
      </p>
      <textarea
        id="consultas"
        aria-describedby="consultas-ayuda"
        className="consultas"
        rows={14}
        value={texto}
        onChange={({ currentTarget: { value } }) => cambiar({ texto: value })}
        spellCheck={false}
        maxLength={200_000}
        required
      />
      {texto.trim() === '' && (
        <div className="fila">
          {modelos.map((modelo) => (
            <button key={modelo.nombre} type="button" onClick={() => cambiar({ texto: modelo.texto })}>
              Comenzar con un modelo: {modelo.nombre}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What few have to change. */
export function MasOpciones({ borrador, cambiar }: { borrador: Borrador; cambiar: CambioDeBorrador }) {
  return (
    <Plegado titulo="Más opciones">
      {llevaRegistro(borrador) && (
        <Campo
          etiqueta="Registro de eventos de Open edX"
          value={borrador.registro}
          onChange={({ currentTarget: { value } }) => cambiar({ registro: value })}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          ayuda="La carpeta donde están tracking.log y los anteriores, en el computador de Puente: de ahí salen los clics. En otro LMS, déjelo vacío."
        />
      )}
      <Campo
        etiqueta="Zona horaria de las fechas y horas que no la dicen"
        value={borrador.zonaHoraria}
        onChange={({ currentTarget: { value } }) => cambiar({ zonaHoraria: value })}
        maxLength={60}
        ayuda="La de Chile continental es America/Santiago. Si todas sus fechas la traen, da lo mismo."
      />
      <Campo
        etiqueta="Nombre de la fuente"
        value={borrador.nombre}
        onChange={({ currentTarget: { value } }) => cambiar({ nombre: value })}
        maxLength={40}
        required
        ayuda="Como aparecerá en este panel."
      />
    </Plegado>
  );
}
