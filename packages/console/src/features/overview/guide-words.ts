import type { Words } from '../../language/words.ts';

/** For who has nothing to do yet. */
export const guideWords = {
  guide: {
    todoEmpty: { zh: '暂无待处理事项。', en: 'Nothing needs your action.' },
    takes: {
      zh: '首次备案：准备一台符合条件的云资源和材料，填写信息后由接入商初审（一般 1 至 2 个工作日），收到短信后 24 小时内核验，管局审核最长 20 个工作日。取得备案号之前，请勿开通网站访问。',
      en: 'A first filing takes an eligible resource and materials. The provider reviews it, usually in 1 to 2 working days; the SMS is confirmed within 24 hours; the authority takes up to 20 working days. Keep the site closed until it has its number.',
    },
    seeResources: { zh: '查看可备案的云资源', en: 'See eligible resources' },
    seeHelp: { zh: '备案常见问题', en: 'Common questions' },
    prepare: { zh: '查看需要准备的材料', en: 'What you will need' },
  },
} satisfies Words;
