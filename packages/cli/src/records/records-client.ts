import type { CancellationScope } from '@openbeian/model/filing';
import { asking, type ServerOptions } from '../io/server-connection.ts';

export interface CancelOptions extends ServerOptions {
  readonly scope: CancellationScope;
  readonly reason: string;
  readonly provider?: string;
  readonly key?: string;
}

/** `openbeian records cancel`: what was struck, and which places of filings came back. */
export async function cancel(number: string, options: CancelOptions): Promise<void> {
  const { scope, reason, provider, key } = options;
  const body = { scope, number, reason, ...(provider !== undefined && { provider }) };
  const call = key === undefined ? {} : { idempotencyKey: key };
  const answer = await asking(options, (client) => client.cancelRecord({ body }, call));
  const lines = options.json ? [JSON.stringify(answer)] : linesOf(answer, options.lang === 'zh');
  for (const line of lines) process.stdout.write(`${line}\n`);
}

interface Answer {
  readonly changed: boolean;
  readonly services: readonly {
    readonly serviceNumber: string;
    readonly domainName: string;
    readonly filings: readonly { readonly filingId: string; readonly quotaReturned: boolean }[];
  }[];
}

function linesOf({ changed, services }: Answer, zh: boolean): string[] {
  if (!changed) return [zh ? '此前已登记，未作改动' : 'It was entered before; nothing was changed'];
  return services.flatMap(({ serviceNumber, domainName, filings }) => [
    `${serviceNumber}  ${domainName}`,
    ...filings.map(({ filingId, quotaReturned }) => {
      const kept = zh ? '名额不返还' : 'the slot is not given back';
      return `  ${filingId}  ${quotaReturned ? (zh ? '名额已返还' : 'the slot came back') : kept}`;
    }),
  ]);
}
