import { materialKeys, type RevealReason, revealReasons } from '@openbeian/model/filing';
import { letterIds, type MaterialPart, materialParts } from '@openbeian/model/materials';
import { z } from 'zod';
import { bytesAnswerShape, bytesShape, operation } from '../operation.ts';
import { dayShape, emptyShape, findingShape, idShape, instantShape, noBody, textShape } from '../shapes.ts';
import { everyone, filingParams } from './filings/step.ts';

/** Of one request that adds to an upload. */
const mostPartKiB = 256;

const keyShape = z.enum(materialKeys).meta({ description: '材料 / The material' });
// Object.keys forgets which keys there are.
const partShape = z
  .enum(Object.keys(materialParts) as MaterialPart[])
  .meta({ description: '整页、人像面或国徽面 / The whole page, the portrait side, or the back' });
const uploadParams = z.strictObject({ uploadId: idShape });
const materialParams = z.strictObject({ materialId: idShape });

const uploadShape = z
  .object({
    id: idShape,
    filingId: idShape,
    key: keyShape,
    part: partShape,
    bytes: z.number().int(),
    received: z.number().int().meta({ description: '已收到的字节数，下一部分从这里开始 / The next part begins here' }),
    partBytes: z.number().int().meta({ description: '建议每次上传的字节数 / How many bytes a part should have' }),
    expiresAt: instantShape,
  })
  .meta({ id: 'Upload' });

const materialShape = z
  .object({
    id: idShape,
    filingId: idShape,
    key: keyShape,
    part: partShape,
    certificateType: z.string().nullable(),
    signedOn: dayShape.nullable(),
    addedAt: instantShape,
    advice: z
      .array(findingShape.partial({ severity: true }))
      .meta({ description: '上传检查的提示 / What the check at upload advised' }),
    mediaType: z.enum(['image/jpeg', 'image/png']),
    bytes: z.number().int(),
    width: z.number().int(),
    height: z.number().int(),
    copyBytes: z.number().int().meta({ description: '提交管局的图片的字节数 / Bytes of the authority’s copy' }),
    scan: z
      .enum(['clean', 'not_scanned'])
      .meta({ description: '病毒扫描结果；未配置扫描时为 not_scanned / not_scanned: no scanner is configured' }),
  })
  .meta({ id: 'Material' });

export const listMaterials = operation({
  id: 'listMaterials',
  method: 'GET',
  path: '/api/v1/filings/{filingId}/materials',
  summary: {
    zh: '备案所需材料、已上传的图片和未完成的上传',
    en: 'List materials of a filing: needed, given, under way',
  },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: ['material', 'filing'],
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    needed: z.array(
      z.object({
        key: keyShape,
        part: partShape,
        field: z.string().meta({ description: '检查结果所在的栏目 / Where findings about it stand' }),
        name: textShape,
        formField: z.string().nullable(),
        certificateType: z.string().nullable(),
        picture: z.enum(['paper', 'card', 'screen', 'icon']),
        most: z.number().int(),
        imageUse: z.number().int().nullable().meta({ description: 'Null: the picture stays with the provider' }),
        isRequired: z.boolean(),
        isSigned: z.boolean().meta({ description: '须填写落款日期 / It bears the day on which it was signed' }),
        when: textShape,
        isOpen: z.boolean().meta({
          description:
            '现在可由客户上传、更换：审核中只有审核员指定的图片可以 / May its customer change it now; during a review only what is asked',
        }),
        isRefused: z.boolean().default(false).meta({
          description:
            '审核员不接受此处的图片，尚未更换 / A reviewer refused what is there, and it has not been replaced yet',
        }),
        materials: z.array(materialShape),
      }),
    ),
    unneeded: z
      .array(materialShape)
      .meta({ description: '表单修改后不再需要的图片 / Pictures that the form no longer asks for' }),
    uploads: z.array(uploadShape),
    findings: z.array(findingShape),
    letters: z.array(z.object({ id: z.enum(letterIds), name: textShape, becomes: keyShape })).meta({
      description:
        '可以生成的文书，及其签字件所属的材料 / Letters that can be written, and the material that each becomes',
    }),
    ownForms: z
      .array(
        z.object({
          rule: z.string(),
          text: textShape,
          remedy: textShape.nullable(),
          source: z.string().nullable(),
          asOf: dayShape,
        }),
      )
      .meta({
        description:
          '须使用本省模板或由其他部门出具的材料，系统不能生成 / Papers on a form of the province, or by another authority: none that can be written here',
      }),
    mostBytes: z.number().int(),
    isEditable: z.boolean(),
  }),
  faults: ['object.not_found'],
});

export const beginUpload = operation({
  id: 'beginUpload',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/uploads',
  summary: { zh: '开始上传一张图片', en: 'Begin the upload of a picture' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['material'],
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({
    key: keyShape,
    part: partShape.default('whole'),
    certificateType: z.string().min(1).max(60).optional().meta({
      description: '图片是哪种证件；与表单不符时拒绝 / Which certificate it is; refused where the form names another',
    }),
    signedOn: dayShape.optional().meta({
      description:
        '签字材料的落款日期，签字材料必填；晚于今天或已过期的拒绝 / The day that a signed paper bears, needed of those; refused in the future or too long ago',
    }),
    bytes: z.number().int().min(1).max(2_000_000_000),
  }),
  answer: uploadShape,
  faults: ['object.not_found', 'filing.wrong_state', 'material.refused'],
});

export const getUpload = operation({
  id: 'getUpload',
  method: 'GET',
  path: '/api/v1/uploads/{uploadId}',
  summary: { zh: '查看上传进度（用于断点续传）', en: 'See how far an upload has come, to go on with it' },
  roles: ['customer'],
  scope: 'filings:read',
  command: false,
  nouns: ['material'],
  params: uploadParams,
  query: emptyShape,
  body: noBody,
  answer: uploadShape,
  faults: ['object.not_found'],
});

export const appendUpload = operation({
  id: 'appendUpload',
  method: 'PUT',
  path: '/api/v1/uploads/{uploadId}/bytes',
  summary: { zh: '上传下一部分', en: 'Add the next part of an upload' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['material'],
  bodyKiB: mostPartKiB,
  bytes: 'body',
  params: uploadParams,
  query: z.strictObject({
    atByte: z.coerce
      .number()
      .int()
      .min(0)
      .max(2_000_000_000)
      .meta({ description: '这一部分从第几个字节开始，即已收到的字节数 / How many bytes have come before' }),
  }),
  body: bytesShape,
  answer: uploadShape,
  faults: ['object.not_found', 'upload.other_offset'],
});

export const completeUpload = operation({
  id: 'completeUpload',
  method: 'POST',
  path: '/api/v1/uploads/{uploadId}/complete',
  summary: { zh: '结束上传：检查图片并加入备案', en: 'End an upload: check the picture and add it to the filing' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['material', 'filing'],
  cost: 5,
  params: uploadParams,
  query: emptyShape,
  body: emptyShape,
  answer: materialShape,
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'upload.other_offset',
    'material.refused',
    'material.store_unavailable',
    'material.scan_unavailable',
    'server.busy',
    'idempotency.in_progress',
  ],
});

export const removeMaterial = operation({
  id: 'removeMaterial',
  method: 'DELETE',
  path: '/api/v1/materials/{materialId}',
  summary: { zh: '删除图片', en: 'Remove a picture' },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['material', 'filing'],
  params: materialParams,
  query: emptyShape,
  body: noBody,
  answer: emptyShape,
  faults: ['object.not_found', 'filing.wrong_state'],
});

export const openMaterial = operation({
  id: 'openMaterial',
  method: 'POST',
  path: '/api/v1/materials/{materialId}/open',
  summary: { zh: '查看图片（记入审计）', en: 'Open a picture (audited)' },
  roles: ['customer', 'reviewer', 'operator'],
  scope: 'filings:reveal',
  command: true,
  nouns: [],
  bytes: 'answer',
  params: materialParams,
  query: emptyShape,
  body: z.strictObject({
    which: z
      .enum(['original', 'copy'])
      .default('original')
      .meta({ description: 'copy：提交管局的图片 / copy: what the authority gets' }),
    // Object.keys forgets which keys there are.
    because: z.enum(Object.keys(revealReasons) as RevealReason[]).optional(),
  }),
  answer: bytesAnswerShape,
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'filing.not_claimed',
    'filing.claimed_by_other',
    'material.store_unavailable',
    'store.unreadable',
  ],
});

export const writeLetter = operation({
  id: 'writeLetter',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/letters',
  summary: {
    zh: '按备案信息生成授权书、承诺书、方案书等（PDF，打印后签字）',
    en: 'Write a letter, pledge or plan from the filing, as PDF to print and sign',
  },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: [],
  bytes: 'answer',
  cost: 5,
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({ letter: z.enum(letterIds) }),
  answer: bytesAnswerShape,
  faults: ['object.not_found', 'server.busy'],
});
