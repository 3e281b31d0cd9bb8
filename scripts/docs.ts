import { writeFileSync } from 'node:fs';
import { configurationPage } from '../packages/server/src/main/configuration-page.ts';
import { generatedFiles } from '../policies/generated-files.ts';
import { rejectionPage } from '../policies/rejection-catalogue.ts';
import { schemaOfRelease } from './dump-schema.ts';
import { failureModes, failureModesOfInstallation } from './failure-modes.ts';
import { inventoryPage } from './inventory-page.ts';
import { partnerApi } from './partner-api.ts';
import { webhooksPage } from './webhooks-page.ts';

/** Writes the documents that are generated; tests say when one is stale. */
const documents = {
  'configuration.md': configurationPage,
  'failure-modes.md': failureModes,
  'failure-modes-running.md': failureModesOfInstallation,
  'inventory.md': inventoryPage,
  'partner-api.md': partnerApi,
  'webhooks.md': webhooksPage,
};
for (const [name, text] of Object.entries(documents)) {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text());
}
for (const [file, text] of generatedFiles()) writeFileSync(file, text);
writeFileSync(new URL('../packages/server/src/store/schema.sql', import.meta.url), await schemaOfRelease());
process.stdout.write(`${rejectionPage().figure}\n`);
