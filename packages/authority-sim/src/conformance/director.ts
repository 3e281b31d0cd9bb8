import type { SimControls } from '../control/client.ts';
import type { FaultName } from '../v3/mischief.ts';

/** Faults in the order in which they are played, each when the one before was. */
const programme: readonly FaultName[] = [
  'maintenance',
  'connection_dropped',
  'closed',
  'sequence_doubted',
  'truncated_zip',
  'wrong_hash',
  'delivered_twice',
  'acknowledgement_lost',
  'results_split',
  'out_of_order',
  'unknown_code',
  'foreign_result',
  'late',
];

/** What is to be said to the provider, once there is a record of its own. */
const unfiled = { domainName: 'unfiled.example.cn', address: '203.0.113.250' } as const;

/**
 * Plays the programme of a conformance run: SMS are confirmed at once, faults come one after another, and once a filing is approved
 * the authority asks for a verification, a correction and what became of an unfiled site. `step` is called again and again.
 */
export class Director {
  readonly #controls: SimControls;
  #next = 0;
  #hasAsked = false;
  #hasRejected = false;
  /** On record before the run: the provider may have no access to them. */
  #before: ReadonlySet<string> | null = null;

  constructor(controls: SimControls) {
    this.#controls = controls;
  }

  async step(): Promise<void> {
    await this.#controls.confirmEverySms();
    await this.#playNext();
    const { submissions, services } = await this.#controls.getState();
    if (!this.#hasRejected && submissions.length > 0) {
      this.#hasRejected = true;
      // Which one it is does not matter: the one that is decided next.
      await this.#controls.rejectNext(null, [{ code: '1002', field: null, text: '一致性测试：请修改后重新上报' }]);
    }
    this.#before ??= new Set(services.map(({ number }) => number));
    const own = services.find(({ number }) => this.#before?.has(number) === false);
    if (!this.#hasAsked && own !== undefined) await this.#ask(own.number);
  }

  async #playNext(): Promise<void> {
    const name = programme[this.#next];
    if (name === undefined) return;
    const played = await this.#controls.listFaults();
    // The first is ordered at once; each other one when the one before was played.
    const before = programme[this.#next - 1];
    if (before !== undefined && !played.some((fault) => fault.name === before)) return;
    this.#next += 1;
    await this.#controls.playFault(name);
  }

  async #ask(serviceNumber: string): Promise<void> {
    const [line] = await this.#controls.listLines();
    if (line === undefined) return;
    this.#hasAsked = true;
    await this.#controls.say({ say: 'code_tables', line: line.line });
    await this.#controls.say({ say: 'verification_task', number: serviceNumber.replace(/-\d+[AX]?$/, '') });
    await this.#controls.say({ say: 'correction', number: serviceNumber, text: '一致性测试：请核对网站名称' });
    await this.#controls.say({ say: 'unfiled_sites', line: line.line, sites: [unfiled] });
  }
}
