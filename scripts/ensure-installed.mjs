// The first thing that runs on a fresh machine, before anything is installed: plain JavaScript without a dependency,
// for Node >= 18 (what Debian's own npm brings). It makes node_modules agree with package-lock.json and, with --test,
// sees to the Debian programs that the tests drive.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Says in one line why node_modules cannot be used as it is; null when it agrees with the lock file.
 * npm writes its own record (node_modules/.package-lock.json) last, so an interrupted install has none.
 * @param {string} folder the folder of package-lock.json
 * @returns {{ zh: string, en: string } | null}
 */
export function whyInstall(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return { zh: '尚未安装依赖', en: 'dependencies are not installed yet' };
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue; // the workspaces themselves
    const found = present[path];
    // Optional packages are those of other platforms.
    const agrees = found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional;
    if (!agrees) return { zh: `${path} 与 package-lock.json 不一致`, en: `${path} differs from package-lock.json` };
  }
  return null;
}

/** Debian programs that tests drive: package, and where the program or file lies (`*` stands for one folder name). */
export const testPrograms = [
  { package: 'postgresql', path: '/usr/lib/postgresql/*/bin/initdb', zh: 'PostgreSQL 测试', en: 'PostgreSQL tests' },
  { package: 'nginx', path: '/usr/sbin/nginx', zh: '反向代理测试', en: 'proxy tests' },
  { package: 'chromium', path: '/usr/bin/chromium', zh: '浏览器测试', en: 'browser tests' },
  {
    package: 'fonts-noto-cjk',
    path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    zh: '浏览器截图中的中文',
    en: 'Chinese text in browser screenshots',
  },
];

/**
 * @param {string} pattern absolute path; `*` stands for any one folder name
 * @returns {boolean}
 */
export function isPresent(pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return existsSync(pattern);
  return existsSync(before) && readdirSync(before).some((name) => existsSync(before + name + after));
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function run(command, args, environment = {}) {
  const env = { ...process.env, ...environment };
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: root, env });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status === 0;
}

function installDependencies() {
  const why = whyInstall(root);
  if (why) {
    say(`OpenBeian：${why.zh}，正在运行 npm ci（约半分钟）。 / ${why.en}; running npm ci (about half a minute).`);
    // No package of ours needs its install scripts, so none may run. The npm that called us is asked again, under the
    // node it runs on: the node in node_modules/.bin is about to be replaced.
    const args = [
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const { npm_execpath: npm = '', npm_node_execpath: node = process.execPath } = process.env;
    const done = /npm-cli\.js$/.test(npm)
      ? run(node, [npm, ...args])
      : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
    if (!done) fail('OpenBeian：npm ci 失败，原因见上。 / npm ci failed; the reason stands above.');
  }
  linkBundledNode();
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
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  fail(
    `OpenBeian：需要 Node 24；本平台没有随附版本，当前是 ${process.version}，请先安装 Node 24。 / Node 24 is needed: none came with the lock file for this platform and this one is ${process.version}; please install Node 24.`,
  );
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
      run('apt-get', ['update', '-q'], environment) &&
      run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], environment)
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
  installDependencies();
  if (process.argv.includes('--test')) installTestPrograms();
}
