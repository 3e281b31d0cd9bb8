import {
  type AuthoritySim,
  createSimControls,
  defaultInterfaceUnit,
  manualClock,
  type SimControls,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { createLogger } from '../../http/log.ts';
import { Worker } from '../../work/worker.ts';
import { parseConfig } from '../config.ts';
import { openDeployment } from '../deployment.ts';
import { failTest, type RuleWorld, worldOf } from './rule-world.ts';

/** A deployment that speaks interface V3.0 with the simulated authority of one province. */
export interface V3World {
  readonly world: RuleWorld;
  readonly controls: SimControls;
  readonly line: { readonly unit: number; readonly province: string };
  worker(owner?: string): Worker;
  /** As a worker does its rounds, and people at the authority confirm and review. */
  goOn(rounds?: number): Promise<void>;
  close(): Promise<void>;
}

const province = '440000';

/** Opens one, on a Monday, 9:30 in Shanghai. */
export async function openV3World(): Promise<V3World> {
  const clock = manualClock('2026-11-23T01:30:00.000Z');
  const unit = { ...defaultInterfaceUnit, provider: 'tencent' };
  const sim = await startAuthoritySim({ calm: true, clock, log: () => {}, interfaceV3: { units: [unit] } });
  const deployment = await openDeployment(configOf(unit, sim), {
    clock,
    inMemory: true,
    logger: createLogger('silent'),
  });
  const time = {
    get nowMs() {
      return Date.parse(clock.now());
    },
  };
  const world = worldOf(deployment, time, 'v3', 'own authority');
  const controls = createSimControls(sim.url);
  const worker = (owner = 'w1') => new Worker(world.deps, { owner, pollMs: 1000, onError: failTest });
  return {
    world,
    controls,
    line: { unit: unit.ispId, province },
    worker,
    async goOn(rounds = 4) {
      const one = worker();
      for (let round = 0; round < rounds; round += 1) {
        await one.tick();
        sim.tick();
        for (const { id, status } of (await controls.getState()).submissions) {
          if (status === 'sms_waiting') await controls.confirmAllSms(id);
        }
        await controls.advanceClock('PT20S');
      }
    },
    async close() {
      await deployment.close();
      await sim.close();
    },
  };
}

function configOf({ ispId, userName, password, cipher }: typeof defaultInterfaceUnit, { url }: AuthoritySim) {
  return parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    authority: {
      adapter: 'v3',
      unit: ispId,
      userName,
      password,
      aesKey: cipher?.key,
      aesIv: cipher?.iv,
      provinces: { [province]: `${url}/v3/${province}` },
      downloadEverySeconds: 1,
    },
  });
}
