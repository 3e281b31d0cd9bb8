import { type CodeEventRow, readableOf } from '../../ports/index.ts';

/**
 * What a receiver is sent about a code: no clear code and no personal data; of other accounts only what the receiver
 * sees in its own lists. `viewer` null: the provider, who sees all.
 */
export function eventBodyOf(event: CodeEventRow, tail: string, viewer: string | null): string {
  const isParty = viewer === null || viewer === event.issuerAccountId || viewer === event.granteeAccountId;
  const { fromAccountId, ...detail } = readableOf(event.detail);
  const knowsPrevious = viewer === null || viewer === event.issuerAccountId || viewer === fromAccountId;
  return JSON.stringify({
    type: event.type,
    timestamp: event.at,
    data: {
      id: event.id,
      sequence: event.seq,
      code: {
        id: event.codeId,
        tail,
        resourceId: event.resourceId,
        issuerAccountId: event.issuerAccountId,
        granteeAccountId: isParty ? event.granteeAccountId : null,
      },
      detail: fromAccountId === undefined || !knowsPrevious ? detail : { ...detail, fromAccountId },
    },
  });
}

/** Whom an event concerns, besides the provider: issuer, grantee, and who was the grantee until now. */
export function accountsOf(event: CodeEventRow): string[] {
  const { fromAccountId } = readableOf(event.detail);
  return [event.issuerAccountId, event.granteeAccountId, fromAccountId].filter(
    (id): id is string => typeof id === 'string',
  );
}

/** What sendTestEvent sends. */
export function testBodyOf(eventId: string, at: string): string {
  return JSON.stringify({ type: 'WebhookTest', timestamp: at, data: { id: eventId } });
}
