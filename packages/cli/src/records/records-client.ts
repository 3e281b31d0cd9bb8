import type { CancellationScope } from '@openbeian/model/filing';
import { asking, type ServerOptions } from '../io/server-connection.ts';
import type { Lang } from '../io/words.ts';
import { recordWords } from './words.ts';

export interface CancelOptions extends ServerOptions {
  readonly scope: CancellationScope;
  readonly reason: string;
  readonly provider?: string;
  readonly key?: string;
}

/** `openbeian records cancel`: what was cancelled, and which filings returned their quota. */
export async function cancel(number: string, options: CancelOptions): Promise<void> {
  const { scope, reason, provider, key } = options;
  const body = { scope, number, reason, ...(provider !== undefined && { provider }) };
  const call = key === undefined ? {} : { idempotencyKey: key };
  const answer = await asking(options, (client) => client.cancelRecord({ body }, call));
  const lines = options.json ? [JSON.stringify(answer)] : linesOf(answer, options.lang);
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

function linesOf({ changed, services }: Answer, lang: Lang): string[] {
  if (!changed) return [recordWords.unchanged[lang]];
  return services.flatMap(({ serviceNumber, domainName, filings }) => [
    `${serviceNumber}  ${domainName}`,
    ...filings.map(
      ({ filingId, quotaReturned }) =>
        `  ${filingId}  ${recordWords[quotaReturned ? 'quotaReturned' : 'quotaKept'][lang]}`,
    ),
  ]);
}
