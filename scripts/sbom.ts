import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { statedInFile } from './checks/find-foreign-licences.ts';

/** A package as package-lock.json has it. */
interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}
interface Lock {
  readonly name: string;
  readonly version: string;
  readonly packages: Readonly<Record<string, Locked>>;
}

/**
 * The bill of materials (CycloneDX 1.5) of what is installed to run: every package with version, licence and hash. Written
 * from the lock file, since `npm sbom` leaves out packages that only workspaces depend on. The same lock file gives the same
 * bill.
 */
function makeSbom(lock: Lock, licence: string) {
  const components = Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true)
    .map(([path, locked]) => componentOf(locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 13), locked));
  const unique = new Map(components.map((component) => [component['bom-ref'], component]));
  const sorted = [...unique.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const { name, version } = lock;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(sorted))}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purlOf(name, version),
        name,
        version,
        purl: purlOf(name, version),
        licenses: [{ expression: licence }],
      },
    },
    components: sorted,
  };
}

function componentOf(name: string, { version = '', license = statedInFile[name], integrity }: Locked) {
  const [algorithm, hash] = integrity?.split('-') ?? [];
  const purl = purlOf(name, version);
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    ...(algorithm === 'sha512' &&
      hash !== undefined && { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
  };
}

const purlOf = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** A UUID that says the same of the same contents. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The bill of this checkout. */
export function sbomOfCheckout() {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
  const { license } = read('package.json') as { license: string };
  // npm writes the file, in this shape since its version 7.
  return makeSbom(read('package-lock.json') as Lock, license);
}

// `npm run sbom`, at a release: the file goes beside what is released.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const bill = sbomOfCheckout();
  writeFileSync(new URL('../sbom.cdx.json', import.meta.url), `${JSON.stringify(bill, null, 2)}\n`);
  process.stdout.write(`sbom.cdx.json: CycloneDX ${bill.specVersion}, ${bill.components.length} components\n`);
}
