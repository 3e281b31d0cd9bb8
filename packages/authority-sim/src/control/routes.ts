import { cancellationScopes } from '@openbeian/model/filing';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { instantAfter, isManualClock, type SimClock } from '../clock.ts';
import type { AuthorityCore } from '../core/authority-core.ts';
import type { Delivery } from '../core/delivery.ts';
import type { SubmissionCase } from '../core/sim-state.ts';
import { type PortalStatus, portalTexts, resendOnPortal, verifyOnPortal } from '../core/sms-portal.ts';
import { durationMs } from '../duration.ts';
import { parseInput, SimProblem } from '../problem.ts';
import { listCases } from './overview.ts';
import { seedRecordsShape } from './seed-records-shape.ts';

const idParams = z.strictObject({ id: z.string().min(1).max(128) });
const confirmationShape = z.strictObject({
  mobile: z.string().max(64),
  code: z.string().max(16),
  lastSix: z.string().max(16),
});
/** Of one mobile, or of all. */
const phoneShape = z.strictObject({ mobile: z.string().max(64).optional() });
/** Whose SMS stay as they are, by their mobiles: who does not answer. */
const everybodyShape = z.strictObject({ butFor: z.array(z.string().max(64)).max(10_000).default([]) });
const resendShape = confirmationShape.omit({ code: true });
const portalAnswer = (validStatus: PortalStatus) => ({ validStatus, ...portalTexts[validStatus] });
const rejectionShape = z.strictObject({
  /** null or absent: the next one to be decided. */
  submissionId: z.string().min(1).max(128).nullable().default(null),
  reasons: z
    .array(
      z.strictObject({
        code: z.string().regex(/^\d{4}$/u),
        field: z.string().max(128).nullable(),
        text: z.string().min(1).max(1024),
      }),
    )
    .min(1)
    .max(50),
});
const cancellationShape = z.strictObject({
  scope: z.enum(cancellationScopes),
  number: z.string().min(1).max(64),
  /** Whose access ends; with the other scopes null or absent. */
  provider: z.string().min(1).max(64).nullable().default(null),
});
const clockShape = z.union([
  z.strictObject({ now: z.string() }),
  /** ISO 8601 span, e.g. PT24H */
  z.strictObject({ advance: z.string() }),
]);

/**
 * The simulator's own levers, under /control/: no real authority has them. They need no token, because the simulator
 * listens on loopback alone and knows fictional people only.
 */
export function addControls(app: FastifyInstance, core: AuthorityCore, delivery: Delivery, clock: SimClock): void {
  app.get('/control/state', async () => {
    core.tick();
    return { simulator: true, now: core.now(), manualClock: isManualClock(clock), ...listCases(core) };
  });

  app.get('/control/phone', async (request) => {
    core.tick();
    const { mobile } = parseInput(phoneShape, request.query);
    const texts = core.state.phone.filter((text) => mobile === undefined || text.mobile === mobile);
    return { texts: texts.toReversed() };
  });

  addSms(app, core);

  app.post('/control/records', async (request, reply) => {
    core.seedRecords(parseInput(seedRecordsShape, request.body));
    return reply.code(204).send();
  });

  app.post('/control/rejections', async (request, reply) => {
    const { submissionId, reasons } = parseInput(rejectionShape, request.body);
    core.planRejection(submissionId, reasons);
    return reply.code(204).send();
  });

  app.post('/control/cancellations', async (request, reply) => {
    core.cancelRecord(parseInput(cancellationShape, request.body));
    return reply.code(204).send();
  });

  addRedelivery(app, core, delivery);
  addClock(app, core, clock);
}

function addSms(app: FastifyInstance, core: AuthorityCore): void {
  app.post('/control/sms/confirmations', async (request) => {
    const { mobile, code, lastSix } = parseInput(confirmationShape, request.body);
    return core.confirmSms(mobile, code, lastSix);
  });

  app.post('/control/sms/portal', async (request) => {
    const { mobile, code, lastSix } = parseInput(confirmationShape, request.body);
    return portalAnswer(verifyOnPortal(core, mobile, code, lastSix));
  });

  app.post('/control/sms/resends', async (request) => {
    const { mobile, lastSix } = parseInput(resendShape, request.body);
    return { outcome: core.resendSms(mobile, lastSix) };
  });

  app.post('/control/sms/portal-resends', async (request) => {
    const { mobile, lastSix } = parseInput(resendShape, request.body);
    return portalAnswer(resendOnPortal(core, mobile, lastSix));
  });

  app.post('/control/sms/confirm-all', async (request) => {
    core.tick();
    const butFor = new Set(parseInput(everybodyShape, request.body ?? {}).butFor);
    const waiting = [...core.state.open].flatMap((id) => {
      const found = core.state.cases.get(id);
      return found?.status === 'sms_waiting' ? [found] : [];
    });
    const mobilesOf = ({ challenges }: SubmissionCase) => challenges.map(({ mobile }) => mobile);
    const left = waiting.filter((found) => mobilesOf(found).some((mobile) => butFor.has(mobile)));
    const answered = waiting.filter((found) => !left.includes(found));
    for (const { submission } of answered) core.confirmAllSms(submission.id);
    return {
      confirmed: answered.length,
      left: left.map((found) => ({ submissionId: found.submission.id, mobiles: mobilesOf(found) })),
    };
  });

  app.post('/control/submissions/:id/sms-confirmation', async (request, reply) => {
    core.confirmAllSms(parseInput(idParams, request.params).id);
    return reply.code(204).send();
  });
}

function addRedelivery(app: FastifyInstance, core: AuthorityCore, delivery: Delivery): void {
  app.post('/control/messages/:id/redelivery', async (request, reply) => {
    const { id } = parseInput(idParams, request.params);
    if (!core.state.messages.has(id)) throw new SimProblem(404, 'not_found', `no message ${id}`);
    delivery.redeliver(id);
    return reply.code(204).send();
  });

  app.post('/control/messages/redelivery', async () => {
    core.tick();
    const ids = [...core.state.messages.keys()];
    for (const id of ids) delivery.redeliver(id);
    return { messages: ids.length };
  });
}

function addClock(app: FastifyInstance, core: AuthorityCore, clock: SimClock): void {
  app.get('/control/clock', async () => ({ now: core.now(), manual: isManualClock(clock) }));

  app.post('/control/clock', async (request) => {
    const wanted = parseInput(clockShape, request.body);
    if (!isManualClock(clock)) {
      throw new SimProblem(409, 'conflict', 'the simulator runs on the real clock; start it with a manual one');
    }
    try {
      clock.set('now' in wanted ? wanted.now : instantAfter(core.now(), durationMs(wanted.advance)));
    } catch (error) {
      const path = 'now' in wanted ? 'now' : 'advance';
      throw new SimProblem(400, 'malformed', 'the clock cannot be moved there', [
        { path, expected: (error as Error).message },
      ]);
    }
    core.noteClock();
    return { now: core.now(), manual: true };
  });
}
