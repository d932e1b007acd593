import { fastify } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { levelOf, logRequests, REQUEST_ID_OPTIONS } from '../../../src/api/request-log.ts';

function served() {
  const lines: Record<string, unknown>[] = [];
  const server = fastify(REQUEST_ID_OPTIONS);
  logRequests(server, pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) }));
  server.post('/api/v1/incidents/:id/acknowledge', async () => ({}));
  server.post('/webhooks/alertmanager', async (_request, reply) => reply.code(401).send({}));
  return { server, lines };
}

describe('the log', () => {
  it('has one line for a change, with the id that the answer has, the incident, and neither query nor body', async () => {
    const { server, lines } = served();
    const answer = await server.inject({ method: 'POST', url: '/api/v1/incidents/01KJ/acknowledge?token=hush', payload: { comment: 'hush' } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      requestId: answer.headers['x-request-id'],
      method: 'POST',
      route: '/api/v1/incidents/:id/acknowledge',
      incidentId: '01KJ',
      status: 200,
    });
    expect(JSON.stringify(lines)).not.toContain('hush');
  });

  it('warns of a webhook that was refused', async () => {
    const { server, lines } = served();
    await server.inject({ method: 'POST', url: '/webhooks/alertmanager', payload: {} });
    expect(lines).toMatchObject([{ level: 40, status: 401 }]);
  });

  it.each([
    ['GET', '/api/v1/incidents', 200, 'debug'],
    ['POST', '/webhooks/grafana', 202, 'debug'],
    ['POST', '/webhooks/grafana', 503, 'warn'],
    ['PUT', '/api/v1/topology', 200, 'info'],
    ['POST', '', 404, 'debug'],
  ])('is as loud for %s %s answered %i as %s', (method, route, status, level) => {
    expect(levelOf(method, route, status)).toBe(level);
  });
});
