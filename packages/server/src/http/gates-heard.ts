import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpNeeds } from './needs.ts';
import { visitor } from './wire.ts';

type Heard = Parameters<HttpNeeds['flows']['reportGates']>[1][number];

/** How often what gates say is written: each asks about twice a minute, and at once after every change. */
const flushMs = 5000;
/** As many are told apart between two writings; a token opens this to gates alone. */
const mostHeard = 1000;
/** What a gate says of itself; sent by the gate with each question. */
const header = 'openbeian-gate';
/** Names are shown to operators: no control characters. */
const printable = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u);
/** More than a gate decides in a life; sums of it stay numbers. */
const mostCount = 1e12;
/** The days of both ends are none in Shanghai, and one report that cannot be written would hold up those of all gates. */
const isInCalendar = (instant: string): boolean => instant >= '0001-01-02' && instant < '9999-12-31';
const said = z.object({
  name: printable(120),
  version: printable(40),
  startedAt: z.iso.datetime().refine(isInCalendar),
  decisions: z
    .array(
      z.object({
        outcome: z.enum(['allow', 'block', 'indeterminate']),
        reason: printable(60),
        count: z.number().int().min(0).max(mostCount),
      }),
    )
    .max(40),
});

/** Notes who asks for changes, and writes it down every few seconds for whoever wants to know which gates there are. */
export class GatesHeard {
  readonly #write: (gates: readonly Heard[]) => Promise<void>;
  #heard = new Map<string, Heard>();

  constructor(write: (gates: readonly Heard[]) => Promise<void>) {
    this.#write = write;
  }

  /** @param sequence of the last change that it has; null where it takes whole snapshots */
  note(request: Pick<FastifyRequest, 'headers' | 'ip'>, sequence: number | null): void {
    const gate = saidIn(request.headers[header]);
    const name = gate?.name ?? request.ip;
    if (!this.#heard.has(name) && this.#heard.size >= mostHeard) return;
    const { version = '', decisions = null, startedAt = null } = gate ?? {};
    this.#heard.set(name, { name, version, facts: { sequence, decisions, startedAt } });
  }

  async flush(): Promise<void> {
    const gates = [...this.#heard.values()];
    this.#heard = new Map();
    if (gates.length > 0) await this.#write(gates);
  }
}

/** Null where it says nothing, or nothing that can be read: then it goes by its address. */
function saidIn(text: string | string[] | undefined): z.output<typeof said> | null {
  if (typeof text !== 'string') return null;
  try {
    return said.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Hears gates in this server until it closes. */
export function hearGates(app: FastifyInstance, { flows, logger }: HttpNeeds): GatesHeard {
  const heard = new GatesHeard((gates) => flows.reportGates({ actor: { ...visitor, userId: 'gate' } }, gates));
  const flush = () =>
    heard.flush().catch((err: unknown) => logger.error({ err }, 'gates that were heard are not noted'));
  const timer = setInterval(() => void flush(), flushMs).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await flush();
  });
  return heard;
}
