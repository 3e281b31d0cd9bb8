import { z } from 'zod';
import { setting } from './setting.ts';

/** What inventories that are stored or checked here may hold. */
export const inventorySchema = z
  .strictObject({
    exampleAddresses: setting(
      z.boolean().nullable().default(null),
      '资源清单中的公网 IP 可否是文档示例网段的地址（203.0.113.0/24 等）。不设时，仅当外界不能访问本服务（样例、试用）时允许',
      'Whether public addresses in inventories may be of the documentation ranges (203.0.113.0/24 and its like). Unless set, only while nobody else can reach this server, as in a sample or a trial',
    ),
  })
  .prefault({});
