import { openAlibaba } from './alibaba.ts';
import type { OpenCloud } from './cloud-inventory.ts';
import { openHuawei } from './huawei.ts';
import { openTencent } from './tencent.ts';
import { openVolcengine } from './volcengine.ts';

export {
  CloudFailure,
  type CloudInventory,
  type Endpoint,
  type FailureKind,
  parseEndpoint,
} from './cloud-inventory.ts';
export { type ReadCloud, type ReadList, readCloud } from './read-cloud.ts';

/** Each cloud's adapter, and the environment variables in which it looks for credentials first. */
export const syncedClouds = {
  tencent: { open: openTencent, variables: ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'] },
  alibaba: { open: openAlibaba, variables: ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'] },
  huawei: { open: openHuawei, variables: ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK'] },
  volcengine: { open: openVolcengine, variables: ['VOLC_ACCESSKEY', 'VOLC_SECRETKEY'] },
} as const satisfies Readonly<Record<string, { open: OpenCloud; variables: readonly string[] }>>;
