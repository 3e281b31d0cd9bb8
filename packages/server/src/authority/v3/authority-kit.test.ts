import {
  ConformanceDirector,
  createSimControls,
  defaultInterfaceUnit,
  manualClock,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { isFault } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuthorityEnclosures, AuthorityMessage, AuthoritySubmission, CaseAnswer } from '../../ports/index.ts';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { wholeFiling } from './testing/line-world.ts';
import { V3Authority } from './v3-authority.ts';

const province = '440000';
let open: OpenStore;
beforeAll(async () => {
  open = await openStore({ dataDir: null });
});
afterAll(() => open.close());

const foreign = { subject: '粤ICP备2021000001号', service: '粤ICP备2021000001号-3' };
const other = fictionalCompany(40);
const elsewhere = {
  subjects: [
    {
      number: foreign.subject,
      kind: 'enterprise' as const,
      name: other.name,
      certificateType: 'business_licence',
      certificateNumber: other.creditCode,
      services: [{ number: foreign.service, name: '远山门户', domainName: 'yuanshan.cn', accesses: ['alibaba'] }],
    },
  ],
};

interface Waiting {
  readonly submission: AuthoritySubmission;
  readonly enclosed?: AuthorityEnclosures;
}
type Approved = Extract<AuthorityMessage, { readonly kind: 'approved' }>;

/** What an operator answers, by kind of case. */
const answers: Readonly<Record<string, CaseAnswer | undefined>> = {
  verification_task: { act: 'answer_task', isTrue: true, verifier: '核实员', opinion: '信息属实', errors: '' },
  unfiled_site: { act: 'report_unfiled', result: 1, handling: '已关闭', doneOn: '2026-11-30' },
};

test('the adapter passes the conformance kit that other providers are given', { timeout: 120_000 }, async () => {
  const unit = { ...defaultInterfaceUnit, ispId: 7900, provider: 'xinghe' };
  const clock = manualClock('2026-11-23T01:30:00.000Z');
  const sim = await startAuthoritySim({
    calm: true,
    clock,
    log: () => {},
    seedRecords: elsewhere,
    interfaceV3: { units: [unit] },
  });
  try {
    const controls = createSimControls(sim.url);
    const director = new ConformanceDirector(controls);
    const { ispId, userName, password, cipher } = unit;
    const access = { url: `${sim.url}/v3/${province}`, namespace: null, timeoutMs: 10_000 };
    const now = () => clock.now();
    const adapter = new V3Authority({
      unit: ispId,
      exchanges: new Map([[province, createSoapExchange({ ...access, credentials: { ispId, userName, password } })]]),
      cipher,
      store: open.store,
      vault: new KeyRingVault(makeKeyRing()),
      clock: { now },
      ids: new SortableIds(() => Date.parse(now())),
      codeTables: loadCodeTables(),
      lossesThatStop: [],
      downloadEveryMs: 1_000,
    });
    const passing = (error: unknown) => {
      if (isFault(error, 'authority.unreachable') || isFault(error, 'authority.occupied')) return null;
      throw error;
    };
    const filing = (seed: number, id: string, changes: Parameters<typeof wholeFiling>[1] = {}) => ({
      ...wholeFiling(seed, changes),
      id: `exc_conformance_${id}`,
      provider: 'xinghe',
    });
    const waiting: Waiting[] = Array.from({ length: 10 }, (_, index) => ({
      submission: filing(1 + index * 10, `${index}`),
    }));
    const passwordOf = async (number: string): Promise<AuthorityEnclosures> => {
      const { subjects } = await controls.getState();
      const filingPassword = subjects.find((each) => each.number === number)?.filingPassword ?? null;
      return { cancellationReason: '不再使用', filingPassword, loadPictures: async () => [] };
    };
    waiting.push({
      submission: filing(96, 'access', {
        kind: 'access',
        subject: { number: foreign.subject, name: other.name, certificateNumber: other.creditCode },
        service: { number: foreign.service, name: '远山门户', domainName: 'yuanshan.cn', homeUrl: 'www.yuanshan.cn' },
      }),
      enclosed: await passwordOf(foreign.subject),
    });
    const approved: string[] = [];
    /**
     * Of the first four that are approved: one gets another service, one is changed, and of two the service and the subject end. The
     * access to another provider's service ends again: the only access of a service cannot.
     */
    const goOnWith = async ({ submissionId, subjectNumber, serviceNumber }: Approved) => {
      const first = firsts.get(submissionId);
      if (first === undefined) return;
      firsts.delete(submissionId);
      const subject = { ...first.subject, number: subjectNumber };
      const service = { ...first.service, number: serviceNumber };
      const enclosed = await passwordOf(subjectNumber);
      if (first.kind === 'access') {
        waiting.push({ submission: filing(101, 'leave', { kind: 'cancel_access', subject, service }), enclosed });
        return;
      }
      approved.push(submissionId);
      const next = [
        () => filing(97, 'added', { kind: 'add_site_here', subject }),
        () => filing(98, 'change', { kind: 'change_site', subject, service: { ...service, name: '示例网站改名' } }),
        () => filing(99, 'cancel', { kind: 'cancel_site', subject, service }),
        () => filing(100, 'end', { kind: 'cancel_subject', subject, service }),
      ][approved.length - 1];
      if (next !== undefined) waiting.push({ submission: next(), enclosed });
    };
    const firsts = new Map(waiting.map(({ submission }) => [submission.id, submission] as const));
    let report = await controls.getConformance();
    const isSeen = () => report.findings.every(({ outcome }) => outcome !== 'not_seen');
    for (let round = 0; round < 120 && !isSeen(); round += 1) {
      sim.tick();
      await director.step();
      const next = waiting[0];
      const isSent =
        next !== undefined && (await adapter.submit(next.submission, next.enclosed).catch(passing)) !== null;
      if (isSent) waiting.shift();
      for (const message of (await adapter.fetchMessages(20).catch(passing)) ?? []) {
        if (message.kind === 'approved') await goOnWith(message);
        await adapter.acknowledge(message.messageId);
      }
      for (const { id, kind } of await adapter.desk.listCases({ limit: 99 })) {
        const answer = answers[kind];
        if (answer !== undefined) await adapter.desk.settle(id, answer, 'usr_1');
      }
      await controls.advanceClock(round % 4 === 3 ? 'PT2H' : 'PT20S');
      report = await controls.getConformance();
    }
    const named = (wanted: string) =>
      report.findings
        .filter(({ outcome }) => outcome === wanted)
        .map(({ check, seen }) => [check, ...seen.map(({ detail }) => detail)]);
    expect(named('failed')).toEqual([]);
    expect(named('not_seen')).toEqual([]);
  } finally {
    await sim.close();
  }
});
