import type { AuthorityPrincipal, AuthoritySubmission, FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { openValues, textIn } from '../filing/form-values.ts';
import { normalCertificateNumber } from '../filing/subject-text.ts';

/** A filing as the authority takes it, in the clear. */
export async function submissionOf({ deps, tx }: Step, filing: FilingRow, id: string): Promise<AuthoritySubmission> {
  const values = openValues(deps, filing.id, filing.form);
  const text = (path: string): string => textIn(values, path);
  const principal = (at: string): AuthorityPrincipal => ({
    name: text(`${at}.name`),
    certificateType: text(`${at}.certificateType`),
    certificateNumber: normalCertificateNumber(text(`${at}.certificateNumber`)),
    mobile: text(`${at}.mobile`),
    emergencyMobile: text(`${at}.emergencyMobile`),
    email: text(`${at}.email`),
  });
  // An individual is the principal of both; the form asks for it once.
  const individual: AuthorityPrincipal = {
    ...principal('subject.principal'),
    name: text('subject.name'),
    certificateType: text('subject.certificateType'),
    certificateNumber: normalCertificateNumber(text('subject.certificateNumber')),
  };
  const person = filing.subjectKind === 'individual';
  const resource = filing.resourceId === null ? null : await tx.resources.find(filing.resourceId);
  const facts = resource?.facts;
  return {
    id,
    filingId: filing.id,
    kind: filing.kind,
    provinceCode: filing.provinceCode,
    provider: filing.provider,
    subject: {
      kind: filing.subjectKind,
      number: filing.subjectNumber,
      name: text('subject.name'),
      certificateType: text('subject.certificateType'),
      certificateNumber: normalCertificateNumber(text('subject.certificateNumber')),
      certificateAddress: text('subject.certificateAddress'),
      contactAddress: text('subject.contactAddress'),
      principal: person ? individual : principal('subject.principal'),
    },
    service: {
      kind: filing.serviceKind,
      number: filing.serviceNumber,
      name: text('service.name'),
      domainName: filing.domainName,
      homeUrl: text('service.homeUrl'),
      content: text('service.content'),
      languages: Array.isArray(values['service.languages']) ? (values['service.languages'] as string[]) : [],
      preApproval: text('service.preApproval'),
      remark: text('service.remark'),
      principal: person ? individual : principal('service.principal'),
    },
    access: {
      resourceId: filing.resourceId ?? '',
      ipAddresses: (facts?.publicIps ?? []).flatMap((ip) => (ip.address === undefined ? [] : [ip.address])),
    },
  };
}
