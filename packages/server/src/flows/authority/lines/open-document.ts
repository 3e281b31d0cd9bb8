import { type AuditObject, recordAudit } from '../../command/audit.ts';
import { commandInParts, queryInParts } from '../../command/operation.ts';
import { type FlowRequest, inTransaction } from '../../command/step.ts';
import { countLook, shiftOf } from '../../filing/reveal-in-shift.ts';
import { deskOf } from './line-desk-of.ts';

/** Loaded by whoever looks at a document: no worker does, and most deployments have no such line. */
const contents = () => import('@openbeian/model/authority-v3');

interface DocumentInput {
  readonly kind: 'package' | 'file' | 'case' | 'record';
  readonly documentId: string;
}

/** Without what is personal in it. */
export const getAuthorityDocument = queryInParts(
  { id: 'getAuthorityDocument', faults: ['object.not_found'] },
  async (request, input: DocumentInput) => {
    const { maskedContent } = await contents();
    return { content: maskedContent(await contentOf(request, input)) };
  },
);

/** As it was sent or as it came; counted in the shift like every look at personal data, and in the audit. */
export const revealAuthorityDocument = commandInParts(
  { id: 'revealAuthorityDocument', faults: ['object.not_found', 'reveal.quota_spent'] },
  async (request, input: DocumentInput) => {
    const { shortenedContent } = await contents();
    const content = await contentOf(request, input);
    const { startsAt, endsInSeconds } = shiftOf(request);
    const object: AuditObject = { kind: `authority_${input.kind}`, id: input.documentId };
    const isCounted = await inTransaction(request, async (step) => {
      if (!(await countLook(step, object, startsAt))) return false;
      await recordAudit(step, 'AuthorityDocumentRevealed', object);
      return true;
    });
    if (!isCounted) throw request.fault('reveal.quota_spent', { retryAfterSeconds: endsInSeconds });
    return { content: shortenedContent(content) };
  },
);

async function contentOf(
  request: FlowRequest<'object.not_found'>,
  { kind, documentId }: DocumentInput,
): Promise<unknown> {
  const desk = deskOf(request);
  const found = await {
    package: () => desk.readPackage(documentId),
    file: () => desk.readFile(documentId),
    case: async () => (await desk.readCase(documentId))?.content,
    record: () => desk.readDelivered(documentId),
  }[kind]();
  if (found === null || found === undefined) throw request.fault('object.not_found');
  return found;
}
