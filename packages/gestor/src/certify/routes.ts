import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../judge/values.ts';
import { isForm, readFields } from '../pages/form.ts';
import { sendPage } from '../pages/layout.ts';
import type { Reloj } from '../sandbox/reloj.ts';
import { moveReloj } from '../sandbox/routes.ts';
import type { Informe } from './informe.ts';
import type { Resultado } from './judge.ts';
import { OTEC_KIT } from './otec.ts';
import { certificationPage } from './pages.ts';
import { REPORT_POLICY } from './report.ts';
import type { Escenario } from './scenario.ts';
import { noScenario, readPrograma, type Session } from './session.ts';

interface KitContext {
  session: Session;
  informe: () => Informe;
  informeFirmado: () => string;
  resultados: () => Resultado[];
  escenarios: readonly Escenario[];
  reloj: Reloj;
  huella: string;
}

/** The kit's own addresses, none of which the real service has. */
export function certificationRoutes(app: FastifyInstance, kit: KitContext): void {
  const { session, informe, informeFirmado, resultados, escenarios, reloj, huella } = kit;
  const done = (request: FastifyRequest, reply: FastifyReply, answer: object = informe()) =>
    isForm(request) ? reply.redirect('/certificacion', 303) : reply.send(answer);

  app.get('/', (_request, reply) => reply.redirect('/certificacion', 302));
  app.get('/certificacion', (request, reply) => {
    const url = `${request.protocol}://${request.host}/gestor/API`;
    return request.headers.accept?.includes('text/html')
      ? sendPage(reply, certificationPage(informe(), resultados(), { url, reloj, huella }))
      : reply.send(informe());
  });
  app.get('/certificacion/hoja.json', () => writeHoja(escenarios));
  app.get('/certificacion/informe.html', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', REPORT_POLICY)
      .header('content-disposition', 'inline; filename="informe-certificacion.html"')
      .send(informeFirmado()),
  );

  app.post('/certificacion/programa', (request, reply) => {
    session.name(readPrograma(readFields(request)));
    return done(request, reply);
  });
  app.post('/certificacion/inicio', async (request, reply) => {
    const fields = optionalFields(request);
    await session.start(fields.programa === undefined ? null : readPrograma(fields));
    return done(request, reply);
  });
  app.post('/certificacion/fin', (request, reply) => {
    session.finish();
    return done(request, reply);
  });
  app.get('/certificacion/escenarios', () => informe().escenarios);
  app.get<{ Params: { id: string } }>('/certificacion/escenarios/:id', ({ params }) => {
    const found = informe().escenarios.find(({ id }) => id === params.id);
    if (!found) throw noScenario(escenarios);
    return found;
  });
  app.post<{ Params: { id: string } }>('/certificacion/escenarios/:id/reintentar', async (request, reply) => {
    const { id } = request.params;
    await session.again(id);
    return done(
      request,
      reply,
      informe().escenarios.find((each) => each.id === id),
    );
  });

  const clock = () => ({ ahora: reloj.now().toISOString(), movido: reloj.moved });
  app.get('/certificacion/reloj', clock);
  app.post('/certificacion/reloj', (request, reply) => {
    moveReloj(reloj, readFields(request));
    return done(request, reply, clock());
  });
}

/** What a program needs to work the scenarios by itself. */
function writeHoja(escenarios: readonly Escenario[]): object {
  return {
    rutOtec: OTEC_KIT.rut,
    idSistema: 1350,
    token: OTEC_KIT.token.toLowerCase(),
    tokenMalo: OTEC_KIT.tokenMalo,
    escenarios: escenarios.map(({ id, nombre, instruccion, espera, mira, curso }) => ({
      ...{ id, nombre, instruccion, espera, mira },
      estados: curso?.estados ?? [],
    })),
  };
}

/** A POST that has nothing to say may come without a body. */
function optionalFields(request: FastifyRequest): JsonObject {
  return Buffer.isBuffer(request.body) && request.body.length > 0 ? readFields(request) : {};
}
