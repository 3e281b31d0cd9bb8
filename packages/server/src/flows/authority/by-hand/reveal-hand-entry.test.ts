import type { OperationId } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { byOperator as by, handedOver } from '../../../main/testing/by-hand.ts';
import { describeEmbedded, refusalOf } from '../../../main/testing/rule-world.ts';

const operation: OperationId = 'revealHandEntry';

describeEmbedded(`${operation}, without a line to the authority`, (get) => {
  test('the sheet is in the form’s order with its numbers, for whoever has claimed the filing', async () => {
    const world = get();
    const { flows, filingId, domainName } = await handedOver(world);
    const reveal = () => flows.revealHandEntry(by(world), { filingId });
    expect(await refusalOf(reveal())).toBe('filing.not_claimed');
    await flows.claimFiling(by(world), { filingId });
    const { sections } = await reveal();
    expect(sections.map(({ id }) => id)).toEqual([
      'subject',
      'subject_principal',
      'service',
      'service_principal',
      'access',
    ]);
    const rows = new Map(sections.flatMap((section) => section.rows.map((row) => [row.id, row])));
    expect(rows.get('subject.nature')).toMatchObject({ value: '企业', code: '4' });
    expect(rows.get('subject.certificate.type')?.code).toBe('1');
    expect(rows.get('subject.certificate.number')?.value).toMatch(/^[0-9A-Z]{18}$/);
    expect(rows.get('service.kind')).toMatchObject({ value: '网站', code: '1' });
    expect(rows.get('service.domains')?.value).toBe(domainName);
    // 中文简体 alone: bit 1 of the table.
    expect(rows.get('service.languages')).toMatchObject({ value: '中文简体', code: '1' });
    expect(rows.get('service.preApprovals')).toMatchObject({ value: '以上都不涉及', code: '24' });
    expect(rows.get('access.ipRanges[0].from')?.value).toBe('203.0.113.7');
    const audit = await flows.listAudit({ actor: world.operator }, { action: 'FormRevealed', limit: 1 });
    expect(audit.rows[0]).toMatchObject({ objectId: filingId, detail: { because: 'hand_entry' } });
  });
});
