import type { HttpRequest, Transport } from '@puente-sic/client';
import { expect, test } from 'vitest';
import { ACCEPTED, CURSO, client, HISTORY } from './data.ts';

const headers = { date: 'Mon, 23 Nov 2026 02:10:00 GMT' };

test('a network of one’s own carries every call, and what it proves as not sent is tried again', async () => {
  const requests: HttpRequest[] = [];
  const network: Transport = async (request) => {
    requests.push(request);
    const common = { headers, durationMs: 5, body: Buffer.alloc(0) };
    if (requests.length === 1) {
      return { ...common, kind: 'broken', why: 'connect-timeout', sent: false, ...UNTOLD };
    }
    const body = Buffer.from(request.method === 'POST' ? ACCEPTED : HISTORY);
    return { ...common, kind: 'reply', status: 200, body };
  };
  // Nobody listens on port 9: only the network given can have answered.
  const gestor = client('http://127.0.0.1:9/gestor/API', { transport: network });
  expect((await gestor.sendAvance(CURSO)).answer.kind).toBe('processed');
  expect((await gestor.history()).processes).toHaveLength(1);
  expect((await gestor.testConnection()).kind).toBe('accepted');
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET', 'GET']);
});

const UNTOLD = { proxied: false, error: null, status: null };
