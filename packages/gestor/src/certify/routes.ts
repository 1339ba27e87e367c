import type { KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isForm, readFields } from '../pages/form.ts';
import { sendPage } from '../pages/layout.ts';
import type { Reloj } from '../sandbox/reloj.ts';
import { moveReloj } from '../sandbox/routes.ts';
import { certificationPage, signedReport } from './pages.ts';
import { writeInforme } from './report.ts';
import type { Escenario } from './scenario.ts';
import { OTEC_KIT, type Resultado } from './scenarios.ts';
import { signText } from './sign.ts';

interface KitContext {
  resultados: () => Resultado[];
  escenarios: readonly Escenario[];
  reloj: Reloj;
  key: KeyObject;
  huella: string;
}

/** The kit's own addresses, none of which the real service has. */
export function certificationRoutes(app: FastifyInstance, kit: KitContext): void {
  const { resultados, escenarios, reloj, key, huella } = kit;

  app.get('/', (_request, reply) => reply.redirect('/certificacion', 302));
  app.get('/certificacion', (request, reply) => {
    const url = `${request.protocol}://${request.host}/gestor/API`;
    return request.headers.accept?.includes('text/html')
      ? sendPage(reply, certificationPage(resultados(), { url, reloj, huella }))
      : reply.send(writeInforme(resultados(), reloj.now()));
  });
  app.get('/certificacion/hoja.json', () => ({
    rutOtec: OTEC_KIT.rut,
    idSistema: 1350,
    token: OTEC_KIT.token.toLowerCase(),
    tokenMalo: OTEC_KIT.tokenMalo,
    escenarios: escenarios.map(({ id, nombre, instruccion, espera, curso }) => ({
      id,
      nombre,
      instruccion,
      espera,
      estados: curso?.estados ?? [],
    })),
  }));
  app.get('/certificacion/informe.html', (_request, reply) => {
    const now = resultados();
    const signed = signText(JSON.stringify(writeInforme(now, reloj.now())), key);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .header('content-disposition', 'inline; filename="informe-certificacion.html"')
      .send(signedReport(now, signed, huella));
  });
  app.get('/certificacion/reloj', () => ({ ahora: reloj.now().toISOString(), movido: reloj.moved }));
  app.post('/certificacion/reloj', (request, reply) => {
    moveReloj(reloj, readFields(request));
    return isForm(request)
      ? reply.redirect('/certificacion', 303)
      : reply.send({ ahora: reloj.now().toISOString(), movido: reloj.moved });
  });
}
