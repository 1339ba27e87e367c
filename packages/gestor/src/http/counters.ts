import { type Counter, Metrics } from '../metrics.ts';

/** Everything that the service counts. */
export interface ServiceMetrics {
  registry: Metrics;
  requests: Counter;
  requestSeconds: Counter;
  registros: Counter;
  limited: Counter;
}

export function serviceMetrics(): ServiceMetrics {
  const registry = new Metrics();
  return {
    registry,
    requests: registry.counter('gestor_requests_total', 'Answers by route and status.'),
    requestSeconds: registry.counter('gestor_request_seconds_total', 'Time spent on answers by route.'),
    registros: registry.counter('gestor_records_total', 'Student x module records by result.'),
    limited: registry.counter('gestor_rate_limited_total', 'Calls turned away by the rate limit.'),
  };
}
