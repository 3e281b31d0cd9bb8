import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf } from '@openbeian/model/calendar';
import { openFilingStates } from '@openbeian/model/filing';
import { createLogger, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';
import { loadManyRows, type Sizes } from '../../packages/server/src/main/testing/many-rows.ts';
import { type Question, questionsAbout } from '../../packages/server/src/main/testing/read-questions.ts';
import { worldOf } from '../../packages/server/src/main/testing/rule-world.ts';
import { makeKeyRing, writeNewKeyRing } from '../../packages/server/src/secrets/index.ts';
import { createAgeReader, createRowCounter } from '../../packages/server/src/store/index.ts';

interface Named {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** A deployment whose tables are filled. */
export interface Filled {
  readonly url: string;
  readonly isLarge: boolean;
  /** The same in the same order for every row. */
  questions(row: number): readonly Named[];
  /** The `at`th of them, about a row by chance. */
  ask(at: number): Promise<void>;
  close(): Promise<void>;
}

/** @param note is told of what took long */
export async function openFilled(url: string, sizes: Sizes, note: (text: string) => void): Promise<Filled> {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-growth-'));
  const keyRingFile = join(folder, 'keys.json');
  writeNewKeyRing(keyRingFile, makeKeyRing());
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测', en: 'Bench' },
    database: { url: `${url}?statement_timeout=120000` },
    keyRingFile,
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  const deployment = await openDeployment(config, { logger: createLogger('silent') });
  const world = worldOf(deployment, { nowMs: Date.now() });
  const resourceId = await world.server(await world.account(), 'tencent', 'cvm');
  const resource = await deployment.deps.store.transaction((tx) => tx.resources.find(resourceId));
  const rules = deployment.deps.policyFingerprint(dayOf(deployment.deps.clock.now()));
  await loadManyRows(url, {
    facts: resource?.facts,
    rules,
    sizes,
    indexesLast: true,
    memory: '1GB',
    onStep: (text, seconds) => {
      if (seconds > 5) note(`${seconds.toFixed(0)} s ${text.trim().replace(/\s+/g, ' ').slice(0, 90)}`);
    },
  });
  // The tables with the fewest rows have this many: every row that is asked about is there.
  const rows = sizes.rows('webhook');
  const questions = (row: number): Named[] => {
    const asked = Object.entries(questionsAbout({ row, owner: row % sizes.owners })).flatMap(([id, list]) =>
      list.map((question) => ({ name: nameOf(id, question), run: () => run(id, question) })),
    );
    const { kysely } = deployment.open;
    const work = [
      { name: 'ages of queues', run: () => createAgeReader(kysely, openFilingStates)() },
      { name: 'kept totals', run: () => createRowCounter(kysely)() },
    ];
    return [...asked, ...work];
  };
  const run = async (id: string, [actor, input]: Question) => {
    // Ids of the table of flows, and inputs that they take: a wrong one is a fault here.
    const flow = deployment.flows[id as keyof typeof deployment.flows] as unknown as (
      ...call: object[]
    ) => Promise<unknown>;
    const call = { actor, idempotencyKey: `growth-${Math.random()}` };
    return flow(call, { limit: 20, ...input });
  };
  return {
    url,
    isLarge: rows > 1000,
    questions,
    ask: async (at) => void (await questions(Math.floor(Math.random() * rows))[at]?.run()),
    async close() {
      await deployment.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function nameOf(id: string, [{ role }, input]: Question): string {
  const text = Object.entries(input).map(([key, value]) => `${key} ${String(value).replaceAll(/\d{2,}/g, 'n')}`);
  return `${id}, ${role}${text.length === 0 ? '' : `: ${text.join(', ')}`}`;
}
