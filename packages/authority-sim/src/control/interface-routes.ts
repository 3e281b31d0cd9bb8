import { subjectKinds } from '@openbeian/model/filing';
import { provinces } from '@openbeian/model/province';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { judge } from '../conformance/judge.ts';
import { findAlterFault } from '../core/altered-books.ts';
import { SimRefusal } from '../core/authority-core.ts';
import { lineKey } from '../core/lines.ts';
import { parseInput } from '../problem.ts';
import { faultNames, faults } from '../v3/mischief.ts';
import { Notices } from '../v3/notices.ts';
import type { InterfaceWorld } from '../v3/world.ts';

const province = z.enum(provinces.map(({ code }) => code));
const lineShape = z.strictObject({ unit: z.int().min(1), province });
const number = z.string().trim().min(1).max(64);
const domainName = z.string().trim().min(4).max(128);
const address = z.ipv4();

/** What `POST /control/v3/notices` takes, by what the authority is to say. */
export const noticeShape = z.discriminatedUnion('say', [
  z.strictObject({ say: z.literal('verification_task'), number }),
  z.strictObject({ say: z.literal('correction'), number, text: z.string().trim().min(1).max(255) }),
  z.strictObject({
    say: z.literal('check'),
    number,
    found: z.enum(['wrong_subject', 'over_reported', 'under_reported', 'dead', 'alive', 'look_again']),
  }),
  z.strictObject({
    say: z.literal('unfiled_sites'),
    line: lineShape,
    sites: z.array(z.strictObject({ domainName, address })).min(1).max(500),
  }),
  z.strictObject({ say: z.literal('illegal_access'), domainName, address, unit: z.int().min(1) }),
  z.strictObject({
    say: z.literal('blacklist'),
    subject: z
      .strictObject({ name: z.string().min(1).max(255), certificateNumber: z.string().min(1).max(255) })
      .nullable(),
    domainName: domainName.nullable(),
    act: z.enum(['added', 'changed', 'removed']).default('added'),
  }),
  z.strictObject({ say: z.literal('code_tables'), line: lineShape.nullable().default(null) }),
  z.strictObject({ say: z.literal('everything'), line: lineShape }),
]);

export const faultOrder = z.strictObject({
  name: z.enum(faultNames),
  times: z.int().min(1).max(100).default(1),
  line: lineShape.nullable().default(null),
});

/** Has the authority say something. */
export function say(world: InterfaceWorld, notice: z.output<typeof noticeShape>): void {
  const notices = new Notices(world);
  switch (notice.say) {
    case 'verification_task':
      return notices.sendTask(notice.number);
    case 'correction':
      return notices.demandCorrection(notice.number, notice.text);
    case 'check':
      return notices.sendCheck(notice.number, notice.found);
    case 'unfiled_sites':
      return notices.listUnfiled(notice.line, notice.sites);
    case 'illegal_access':
      return notices.listIllegalAccess(notice.domainName, notice.address, notice.unit);
    case 'blacklist':
      return notices.blacklist(notice);
    case 'code_tables':
      return notices.sendCodeTables(notice.line);
    case 'everything':
      notices.sendEverything(notice.line);
  }
}

/** Shape of what `POST /control/v3/books` takes: what is altered in the books without anybody being told. */
const bookChangeShape = z.discriminatedUnion('alter', [
  z.strictObject({ alter: z.literal('removed'), number }),
  z.strictObject({ alter: z.literal('renumbered'), number, to: number }),
  z.strictObject({
    alter: z.literal('holder'),
    number,
    name: z.string().trim().min(1).max(255).optional(),
    certificateNumber: z.string().trim().min(1).max(128).optional(),
  }),
  z.strictObject({
    alter: z.literal('site'),
    number,
    name: z.string().trim().min(1).max(512).optional(),
    domainName: domainName.optional(),
  }),
  z.strictObject({ alter: z.literal('access_removed'), number, provider: z.string().min(1).max(64) }),
  z.strictObject({
    alter: z.literal('access_added'),
    number,
    provider: z.string().min(1).max(64),
    line: lineShape,
  }),
  z.strictObject({
    alter: z.literal('entered'),
    number,
    name: z.string().trim().min(1).max(255),
    kind: z.enum(subjectKinds),
    certificateType: z.string().min(1).max(64),
    certificateNumber: z.string().trim().min(1).max(128),
    siteName: z.string().trim().min(1).max(512),
    domainName,
    provider: z.string().min(1).max(64),
    line: lineShape,
  }),
]);

/** Alters the books; nobody is told. */
function alter({ core }: InterfaceWorld, change: z.output<typeof bookChangeShape>): void {
  core.tick();
  const fault = findAlterFault(core.state, change);
  if (fault !== null) throw new SimRefusal('malformed', `malformed: ${fault.path}`, [fault]);
  core.record([{ type: 'BooksAltered', change }]);
}

/** Levers of interface V3.0, under /control/v3/: what the authority says, which faults it plays, and what was called. */
export function addInterfaceControls(app: FastifyInstance, world: InterfaceWorld): void {
  app.post('/control/v3/notices', async (request, reply) => {
    world.core.tick();
    say(world, parseInput(noticeShape, request.body));
    return reply.code(204).send();
  });

  app.post('/control/v3/books', async (request, reply) => {
    alter(world, parseInput(bookChangeShape, request.body));
    return reply.code(204).send();
  });

  app.get('/control/v3/faults', async () => ({
    known: faultNames.map((name) => ({ name, zh: faults[name].zh, en: faults[name].en })),
    played: world.mischief.played,
  }));

  app.post('/control/v3/faults', async (request, reply) => {
    const { name, times, line } = parseInput(faultOrder, request.body);
    world.mischief.order(name, times, line);
    return reply.code(204).send();
  });

  app.get('/control/v3/conformance', async () => {
    world.core.tick();
    return judge({ calls: world.calls.calls, state: world.core.state, now: world.core.now() });
  });

  app.get('/control/v3/calls', async () => ({ calls: world.calls.calls }));

  app.get('/control/v3/lines', async () => {
    world.core.tick();
    return { lines: listLines(world) };
  });
}

/** Every line over which somebody has called. */
export function listLines({ core, isOpen }: InterfaceWorld) {
  return [...core.state.lines.values()].map(({ line, lastSequence, waiting, open, done }) => ({
    line,
    key: lineKey(line),
    isOpen: isOpen(line.province),
    lastSequence,
    waiting: waiting.length,
    unacknowledged: open.map(({ fileName, madeAt }) => ({ fileName, madeAt })),
    acknowledged: done.size,
    /** What the provider has been asked, and its answers; null: none yet. */
    asked: [...core.state.asked]
      .filter(([ask]) => ask.split(' ')[1] === String(line.unit))
      .map(([ask, answer]) => ({ ask, answer })),
  }));
}
