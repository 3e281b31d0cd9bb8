// The first thing that runs on a fresh machine, before anything is installed: plain JavaScript without a dependency,
// for Node >= 18 (what Debian's own npm brings). It makes node_modules agree with package-lock.json and, with --test,
// sees to the Debian programs that the tests drive.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const wantedMajor = 24;
const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Says in one line why node_modules cannot be used as it is; null when it agrees with the lock file.
 * npm writes its own record (node_modules/.package-lock.json) last, so an interrupted install has none.
 * @param {string} folder the folder of package-lock.json
 * @returns {{ zh: string, en: string } | null}
 */
function whyInstall(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return { zh: '尚未安装依赖', en: 'dependencies are not installed yet' };
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!/(^|\/)node_modules\//.test(path)) continue; // the workspaces themselves
    const found = present[path];
    const agrees = found
      ? found.version === entry.version && found.integrity === entry.integrity
      : entry.optional && !isForThisPlatform(entry);
    if (!agrees) return { zh: `${path} 与 package-lock.json 不一致`, en: `${path} differs from package-lock.json` };
  }
  return null;
}

/** True of an optional package that names this machine's platform: npm leaves such a one out without a word. */
function isForThisPlatform({ os, cpu, libc }) {
  if (!os && !cpu) return false;
  const thisLibc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  const allows = (list, value) => !list || [list].flat().includes(value);
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, thisLibc);
}

/** Debian programs that tests drive: package, and where the program or file lies (`*` stands for one folder name). */
const testPrograms = Object.values(JSON.parse(readFileSync(join(root, 'tests/support/programs.json'), 'utf8')));

function isPresent(pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return existsSync(pattern);
  return existsSync(before) && readdirSync(before).some((name) => existsSync(before + name + after));
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

class Stop extends Error {}

function fail(line) {
  throw new Stop(line);
}

function run(command, args, cwd = root, environment = {}) {
  const env = { ...process.env, ...environment };
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd, env });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status === 0;
}

function installDependencies() {
  const why = whyInstall(root);
  if (why) {
    say(`OpenBeian：${why.zh}，正在运行 npm ci（约半分钟）。 / ${why.en}; running npm ci (about half a minute).`);
    const npm = findNpm();
    const scratch = mkdtempSync(join(tmpdir(), 'openbeian-node-'));
    try {
      const node = fetchBundledNode(npm, scratch);
      if (!npmCi(node, npm, root)) fail('OpenBeian：npm ci 失败，原因见上。 / npm ci failed; the reason is above.');
      // For `openbeian start`, which says how long everything took.
      writeFileSync(join(root, 'node_modules', '.openbeian-begun'), String(Math.round(performance.timeOrigin)));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  linkBundledNode();
}

/** The npm that called us, else the one on the PATH; it is run by a Node of our choice. */
function findNpm() {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  for (const candidate of [process.env.npm_execpath ?? '', ...onPath]) {
    if (candidate && existsSync(candidate) && realpathSync(candidate).endsWith('npm-cli.js'))
      return realpathSync(candidate);
  }
  return fail('OpenBeian：找不到 npm。 / npm was not found.');
}

function npmCi(node, npm, folder) {
  // No package of ours needs its install scripts, so none may run.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', ...quiet];
  // An old npm under a new Node is warned of things that concern nobody here.
  return run(node, [npm, ...args], folder, { NODE_NO_WARNINGS: '1' });
}

/**
 * The Node that shall run npm. An npm on an older Node leaves out, without a word, optional packages that ask for a newer
 * one: the native parts of our tools are such packages. So the lock file's own Node comes first, into a scratch folder,
 * with the version and checksum of the lock file.
 */
function fetchBundledNode(npm, scratch) {
  const own = process.env.npm_node_execpath ?? process.execPath; // not node_modules/.bin/node, which npm ci removes
  const version = spawnSync(own, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  if (majorOf(version) >= wantedMajor) return own;
  const name = `node-${process.platform}-${process.arch}`;
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const entry = lock.packages[`node_modules/${name}`];
  if (!entry) return failForNode(version);
  const dependencies = { [name]: entry.version };
  const packages = { '': { dependencies }, [`node_modules/${name}`]: entry };
  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ dependencies }));
  writeFileSync(join(scratch, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }));
  if (!npmCi(own, npm, scratch)) return failForNode(version);
  return join(scratch, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function majorOf(version) {
  return Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
}

function failForNode(version) {
  return fail(
    `OpenBeian：需要 Node ${wantedMajor}，当前是 ${version.trim()}，请先安装。 / Node ${wantedMajor} is needed and this is ${version.trim()}; please install it.`,
  );
}

/** Puts the Node that the lock file brings at node_modules/.bin/node, where `npm run` looks first. */
function linkBundledNode() {
  const folder = join(root, 'node_modules', '.bin');
  if (existsSync(join(folder, process.platform === 'win32' ? 'node.cmd' : 'node'))) return;
  // npm 9 (Debian 12) drops this link again when it drops the same program's packages for other platforms.
  const program = join('..', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (process.platform !== 'win32' && existsSync(join(folder, program))) {
    symlinkSync(program, join(folder, 'node'));
    return;
  }
  if (majorOf(process.version) < wantedMajor) failForNode(process.version);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs Debian packages without starting the services that come with them. */
function aptInstall(packages) {
  // policy-rc.d is Debian's switch for "do not start services now"; one that is there already stays.
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    return (
      run('apt-get', ['update', '-q'], root, environment) &&
      run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], root, environment)
    );
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function installTestPrograms() {
  const missing = () => testPrograms.filter((program) => !isPresent(program.path));
  const ci = process.env.CI === 'true';
  const before = missing();
  if (before.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${before.map((program) => program.package).join(' ')}`;
  const hasApt = (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, 'apt-get')));
  if (process.env.OPENBEIAN_NO_APT !== '1' && hasApt && process.getuid?.() === 0) {
    say(`OpenBeian：正在安装测试所需的程序： ${command} / installing the programs that the tests drive.`);
    aptInstall(before.map((program) => program.package));
  }
  const left = missing();
  if (left.length === 0) return;
  const names = left.map((program) => program.package).join(' ');
  if (ci) fail(`OpenBeian：缺少测试所需的程序： ${names} / programs that the tests need are missing: ${names}`);
  const bar = '!'.repeat(100);
  say(bar);
  for (const program of left) {
    say(
      `! 缺少 ${program.package}：${program.zh}不会运行。 / ${program.package} is missing: ${program.en} will NOT run.`,
    );
  }
  say(`! 安装命令 / to install: sudo ${command}`);
  say(bar);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    installDependencies();
    if (process.argv.includes('--test')) installTestPrograms();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
