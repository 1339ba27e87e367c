import { alumnos, chunks, inCourse, modulos, onWire, withAlumnos } from './changes.ts';
import { askByCode, type Habits } from './program.ts';

/** Programs with one fault each, and the scenario that must fail for it. */
export const FAULTY: Record<string, readonly [escenario: string, habits: Habits]> = {
  'milisegundos por segundos': [
    'valores',
    {
      body: inCourse(
        'CERT-VALORES',
        modulos((modulo) => (modulo.tiempoConectividad = Number(modulo.tiempoConectividad) * 1000)),
      ),
    },
  ],
  'el avance del curso en cada módulo': [
    'valores',
    {
      body: inCourse(
        'CERT-VALORES',
        alumnos(({ porcentajeAvance, listaModulos }) => {
          for (const modulo of listaModulos) modulo.porcentajeAvance = porcentajeAvance;
        }),
      ),
    },
  ],
  'estado en palabras': [
    'valores',
    {
      body: inCourse(
        'CERT-VALORES',
        alumnos((alumno) => (alumno.estado = 'aprobado')),
      ),
    },
  ],
  'la sección en lugar del grupo': [
    'valores',
    { body: inCourse('CERT-VALORES', (cuerpo) => (cuerpo.codigoGrupo = 'A')) },
  ],
  'la nota del módulo en el alumno': [
    'solo-lo-pedido',
    {
      body: inCourse(
        'CERT-V2',
        alumnos((alumno) => (alumno.notaModulo = 62)),
      ),
    },
  ],
  'el nombre del alumno en la actividad': [
    'nombres-50',
    {
      body: inCourse(
        'CERT-PRIMERO',
        modulos(({ listaActividades }) => {
          for (const actividad of listaActividades) actividad.codigoActividad = 'Lectura 1 (Ana Inventada)';
        }),
      ),
    },
  ],
  'corta por bytes': [
    'nombres-50',
    {
      body: inCourse(
        'CERT-NOMBRES',
        modulos(({ listaActividades }) => {
          for (const actividad of listaActividades)
            actividad.codigoActividad = Buffer.from(String(actividad.codigoActividad))
              .subarray(0, 50)
              .toString('utf8');
        }),
      ),
    },
  ],
  'el cuerpo en latin-1': [
    'nombres-50',
    { wire: onWire('CERT-NOMBRES', ({ body }) => ({ body: Buffer.from(String(body), 'latin1') })) },
  ],
  'fechas ISO con T': [
    'fechas',
    {
      body: inCourse(
        'CERT-FECHAS',
        alumnos((alumno) => (alumno.fechaFin = '2026-12-18T23:59:00')),
      ),
    },
  ],
  'sin fecha de término': [
    'fechas',
    {
      body: inCourse(
        'CERT-FECHAS',
        modulos((modulo) => {
          delete modulo.fechaFin;
        }),
      ),
    },
  ],
  'el RUT de la OTEC con puntos': [
    'token-bueno',
    { body: inCourse('CERT-LENTA', (cuerpo) => (cuerpo.rutOtec = '76.543.210-3')) },
  ],
  'otro idSistema': ['token-bueno', { body: inCourse('CERT-LENTA', (cuerpo) => (cuerpo.idSistema = 1351)) }],
  'JSON dentro de un texto': [
    'tipo-contenido',
    { wire: onWire('CERT-LENTA', ({ body }) => ({ body: JSON.stringify(body) })) },
  ],
  'una lista en lugar de un objeto': [
    'tipo-contenido',
    { wire: onWire('CERT-LENTA', ({ body }) => ({ body: `[${body}]` })) },
  ],
  'preguntó antes del corte y no después': [
    'corte-antes',
    {
      beforeSend: async (program) => {
        await program.history();
      },
      arrived: async (program, part, codigo) =>
        part.codigoOferta === 'CERT-CORTE-1' ? false : askByCode(program, part, codigo),
    },
  ],
  'pregunta con un token que no vale': [
    'corte-antes',
    {
      arrived: async (program, part, codigo) => {
        if (part.codigoOferta !== 'CERT-CORTE-1') return askByCode(program, part, codigo);
        await program.history({ token: program.tokenMalo });
        return false;
      },
    },
  ],
  'pregunta y envía igual': [
    'corte-despues',
    {
      arrived: async (program, part, codigo) =>
        (await askByCode(program, part, codigo)) && part.codigoOferta !== 'CERT-CORTE-2',
    },
  ],
  'tras el 503, dos veces': [
    'http-503',
    {
      after503: async (program, part) => {
        await program.send(part, 'otra-vez');
      },
    },
  ],
  'espera dos segundos tras el 503': ['http-503', { pause: 2 }],
  'dos veces en la ventana': [
    'noche',
    { night: (send) => (send.startsWith('2026-11') ? [send, '2026-11-10T23:35:00-03:00'] : [send]) },
  ],
  'a mediodía además de la noche': [
    'noche',
    { night: (send) => (send.startsWith('2026-11') ? ['2026-11-10T14:00:00-03:00', send] : [send]) },
  ],
  'fechaEjecucion en UTC': [
    'noche',
    {
      body: inCourse(
        'CERT-NOCHE',
        alumnos((alumno) => (alumno.fechaEjecucion = '2026-11-11')),
      ),
    },
  ],
  'reenvía también a los aceptados de la parte': [
    'html-delante',
    { resend: (curso, refused) => (curso.codigoOferta === 'CERT-HTML' ? curso : refused) },
  ],
  'la última parte otra vez': [
    'mil-alumnos',
    {
      parts: (curso) => {
        const parts = chunks(curso, 200);
        return curso.codigoOferta === 'CERT-MIL' ? [...parts.slice(0, 2), ...parts.slice(1)] : parts;
      },
    },
  ],
};

/** Programs that never do what a scenario waits for, and the one that stays pending. */
export const INCOMPLETE: Record<string, readonly [escenario: string, habits: Habits]> = {
  'omite a un alumno': [
    'primer-envio',
    {
      parts: (curso) => [
        curso.codigoOferta === 'CERT-PRIMERO' ? withAlumnos(curso, curso.listaAlumnos.slice(1)) : curso,
      ],
    },
  ],
  'omite un módulo': [
    'valores',
    {
      body: inCourse(
        'CERT-VALORES',
        alumnos((alumno) => (alumno.listaModulos = alumno.listaModulos.slice(0, 1))),
      ),
    },
  ],
  'no vuelve a enviar lo que no cambió': [
    'igual',
    {
      later: (state, first) =>
        withAlumnos(
          state,
          state.listaAlumnos.filter(
            ({ porcentajeAvance }, at) => porcentajeAvance > (first.listaAlumnos[at]?.porcentajeAvance ?? 0),
          ),
        ),
    },
  ],
  'no reenvía lo rechazado': [
    'parcial',
    { resend: (curso, refused) => (curso.codigoOferta === 'CERT-PARCIAL' ? null : refused) },
  ],
  'no pregunta nunca por lo perdido': [
    'corte-despues',
    {
      arrived: async (program, part, codigo) =>
        part.codigoOferta === 'CERT-CORTE-2' || askByCode(program, part, codigo),
    },
  ],
};
