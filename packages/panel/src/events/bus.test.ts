import { expect, test } from 'vitest';
import type { Evento } from '../api.ts';
import { EventBus, type Told } from './bus.ts';

const evento = (cursos: number): Evento => ({
  tipo: 'noche',
  rutOtec: '76111222-8',
  noche: '2026-11-22',
  cursos,
});

test('who comes back hears what was missed; who was away too long, or before a restart, reads anew', () => {
  const bus = new EventBus();
  const heard: Told[] = [];
  const stop = bus.listen((told) => heard.push(told));
  for (let count = 1; count <= 1200; count += 1) bus.tell(evento(count));
  stop();
  bus.tell(evento(1201));
  expect(heard).toHaveLength(1200);
  const at = (count: number) => heard[count - 1]?.id ?? '';
  expect(bus.since(at(1199))?.map((told) => told.evento)).toEqual([evento(1200), evento(1201)]);
  expect(bus.since(at(201))).toHaveLength(1000);
  expect(bus.since(at(200))).toBeNull();
  expect(new EventBus().since(at(1))).toBeNull();
  expect(bus.since('rubbish')).toBeNull();
  expect(bus.since(`${at(1).split('-')[0]}-99999`)).toBeNull();
});
