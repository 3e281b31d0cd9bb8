import { compact, normalPhone } from '@openbeian/model/forms';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { parseInput } from '../problem.ts';
import type { InterfaceWorld } from '../v3/world.ts';
import { addInterfacePage } from './interface-page.ts';
import { layOut, type Page } from './layout.ts';
import { overviewPage, phonePage, queryPage, smsPage } from './pages.ts';

const smsForm = z.object({
  // As people paste them: nothing is cut, and what only divides the digits is left out.
  mobile: z.string().max(64).transform(normalPhone),
  code: z.string().max(16).transform(compact),
  lastSix: z.string().max(16).transform(compact),
});
const querySearch = z.object({ search: z.string().trim().max(255).optional() });

/** The pages for people: plain server-rendered HTML without any script. */
export function addWebFace(app: FastifyInstance, world: InterfaceWorld): void {
  const { core } = world;
  const send = (reply: FastifyReply, page: Page) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
      .header('cache-control', 'no-store')
      .send(layOut(page, core.now()));

  app.register(async (web) => {
    web.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    web.get('/', (_request, reply) => {
      core.tick();
      return send(reply, overviewPage(core.state));
    });
    web.get('/sms', (_request, reply) => send(reply, smsPage(null)));
    web.post('/sms', (request, reply) => {
      const { mobile, code, lastSix } = parseInput(smsForm, request.body);
      const answer = core.confirmSms(mobile, code, lastSix);
      // Only after a wrong try is the same mobile asked again.
      return send(reply, smsPage(answer, answer.outcome === 'wrong' ? mobile : ''));
    });
    web.post('/sms/again', (request, reply) => {
      const { mobile, lastSix } = parseInput(smsForm.omit({ code: true }), request.body);
      return send(reply, smsPage({ outcome: `resend_${core.resendSms(mobile, lastSix)}` }, mobile));
    });
    addInterfacePage(web, world, send);
    web.get('/phone', (_request, reply) => {
      core.tick();
      return send(reply, phonePage(core.state));
    });
    web.get('/query', (request, reply) => {
      core.tick();
      const { search } = parseInput(querySearch, request.query);
      return send(reply, queryPage(core.state, search || null));
    });
  });
}
