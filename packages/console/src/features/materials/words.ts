import type { Words } from '../../language/words.ts';

export const materialWords = {
  material: {
    title: { zh: '材料', en: 'Materials' },
    lead: (limit: string) => ({
      zh: `请上传原件的照片或扫描件：JPG 或 PNG，每张不超过 ${limit}，彩色、四边完整、文字清晰。上传后立即检查。`,
      en: `Upload photos or scans of the originals: JPG or PNG, up to ${limit} each, in colour, with all edges and readable text. Each is checked at once.`,
    }),
    none: { zh: '该订单无须上传材料。', en: 'This filing needs no materials.' },
    required: { zh: '必交', en: 'Required' },
    done: { zh: '已上传', en: 'Uploaded' },
    refused: { zh: '未通过审核，请更换', en: 'Refused, replace it' },
    toReplace: { zh: '审核员请您更换', en: 'The reviewer asks for another' },
    replaced: { zh: '已更换', en: 'Replaced' },
    askedLead: {
      zh: '审核仍在进行，只能更换审核员指定的图片；换好后请回到订单提交补充。',
      en: 'The review goes on: only what the reviewer named can be replaced. Then go back to the filing and send the answer.',
    },
    // Begins with what is to be read on the button, as who speaks to the browser says it.
    named: {
      upload: (name: string) => ({ zh: `选择图片：${name}`, en: `Choose a picture: ${name}` }),
      add: (name: string) => ({ zh: `添加图片：${name}`, en: `Add a picture: ${name}` }),
      replace: (name: string) => ({ zh: `更换图片：${name}`, en: `Replace: ${name}` }),
    },
    upload: { zh: '选择图片', en: 'Choose a picture' },
    signedOn: { zh: '落款日期', en: 'Signed on' },
    signedOnOf: (name: string) => ({ zh: `${name}的落款日期`, en: `Signed on: ${name}` }),
    signedOnFirst: { zh: '请先填写材料上的落款日期', en: 'Enter the day that the paper bears first' },
    add: { zh: '添加图片', en: 'Add a picture' },
    replace: { zh: '更换图片', en: 'Replace' },
    remove: { zh: '删除', en: 'Remove' },
    removeTitle: { zh: '删除这张图片？', en: 'Remove this picture?' },
    removeLead: {
      zh: '图片将从订单中删除，保留期满后清除文件。',
      en: 'It is taken out of the filing; its file is deleted after the retention time.',
    },
    ownForms: {
      zh: '须使用本省模板或由其他部门出具的材料',
      en: 'Papers on a form of the province, or by another authority',
    },
    letters: { zh: '生成文书（打印签字后上传）：', en: 'Write a letter (print, sign, upload):' },
    stop: { zh: '停止', en: 'Stop' },
    checking: { zh: '正在检查…', en: 'Checking…' },
    progress: (name: string) => ({ zh: `${name}的上传进度`, en: `Upload progress: ${name}` }),
    view: { zh: '查看', en: 'View' },
    hide: { zh: '收起', en: 'Hide' },
    original: { zh: '原图', en: 'Original' },
    copy: { zh: '提交管局的图片', en: 'The authority’s copy' },
    pixels: (width: number, height: number) => ({ zh: `${width} × ${height} 像素`, en: `${width} × ${height} pixels` }),
    notScanned: { zh: '未做病毒扫描', en: 'Not scanned for viruses' },
    clean: { zh: '病毒扫描通过', en: 'Virus scan passed' },
    staysHere: { zh: '由服务商留存，不报送管局', en: 'Kept by the provider, not sent to the authority' },
    imageUse: (use: number) => ({ zh: `图片用途 ${use}`, en: `Image use ${use}` }),
    missing: { zh: '未上传', en: 'Not uploaded' },
    unneeded: { zh: '表单修改后不再需要的图片', en: 'No longer needed since the form has changed' },
    toClaim: {
      zh: '认领订单后可以查看图片；每次查看都记入审计。',
      en: 'Claim the filing to view its pictures. Each view is logged.',
    },
    logged: { zh: '每次查看都记入审计。', en: 'Each view is logged.' },
    tooLarge: (limit: string) => ({
      zh: `文件超过 ${limit}，请缩小图片后上传。`,
      en: `The file has more than ${limit}. Make the picture smaller, then upload it.`,
    }),
  },
} satisfies Words;
