import { expect, test } from 'vitest';
import { ENTREGAS } from './api/entregas.ts';
import { API } from './api.ts';
import { panelOpenApi } from './openapi.ts';

test('every route of the contract stands in the document, under its own name', () => {
  const { paths } = panelOpenApi({ version: '1.2.3' }) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const found = Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(found.sort()).toEqual([...Object.keys(API), ...Object.keys(ENTREGAS), 'resultadoDeCurso'].sort());
  const envio = paths['/api/envios/{codigoEnvio}']?.get;
  expect(envio?.parameters).toEqual([
    { name: 'codigoEnvio', in: 'path', required: true, schema: { type: 'string' } },
  ]);
  expect(paths['/api/sesion']?.post?.security).toEqual([]);
  expect(paths['/api/hoy']?.get?.security).toBeUndefined();
});

interface Operation {
  operationId: string;
  parameters?: object[];
  security?: object[];
}
