import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { checks } from '../conformance/checks.ts';
import { createSimControls } from '../control/client.ts';
import { noticeShape } from '../control/interface-routes.ts';
import { interfaceClient } from '../testing/interface-client.ts';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleBaxx, upload as submissionOf } from '../testing/sample-upload.ts';
import { faultNames } from '../v3/mischief.ts';

const { start, stopAll } = interfaceWorlds();
const directories: string[] = [];
afterEach(async () => {
  await stopAll();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});
function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'authority-sim-command-'));
  directories.push(directory);
  return directory;
}

const own = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(own, '..', '..', 'docs', 'authority-sim.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
const tools = ['sh', 'curl', 'zip', 'unzip', 'iconv', 'openssl', 'base64'];
const hasTools = tools.every((tool) => spawnSync('which', [tool]).status === 0);

describe('the page for outsiders', () => {
  test.skipIf(!hasTools)('has commands that do what it says', { timeout: 60_000 }, async () => {
    const { sim } = await start({ clock: systemClock, verdictAfterMs: 200 });
    const script = blocks('sh').join('\n');
    const { code, out, errors } = await runShell(script, newDirectory(), sim.url);
    expect([code, errors]).toEqual([0, '']);
    // Before the first upload, after it, of the download’s acknowledgement.
    expect(out.match(/msg_code&gt;0&lt;/g)).toHaveLength(4);
    expect(out).toContain('&lt;dataSequence&gt;0&lt;');
    expect(out).toContain('"confirmed":1');
    expect(out).toContain('<Baxh>粤ICP备2026000123号</Baxh>');
    expect(out).toContain('<Jgdm>1001</Jgdm>');
    expect(out).toContain('Wzbah&gt;粤ICP备2026000123号-1&lt;');
    expect(out).toContain('"waiting":1');
  });

  test('has a call for SoapUI that is answered', async () => {
    const { sim } = await start();
    const [body = ''] = blocks('xml');
    const headers = { 'content-type': 'text/xml' };
    const response = await fetch(`${sim.url}/v3/440000/ISPWebService/upDownLoad`, { method: 'POST', headers, body });
    expect(await response.text()).toContain('msg_code&gt;0&lt;');
  });

  test('says for each notice what it takes', () => {
    for (const { shape } of noticeShape.options) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${shape.say.value}\` |`));
      const members = Object.keys(shape).filter((member) => member !== 'say');
      expect(members.filter((member) => row?.includes(`\`${member}\``) !== true)).toEqual([]);
    }
  });

  test('names every fault and every check', () => {
    const named = new Set([...page.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name));
    expect([...faultNames, ...Object.keys(checks)].filter((name) => !named.has(name))).toEqual([]);
  });
});

function runShell(script: string, cwd: string, url: string) {
  return new Promise<{ code: number | null; out: string; errors: string }>((resolve) => {
    const child = spawn('sh', ['-e'], { cwd, env: { ...process.env, SIM: url, LC_ALL: 'C.UTF-8' } });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (part) => (out += String(part)));
    child.stderr.on('data', (part) => (errors += String(part)));
    child.on('close', (code) => resolve({ code, out, errors }));
    child.stdin.end(script);
  });
}

const main = join(own, 'src', 'command', 'main.ts');
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 60_000 });

/** The program, once it has said where it listens. */
async function startProgram(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args]);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part) => {
      said += String(part);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`it ended: ${said}`)));
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, url, ended, said: () => said };
}

describe('openbeian-authority-sim', { timeout: 60_000 }, () => {
  test('runs until it is stopped, with providers of its own', async () => {
    const directory = newDirectory();
    const units = join(directory, 'units.yaml');
    const [unit = ''] = blocks('yaml');
    writeFileSync(units, unit);
    const { child, url, ended, said } = await startProgram(
      '--calm',
      '--data',
      join(directory, 'data'),
      '--units',
      units,
    );
    const mine = {
      ispId: 7001,
      provider: 'mine',
      name: '我的示例公司',
      userName: 'mine',
      password: 'secret',
      cipher: null,
      provinces: ['440000'],
    };
    expect((await interfaceClient(url, { unit: mine }).download()).code).toBe(2);
    expect(said()).not.toContain('openbeian-simulator');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('kill -9 loses nothing that was accepted', async () => {
    const data = join(newDirectory(), 'data');
    const filing = (seed: number) => submissionOf({ XZBA: { Baxx: [sampleBaxx(seed)] } });
    for (let sequence = 1; sequence <= 3; sequence += 1) {
      const { child, url, ended } = await startProgram('--calm', '--lenient', '--data', data);
      const client = interfaceClient(url);
      const previous = await client.ask('isp_querypreviousupload', {});
      expect(previous.fileInfos).toMatchObject({ dataSequence: sequence - 1 });
      expect((previous.fileInfos?.beianInfo ?? '') === '').toBe(sequence === 1);
      expect((await client.upload(sequence, filing(sequence * 4))).msg_code).toBe(0);
      child.kill('SIGKILL');
      await ended;
    }
    const { child, url, ended } = await startProgram('--calm', '--lenient', '--data', data);
    const { submissions } = await createSimControls(url).getState();
    expect(submissions.map(({ id }) => id)).toEqual([1, 2, 3].map((sequence) => `v3-9001-440000-${sequence}-1`));
    child.kill('SIGTERM');
    await ended;
  });

  test('is what npx runs in a checkout, also in one that was installed before', () => {
    const bins = z.object({ bin: z.record(z.string(), z.string()) });
    const read = (folder: string) => bins.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).bin;
    const root = join(own, '..', '..');
    const name = 'openbeian-authority-sim';
    expect(join(root, read(root)[name] ?? '')).toBe(join(own, read(own)[name] ?? ''));
    expect(readFileSync(join(own, read(own)[name] ?? ''), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('says what is wrong with its arguments and files', () => {
    const directory = newDirectory();
    expect(run('--help').stdout).toContain('conformance');
    expect(run('--prt', '1').status).toBe(2);
    expect(run('--port', '99999').status).toBe(2);
    expect(run('--day', 'soon')).toMatchObject({ status: 1, stderr: expect.stringContaining('ISO 8601') });
    const units = join(directory, 'units.json');
    writeFileSync(units, '[{"ispId": 0}]');
    expect(run('--units', units)).toMatchObject({ status: 1, stderr: expect.stringContaining('ispId') });
    expect(run('--units', join(directory, 'none'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('ENOENT'),
    });
  });

  test('conformance: reports what a system did wrong, as text and JSON, and exits 1', async () => {
    const out = join(newDirectory(), 'report.json');
    const { child, url, ended, said } = await startProgram('conformance', '--out', out);
    const client = interfaceClient(url);
    // Some of them meet the faults of the programme.
    for (let n = 0; n < 4; n += 1) await client.acknowledge('nothing').catch(() => null);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(said()).toContain('[不通过 / failed] acknowledged_names');
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ format: 1, verdict: 'failed', uploads: 0 });
  });
});
