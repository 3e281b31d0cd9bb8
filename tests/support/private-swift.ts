import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../lifecycle/free-port.ts';
import { requireProgram } from './require-program.ts';

export interface PrivateSwift {
  /** Of its S3 interface. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  stop(): Promise<void>;
}

const parts = ['account', 'container', 'object'] as const;

/**
 * OpenStack Swift with its S3 interface: an object store that somebody else wrote, four processes on free loopback ports, in a folder
 * that goes with it. Null where it is not installed (see `requireProgram`).
 */
export async function startPrivateSwift(): Promise<PrivateSwift | null> {
  const programs = (['swiftProxy', 'swiftAccount', 'swiftContainer', 'swiftObject'] as const).map(requireProgram);
  if (programs.includes(null)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-swift-'));
  mkdirSync(join(folder, 'node', 'd1'), { recursive: true });
  writeFileSync(join(folder, 'swift.conf'), '[swift-hash]\nswift_hash_path_suffix = of-the-tests\n');
  const running: ChildProcess[] = [];
  for (const part of parts) {
    const port = await freePort();
    makeRing(folder, part, port);
    const app = `conn_timeout = 30\nnode_timeout = 60\n[pipeline:main]\npipeline = ${part}-server\n[app:${part}-server]\nuse = egg:swift#${part}\n`;
    running.push(
      start(folder, part, `${head(folder, port)}devices = ${join(folder, 'node')}\nmount_check = false\n${app}`),
    );
  }
  const port = await freePort();
  running.push(start(folder, 'proxy', head(folder, port) + proxy));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    for (const child of running) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 900; tries += 1) {
    if ((await fetch(url).catch(() => null)) !== null) {
      return { url, region: 'us-east-1', accessKeyId: 'test:tester', secretAccessKey: 'testing', stop };
    }
    await pause(100);
  }
  await stop();
  throw new Error('Swift does not answer');
}

const head = (folder: string, port: number) =>
  `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nswift_dir = ${folder}\nuser = ${userInfo().username}\nworkers = 0\n`;

const proxy = `[pipeline:main]
pipeline = catch_errors cache s3api tempauth copy slo dlo proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
# Its parts answer however busy the machine is: half a second would not do, and a slow one is not given up.
conn_timeout = 30
node_timeout = 60
recoverable_node_timeout = 60
error_suppression_limit = 1000000
`;

function makeRing(folder: string, part: string, port: number): void {
  const file = join(folder, `${part}.builder`);
  for (const words of [['create', '2', '1', '1'], ['add', `r1z1-127.0.0.1:${port}/d1`, '1'], ['rebalance']]) {
    const { status, stderr } = spawnSync('/usr/bin/swift-ring-builder', [file, ...words], { encoding: 'utf8' });
    // 1 is a warning: there is one device only.
    if (status !== 0 && status !== 1) throw new Error(`swift-ring-builder: ${stderr}`);
  }
}

/** Its programs read one file of /etc that is for the whole machine: they are told of another before they begin. */
function start(folder: string, part: string, settings: string): ChildProcess {
  const file = join(folder, `${part}.conf`);
  writeFileSync(file, settings);
  const script = [
    'import sys, runpy',
    'import swift.common.utils as utils',
    `utils.SWIFT_CONF_FILE = ${JSON.stringify(join(folder, 'swift.conf'))}`,
    `sys.argv = ['swift-${part}-server', ${JSON.stringify(file)}]`,
    `runpy.run_path('/usr/bin/swift-${part}-server', run_name='__main__')`,
  ].join('\n');
  return spawn('/usr/bin/python3', ['-c', script], { stdio: 'ignore' });
}
