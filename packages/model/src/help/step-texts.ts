import type { HelpText } from './help-text.ts';

/** What people ask about a filing on its way: what to prepare, and what to do when it comes back. */
export const stepHelp: readonly HelpText[] = [
  {
    id: 'materials',
    topics: ['page:start', 'page:form', 'page:filing'],
    zh: {
      title: '备案要准备哪些材料？图片有什么要求？',
      body: '个人一般准备身份证；单位准备营业执照等主办单位证件和负责人的身份证，以及域名证书。各省和各单位性质另有要求，如授权书、承诺书、前置审批文件。“备案准备”页面按省份、性质和类型列出清单和可打印的文书。\n- 请上传原件的彩色照片或扫描件，JPG 或 PNG，四边完整、文字清晰。\n- 证件须在有效期内，与填写的信息一致。\n上传后立即检查，不合格的当场提示。',
    },
    en: {
      title: 'Which materials does a filing take, and what must the pictures be like?',
      body: 'Individuals usually need their identity card. Organisations need their certificate, such as the business licence, and the identity cards of the persons in charge, and the domain certificate. Provinces and natures ask for more, such as letters of authorisation, commitments or prior approvals: “Prepare” lists them by province, nature and type, with letters to print.\n- Upload colour photos or scans of originals, JPG or PNG, whole and legible.\n- Documents must be valid and match what you enter.\nPictures are checked at once, and you are told what is wrong with them.',
    },
    asked: {
      zh: ['材料', '资料', '准备什么', '备案准备', '身份证', '营业执照', '照片', '图片', '附件', '承诺书', '上传失败'],
      en: ['materials', 'documents', 'what to prepare', 'id card', 'business licence', 'photo', 'upload', 'attachment'],
    },
    source: ['TC-MATERIALS', 'JD-PROVINCE-MATERIALS'],
  },
  {
    id: 'returned-filing',
    topics: ['page:filing', 'page:filings', 'page:form'],
    zh: {
      title: '订单被驳回、退回怎么办？可以撤回修改吗？',
      body: '打开订单，逐项查看驳回原因，在标红的栏目修改后重新提交；其他内容和已上传的图片都保留。接入商或管局驳回的都这样处理。初审完成前发现有误，可以点击“撤回修改”。审核员请您补充的，在期限内直接回答即可，不必重新提交。不再办理的可以放弃，占用的授权码随即释放。',
    },
    en: {
      title: 'My filing was rejected or returned. What now, and can I withdraw it to edit?',
      body: 'Open the filing, read the reason for each field, correct the marked fields and submit again; everything else is kept, pictures too. That holds for the provider’s and the authority’s rejections alike. Until the review ends you can withdraw the filing to edit it. If a reviewer asks you something, answer in time; nothing has to be submitted again. Discard a filing that you no longer want, and its code is free again.',
    },
    asked: {
      zh: ['驳回', '退回', '被拒', '驳回原因', '撤回', '撤回修改', '重新提交', '放弃备案', '审核补充'],
      en: [
        'reject',
        'rejection',
        'rejected',
        'returned',
        'refused',
        'withdraw',
        'resubmit',
        'discard',
        'reason for rejection',
      ],
    },
    source: ['TC-REJECT', 'TC-REVIEW'],
  },
];
