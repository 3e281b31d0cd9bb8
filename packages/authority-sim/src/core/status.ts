import type { Registry } from './registry.ts';

export type StatusQuestion =
  | { readonly by: 'domain_name'; readonly domainName: string }
  | { readonly by: 'certificate'; readonly certificateType: string; readonly certificateNumber: string };

/** What the public may know: filed or not, and under which numbers. */
export interface Status {
  readonly filed: boolean;
  readonly subjectNumber: string | null;
  /** The service on that name; null when a certificate was asked for, which may have many. */
  readonly serviceNumber: string | null;
}

/** Is this name or certificate filed? Certificates are found by number whatever type the asker gives it. */
export function findStatus(registry: Registry, question: StatusQuestion): Status {
  if (question.by === 'certificate') {
    const subject = registry.findSubjectByCertificate(question.certificateNumber);
    return { filed: subject !== undefined, subjectNumber: subject?.number ?? null, serviceNumber: null };
  }
  const service = registry.listServicesByDomain(question.domainName)[0];
  return {
    filed: service !== undefined,
    subjectNumber: service?.subjectNumber ?? null,
    serviceNumber: service?.number ?? null,
  };
}
