import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeConformance } from './conformance.ts';
import { openStore } from './open-store.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'openbeian-store-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describeConformance('the embedded database', () => openStore({ dataDir }));
