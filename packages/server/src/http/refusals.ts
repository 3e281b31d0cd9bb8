import { type FaultCode, isFault } from '@openbeian/model/fault';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../flows/command/call.ts';
import { toldOfOthers } from './guesses.ts';
import type { HttpNeeds } from './needs.ts';
import { visitor } from './wire.ts';

/** Faults that say that somebody tried what is not theirs, or that tell what others have. */
const refusing: readonly FaultCode[] = [
  ...(['auth.forbidden', 'auth.right_missing', 'auth.scope_missing', 'auth.key_refused'] as const),
  ...toldOfOthers,
];

/** How long refusals are counted in memory before they are written. */
const flushMs = 5000;
/** How many callers and operations are counted separately within that time; any beyond are not written. */
const mostCounted = 1000;

interface Counted {
  readonly actor: Actor;
  readonly operation: string;
  readonly fault: string;
  count: number;
}

/** Counts refused requests and hands them to the audit every few seconds, so that a flood of them writes little. */
export class RefusalTally {
  readonly #write: (refusals: readonly Counted[]) => Promise<void>;
  #counted = new Map<string, Counted>();

  constructor(write: (refusals: readonly Counted[]) => Promise<void>) {
    this.#write = write;
  }

  note(request: FastifyRequest, error: unknown): void {
    const { operationId } = (request.routeOptions.config ?? {}) as { operationId?: string };
    if (operationId === undefined || !isFault(error) || !refusing.includes(error.code)) return;
    const { caller } = request;
    const key = `${caller?.userId ?? ''}\n${operationId}\n${error.code}`;
    const known = this.#counted.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#counted.size < mostCounted) {
      const source = caller?.source ?? { address: request.ip, sessionId: null };
      const actor = { ...(caller ?? visitor), source };
      this.#counted.set(key, { actor, operation: operationId, fault: error.code, count: 1 });
    }
  }

  async flush(): Promise<void> {
    const refusals = [...this.#counted.values()];
    this.#counted = new Map();
    if (refusals.length > 0) await this.#write(refusals);
  }
}

/** Counts what is refused in this server until it closes. */
export function tallyRefusals(app: FastifyInstance, { flows, logger }: HttpNeeds): RefusalTally {
  const tally = new RefusalTally((refusals) => flows.recordRefusals({ actor: visitor }, refusals));
  const flush = () =>
    tally.flush().catch((err: unknown) => logger.error({ err }, 'refused requests are not in the audit'));
  const timer = setInterval(() => void flush(), flushMs).unref();
  app.decorateRequest('userId', '');
  app.decorateRequest('caller', null);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await flush();
  });
  return tally;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asked, once that is known. */
    caller: Actor | null;
  }
}
