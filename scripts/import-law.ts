/**
 * The import law: which room may import which. Reasons: docs/ARCHITECTURE.md and docs/adr.
 * This table is the law's only wording for machines; `scripts/checks/find-forbidden-imports.ts` holds every import to it.
 */
export interface Room {
  readonly name: string;
  /** Files or folders from the repository's root; a file belongs to the room with the longest match. */
  readonly home: readonly string[];
  /** Other rooms it may import; `types of X` allows `import type` only. A room may always import itself. */
  readonly may: readonly string[] | 'everything';
  /** What its own tests may import on top of that and of `testsMayAlso`: the real other side of an adapter. */
  readonly testsMay?: readonly string[];
  /** May it import Node's built-in modules? Rooms that also run in a browser may not. */
  readonly node: boolean;
}

const server = 'packages/server/src';
const cli = 'packages/cli/src';

export const importLaw: readonly Room[] = [
  { name: 'model', home: ['packages/model/src'], may: ['faults'], node: false },
  // The closed catalogue of faults is part of the model; it has a name because http and work may use its values.
  { name: 'faults', home: ['packages/model/src/fault'], may: ['model'], node: false },
  // The numbers by which partners' programs know faults and reasons; http answers with them.
  { name: 'partner numbers', home: ['packages/model/src/partner'], may: ['model', 'faults'], node: false },
  // How a JSON text is looked at before anything is built of it; http and the threads beside it do the same.
  { name: 'json', home: ['packages/model/src/json'], may: ['faults'], node: false },
  { name: 'policies', home: ['policies'], may: ['model', 'faults'], node: true },

  {
    name: 'contract',
    home: ['packages/contract/src'],
    may: ['model', 'faults', 'partner numbers'],
    node: false,
  },

  { name: 'ports', home: [`${server}/ports`], may: ['model', 'faults'], node: true },
  {
    name: 'flows',
    home: [`${server}/flows`],
    may: ['model', 'faults', 'partner numbers', 'ports'],
    // Operations are tested as they are called: over the contract's client, in the wired server (main/testing).
    testsMay: ['main', 'contract', 'secrets'],
    node: true,
  },
  // Reading at most so many bytes of somebody else's answer; adapters that ask over HTTP share it.
  { name: 'bounded', home: [`${server}/bounded`], may: [], node: true },
  // Adapters to the world outside. They do not know each other, and only `main` names them.
  { name: 'store', home: [`${server}/store`], may: ['model', 'faults', 'ports'], node: true },
  {
    name: 'authority',
    home: [`${server}/authority`],
    may: ['model', 'faults', 'ports', 'bounded', 'authority-wire'],
    testsMay: ['authority-sim', 'store', 'secrets'],
    node: true,
  },
  { name: 'outbound', home: [`${server}/outbound`], may: ['model', 'faults', 'json', 'ports', 'bounded'], node: true },
  { name: 'snapshots', home: [`${server}/snapshots`], may: ['model', 'faults', 'ports'], node: true },
  { name: 'inventories', home: [`${server}/inventories`], may: ['model', 'faults', 'json', 'ports'], node: true },
  // Pictures that customers upload: where they are kept, who looks at them, who scans them.
  {
    name: 'materials',
    home: [`${server}/materials`],
    may: ['model', 'faults', 'ports'],
    testsMay: ['main'],
    node: true,
  },
  { name: 'secrets', home: [`${server}/secrets`], may: ['model', 'faults', 'ports'], node: true },
  {
    name: 'auth',
    home: [`${server}/auth`],
    may: ['model', 'faults', 'ports', 'bounded'],
    testsMay: ['store'],
    node: true,
  },
  {
    name: 'http',
    home: [`${server}/http`],
    may: ['flows', 'contract', 'faults', 'json', 'partner numbers', 'types of model'],
    node: true,
  },
  { name: 'work', home: [`${server}/work`], may: ['flows', 'faults', 'types of model'], node: true },
  { name: 'main', home: [`${server}/main`], may: 'everything', node: true },

  { name: 'gate', home: ['packages/gate/src'], may: ['model', 'faults', 'pinned key'], node: true },
  // Checking a signature by a pinned key; the gate and the commands that read its files do the same.
  { name: 'pinned key', home: ['packages/gate/src/pinned-key.ts'], may: ['model'], node: true },
  // What goes to the filing authority and comes from it, for both sides: shapes and codecs of each wire, no network.
  { name: 'authority-wire', home: ['packages/authority-wire/src'], may: ['model', 'faults'], node: true },
  {
    name: 'authority-sim',
    home: ['packages/authority-sim/src', 'packages/authority-sim/bin'],
    may: ['model', 'faults', 'authority-wire', 'policies'],
    node: true,
  },
  // Reads clouds through their SDKs; what the answers mean is the model's.
  { name: 'cloud-sync', home: ['packages/cloud-sync/src'], may: ['model', 'faults'], node: true },

  {
    name: 'cli',
    home: [cli, 'packages/cli/bin'],
    may: ['contract', 'model', 'faults', 'policies', 'cloud-sync', 'pinned key', 'cli that starts programs'],
    node: true,
  },
  // Starting programs is wiring, which is main's work: these commands put whole programs side by side.
  {
    name: 'cli that starts programs',
    home: [`${cli}/start`, `${cli}/demo`, `${cli}/authority-sim`, `${cli}/gate/run.ts`, `${cli}/filing/ask-outside.ts`],
    may: ['cli', 'contract', 'model', 'faults', 'policies', 'main', 'gate', 'authority-sim', 'console build'],
    node: true,
  },
  {
    name: 'console',
    home: ['packages/console/src'],
    may: ['contract', 'model', 'faults'],
    node: false,
  },
  {
    name: 'console build',
    home: [
      'packages/console/build.ts',
      'packages/console/bundle.ts',
      'packages/console/page-weight.ts',
      'packages/console/values-at-build.ts',
      'packages/console/vite.config.ts',
    ],
    may: [],
    node: true,
  },

  { name: 'tests', home: ['tests'], may: 'everything', node: true },
  { name: 'bench', home: ['bench'], may: 'everything', node: true },
  { name: 'scripts', home: ['scripts'], may: 'everything', node: true },
];

/**
 * What a room's own tests may import on top: the shared test support, the policies as they are shipped, and Node.
 * Tests that need other rooms are whole-system tests and live in `tests/`.
 */
export const testsMayAlso: readonly string[] = ['tests', 'policies'];

/**
 * Rooms that must be pure: same input, same answer. They may not ask the clock; `.oxlintrc.json` keeps randomness and the
 * machine's globals from them.
 */
export const pureRooms: readonly string[] = ['model', 'faults'];
