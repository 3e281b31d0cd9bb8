import {
  createSimControls,
  defaultInterfaceUnit,
  manualClock,
  type SeedRecordsInput,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Authority, AuthorityMessage, UnreadableMessage } from '../../ports/index.ts';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { type AuthorityUnderTest, startAt } from '../testing/harness.ts';
import { describeOtherOperations } from '../testing/other-operations.ts';
import { describeFirstFilings, type WireTraits } from '../testing/verdicts.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { wholeFiling } from './testing/line-world.ts';
import { V3Authority } from './v3-authority.ts';

const province = '440000';
let open: OpenStore;
beforeAll(async () => {
  open = await openStore({ dataDir: null });
});
afterAll(() => open.close());
const vault = new KeyRingVault(makeKeyRing());
const codeTables = loadCodeTables();
let units = 4000;

const running: AuthorityUnderTest[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
});

async function start({ records }: { readonly records?: unknown }): Promise<AuthorityUnderTest> {
  units += 1;
  const unit = { ...defaultInterfaceUnit, ispId: units, provider: 'xinghe' };
  const clock = manualClock(startAt);
  const sim = await startAuthoritySim({
    calm: true,
    clock,
    log: () => {},
    interfaceV3: { units: [unit] },
    ...(records === undefined ? {} : { seedRecords: records as SeedRecordsInput }),
  });
  const { ispId, userName, password, cipher } = unit;
  const credentials = { ispId, userName, password };
  const access = { url: `${sim.url}/v3/${province}`, credentials, namespace: null, timeoutMs: 10_000 };
  const authority = new V3Authority({
    unit: ispId,
    exchanges: new Map([[province, createSoapExchange(access)]]),
    cipher,
    store: open.store,
    vault,
    clock,
    ids: new SortableIds(() => Date.parse(clock.now())),
    codeTables,
    lossesThatStop: [],
    downloadEveryMs: 0,
  });
  const prefix = `${units}_`;
  const controls = createSimControls(sim.url);
  /** The simulated authority knows a filing by the number of its package. */
  const ownId = async (theirs: string): Promise<string> => {
    const sequence = Number(/^v3-\d+-\d+-(\d+)-\d+$/.exec(theirs)?.[1] ?? 0);
    const line = { provider: String(ispId), provinceCode: province };
    const row = await open.store.transaction(({ authorityLedger }) => authorityLedger.findInSequence(line, sequence));
    return row?.submissionId?.replace(prefix, '') ?? theirs;
  };
  const run: AuthorityUnderTest = {
    authority: under(authority, prefix),
    levers: {
      ...controls,
      listPhone: async () =>
        Promise.all(
          (await controls.listPhone()).map(async (text) => ({ ...text, submissionId: await ownId(text.submissionId) })),
        ),
    },
    killAndRestart: () => Promise.reject(new Error('this one lives in the test’s own process')),
    async close() {
      await sim.close();
    },
  };
  running.push(run);
  return run;
}

/** All tests share one database, in which the suite’s ids would meet: each has them under a prefix. */
function under(authority: V3Authority, prefix: string): Authority {
  const own = (message: AuthorityMessage | UnreadableMessage) =>
    'submissionId' in message ? { ...message, submissionId: message.submissionId.replace(prefix, '') } : message;
  return {
    async submit(submission, enclosed) {
      const receipt = await authority.submit({ ...submission, id: `${prefix}${submission.id}` }, enclosed);
      return { ...receipt, submissionId: submission.id };
    },
    async fetchMessages(limit) {
      return (await authority.fetchMessages(limit)).filter(isOwn(prefix)).map(own);
    },
    readMessage: () => null,
    acknowledge: (messageId) => authority.acknowledge(messageId),
    findStatus: (question) => authority.findStatus(question),
  };
}

const isOwn =
  (prefix: string) =>
  (message: AuthorityMessage | UnreadableMessage): boolean =>
    !('submissionId' in message) || message.submissionId.startsWith(prefix);

const traits: WireTraits = {
  whole: (submission) => {
    const { subject, service, access } = wholeFiling(1);
    const { nature, certificateId, region, superior, submittedBy } = subject;
    return {
      ...submission,
      subject: { ...submission.subject, nature, certificateId, region, superior, submittedBy } as typeof subject,
      service: { ...submission.service, contents: service.contents ?? [], preApprovals: [], languages: ['zh_hans'] },
      access,
    };
  },
  // Its codes mean the same field always.
  saysFields: false,
  checksItself: true,
};

describeFirstFilings(start, traits);
describeOtherOperations(start, traits);
