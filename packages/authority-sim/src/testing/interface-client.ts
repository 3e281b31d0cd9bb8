import { randomInt } from 'node:crypto';
import {
  type Answer,
  type DownloadData,
  defaultLimits,
  makeCall,
  type Operation,
  operations,
  packageOf,
  packUpload,
  readAnswer,
  readDownload,
  readSoapAnswer,
  readWsdl,
  servicePaths,
  type UploadData,
  writeSoapCall,
} from '@openbeian/authority-wire/v3';
import { defaultInterfaceUnit, type InterfaceUnit } from '../v3/units.ts';

/** Sends a call as the service's description has it. */
function poster(url: string, province: string) {
  const descriptions = new Map<string, ReturnType<typeof readWsdl>>();
  return async (operation: Operation, call: ReturnType<typeof makeCall>): Promise<string> => {
    const address = `${url}/v3/${province}${servicePaths[operations[operation].service]}`;
    const description =
      descriptions.get(address) ??
      readWsdl(new Map([['', await (await fetch(`${address}?wsdl`)).text()]]), defaultLimits);
    descriptions.set(address, description);
    const names = description.operations.get(operation);
    if (names === undefined) throw new Error(`the service has no ${operation}`);
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: names.action },
      body: writeSoapCall(call, names),
    });
    return response.text();
  };
}

/** A provider's system as it should be, as far as tests need one: it speaks through the codec and remembers nothing. */
export function interfaceClient(
  url: string,
  { province = '440000', unit = defaultInterfaceUnit }: { province?: string; unit?: InterfaceUnit } = {},
) {
  const post = poster(url, province);

  async function ask<O extends Operation>(
    operation: O,
    own: Parameters<typeof makeCall<O>>[2],
    packed: Parameters<typeof makeCall<O>>[3]['packed'] = null,
  ): Promise<Answer<O>> {
    const call = makeCall(operation, unit, own, { packed, randomBelow: randomInt });
    const document = readSoapAnswer(operation, await post(operation, call), defaultLimits);
    return readAnswer(operation, document, defaultLimits).answer;
  }

  async function upload(dataSequence: number, data: UploadData) {
    const packed = await packUpload(data, { cipher: unit.cipher, at: new Date() });
    return ask('isp_upload', { dataSequence }, packed);
  }

  async function download(): Promise<{ code: number; fileName: string | null; data: DownloadData | null }> {
    const answer = await ask('isp_download', {});
    const packed = packageOf(answer);
    if (packed === null) return { code: answer.msg_code, fileName: null, data: null };
    const { value } = await readDownload(packed, { cipher: unit.cipher, limits: defaultLimits });
    return { code: answer.msg_code, fileName: packed.fileName, data: value };
  }

  const acknowledge = (fileName: string) => ask('isp_downloadack', { fileName });

  /** Everything that waits, acknowledged; what cannot be read or does not come is asked for again, a limited number of times; files of `done` are passed over. */
  async function downloadFiles(tries = 60, done: ReadonlySet<string> = new Set()): Promise<Map<string, DownloadData>> {
    const found = new Map<string, DownloadData>();
    for (let left = tries, quiet = 0; left > 0 && quiet < 4; left -= 1) {
      const file = await download().catch(() => null);
      quiet = file?.code === 2 ? quiet + 1 : 0;
      if (file?.fileName == null || file.data === null) continue;
      if (!done.has(file.fileName)) found.set(file.fileName, file.data);
      await acknowledge(file.fileName).catch(() => null);
    }
    return found;
  }

  const downloadAll = async () => [...(await downloadFiles()).values()];

  return { ask, upload, download, acknowledge, downloadAll, downloadFiles, unit, line: { unit: unit.ispId, province } };
}
