import type { Answer, CipherKey, Credentials, PackedDocument } from '@openbeian/authority-wire/v3';
import type { CodeTables } from '@openbeian/model/code-tables';
import type { Clock, Ids, LineKey, Store, Vault } from '../../ports/index.ts';

/** How packages go to a province and come from it: SOAP, or files that people carry. */
export interface Exchange {
  /** @throws Fault `authority.unreachable` where nobody knows whether it arrived */
  upload(packed: PackedDocument, sequence: number): Promise<Answer<'isp_upload'>>;
  /** The last package that arrived. */
  previousUpload(): Promise<Answer<'isp_querypreviousupload'>>;
  download(): Promise<Answer<'isp_download'>>;
  acknowledge(fileName: string): Promise<Answer<'isp_downloadack'>>;
  /** Null: there is nobody to ask. */
  queryStatus(conditionType: number, condition: string): Promise<Answer<'isp_querybeianstatus'> | null>;
  /** Null: there is nobody to ask. */
  verifyPassword(number: string, password: string): Promise<Answer<'isp_verifybamm'> | null>;
  /** Its files lie on a disk here: one that was damaged on its way gets no better. */
  readonly keepsFiles?: true;
}

/** Everything that the lines of one provider have in common. */
export interface LineOptions {
  /** The provider’s number with the authorities (`Qqdwid`). */
  readonly unit: number;
  /** By division code: the provinces that there is a line to. */
  readonly exchanges: ReadonlyMap<string, Exchange>;
  /** Null: packages are not encrypted. */
  readonly cipher: CipherKey | null;
  readonly store: Pick<Store, 'transaction'>;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Those that come with the release, under what was downloaded. */
  readonly codeTables: CodeTables;
  /** Kinds of what is not carried that stop a hand-over, though it could go without. */
  readonly lossesThatStop: readonly string[];
  /** Between two looks for files, where there was none. */
  readonly downloadEveryMs: number;
  /** The same on a line where no hand-over is out; as `downloadEveryMs` unless given. */
  readonly quietDownloadEveryMs?: number;
  /** Waits; a timer unless given. */
  readonly pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Line extends LineKey {
  readonly exchange: Exchange;
}

/** As a province issued them. */
export interface SoapAccess {
  readonly url: string;
  readonly credentials: Credentials;
  /** Of the calls; null: as the service’s WSDL says. */
  readonly namespace: string | null;
}
