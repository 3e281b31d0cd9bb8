import type { HelpText } from './help-text.ts';

/** What people ask about the form, its reviews, and what is due after a filing. */
export const formHelp: readonly HelpText[] = [
  {
    id: 'certificate-types',
    topics: ['page:form', 'page:start'],
    zh: {
      title: '证件类型怎样选择？上传的证件为什么被驳回？',
      body: '证件类型由单位性质决定：先选单位性质，再从列出的证件中选择，个人用身份证等个人证件，企业用营业执照。上传时请确认图片与证件类型一致：彩色原件、四角完整、文字清晰，不要拍屏幕，证件有效期须在三个月以上；水印不得遮挡文字。',
    },
    en: {
      title: 'Which certificate type do I choose, and why was my upload rejected?',
      body: 'The organiser’s nature decides: choose the nature, then one of the certificates listed. Individuals use personal documents such as the ID card, companies the business licence. Make sure that the image is of that certificate: the colour original with all four corners, legible, no photo of a screen, valid for at least three more months; a watermark must not cover text.',
    },
    asked: {
      zh: ['身份证照片模糊', '营业执照上传失败', '图片不清晰', '证件无法识别', '单位性质', '选哪个证件'],
      en: ['blurred photo', 'licence unreadable', 'upload failed', 'which document', 'image quality'],
    },
    source: ['TC-MATERIALS', 'user-questions-2026'],
  },
  {
    id: 'individual-content',
    topics: ['page:form', 'page:start'],
    zh: {
      title: '个人备案可以做什么网站？',
      body: '个人只能办个人性质的网站，例如个人博客、作品展示、学习记录；不能涉及企业、商城、论坛、新闻、交友、医疗、金融等内容。请按实际内容选择服务内容，并在备注中说明。需要经营的，请以企业或个体工商户备案。',
    },
    en: {
      title: 'What may an individual’s site be about?',
      body: 'Personal things only: a blog, works of one’s own, notes. Nothing of a company, a shop, a forum, news, dating, medicine or finance. Choose the service content that fits and explain it in the remark. To do business, file as a company or sole trader.',
    },
    asked: {
      zh: ['个人博客', '个人网站内容', '商城', '论坛', '企业内容', '内容不符'],
      en: ['personal blog', 'individual website', 'shop', 'forum', 'content rejected'],
    },
    source: ['ALI19-LIMITS', 'TC-SITE', 'user-questions-2026'],
  },
  {
    id: 'site-name',
    topics: ['page:form'],
    zh: {
      title: '网站名称怎样填写不会被驳回？',
      body: '名称应与实际内容一致，三个汉字以上；不要使用域名、纯数字、纯字母或特殊符号，不要以“中国、中华、国家、中央”等开头。个人网站不能使用公司、商城、论坛、资讯、工作室等字样，各省另有限制。被驳回时，审核意见会说明原因，请按说明改名并在备注中说明用途。',
    },
    en: {
      title: 'How do I name the site so that it is not rejected?',
      body: 'The name fits the content and has at least three Chinese characters. Do not use the domain, only digits or letters, or special characters, and do not begin with words for China, the nation or the state. An individual’s site cannot be called a company, shop, forum, news site or studio; provinces have further limits. If it is rejected, the review says why: choose another name and explain its use in the remark.',
    },
    asked: {
      zh: ['网站名称不合格', '起名', '名称驳回', '网站名字'],
      en: ['site name rejected', 'website title', 'naming'],
    },
    source: ['ALI19-SITE-NAMES', 'TC-SITE', 'user-questions-2026'],
  },
  {
    id: 'holder-mismatch',
    topics: ['page:form', 'page:start'],
    zh: {
      title: '域名持有者与备案主体不一致怎么办？实名后多久能备案？',
      body: '域名持有者的名称、证件类型和证件号码须与备案主体一致；单位的域名也可由法定代表人持有，个别省允许股东等。不一致的，请先办理域名过户或修改持有者信息并重新实名。域名实名或过户后，数据同步到工信部一般需要 3 个工作日，之后再提交。域名剩余有效期一般须在三个月以上。',
    },
    en: {
      title: 'The domain’s holder is not the organiser. How soon after the real-name verification can I file?',
      body: 'Name, certificate type and certificate number of the holder must be the organiser’s. A company’s domain may also be held by its legal representative, in some provinces by a shareholder. Otherwise transfer the domain or correct its holder, and verify it again. After that it takes about three working days until the data have reached MIIT; submit then. The domain should be valid for three more months.',
    },
    asked: {
      zh: ['域名所有者', '域名过户', '实名认证时间', '域名刚注册', '持有人不一致', '短信签名'],
      en: ['domain owner', 'registrant mismatch', 'new domain', 'real-name delay', 'whois holder'],
    },
    source: ['TC-DOMAIN', 'ALI19-DOMAIN', 'user-questions-2026'],
  },
  {
    id: 'principal-legal',
    topics: ['page:form'],
    zh: {
      title: '负责人必须是法定代表人吗？手机号有什么要求？',
      body: '各省不同：多数省要求主体负责人为法定代表人，部分省可以授权他人，须上传授权书。每位负责人使用本人的手机号，不能与其他主体共用；应急电话须与手机号不同。法定代表人已变更的，请等工商信息更新后再提交。',
    },
    en: {
      title: 'Must the person in charge be the legal representative, and which phone numbers are accepted?',
      body: 'It depends on the province: most require the legal representative, some accept an authorised person with a letter. Each person uses a mobile number of their own that no other organiser uses; the emergency number must be another one. If the legal representative has changed, submit after the company register shows it.',
    },
    asked: {
      zh: ['手机', '手机号', '负责人', '法人', '法人代表', '授权书', '手机号被占用', '应急联系电话', '法人信息不匹配'],
      en: [
        'phone',
        'person in charge',
        'legal person',
        'authorisation letter',
        'phone number used',
        'emergency contact',
      ],
    },
    source: ['TC-SUBJECT', 'JD-PROVINCES', 'user-questions-2026'],
  },
  {
    id: 'review-call',
    topics: ['page:filing'],
    zh: {
      title: '初审电话没有接到会怎样？审核要多久？',
      body: '初审一般 1 至 2 个工作日，审核人员可能致电核实；无人接听可能被退回，请保持负责人手机畅通，退回后按意见修改再提交。短信核验限 24 小时。管局审核最长 20 个工作日，各省快慢不同。订单页面显示当前由谁处理、截止时间和历史记录。',
    },
    en: {
      title: 'What if I miss the review’s call, and how long does a review take?',
      body: 'The provider’s review usually takes 1 to 2 working days, and a reviewer may call to verify. If nobody answers, the filing may be returned: keep the phone reachable, fix what the review says and submit again. The SMS verification must be done within 24 hours. The authority takes up to 20 working days, depending on the province. The filing’s page shows whose turn it is, until when, and what has happened.',
    },
    asked: {
      zh: [
        '审核',
        '审核多久',
        '管局',
        '管局审核',
        '备案要多久',
        '审核时间',
        '电话没接到',
        '进度',
        '多少天',
        '催审核',
        '备案太慢',
        '备案多久下来',
        '审核进度',
        '催审核',
      ],
      en: [
        'review',
        'authority',
        'how long',
        'missed call',
        'progress',
        'waiting time',
        'slow review',
        'how many days',
        'status of review',
      ],
    },
    source: ['timers', 'TC-REVIEW', 'user-questions-2026'],
  },
  {
    id: 'sms-verification',
    topics: ['page:filing'],
    zh: {
      title: '短信核验怎样完成？收不到短信、超时怎么办？',
      body: '提交管局后，负责人手机会收到验证码；24 小时内在工信部备案网站的短信核验页面填写验证码、手机号和证件号码后六位。主体负责人和网站负责人不是同一人的，两人都要核验，未全部完成前不会进入管局审核。收不到时，检查是否被拦截，可在该页面重新获取。超时会被退回，请重新提交。多次输错也会被退回。',
    },
    en: {
      title: 'How do I complete the SMS verification, and what if no message comes or it is too late?',
      body: 'After the hand-over to the authority the persons in charge get a code. Within 24 hours enter code, mobile number and the last six characters of the certificate number on the SMS page of MIIT’s filing site. If the organiser’s and the site’s persons differ, both must do it; until then the authority does not start. If no message comes, see whether the phone blocked it, and request it again on that page. If the time runs out, or after too many wrong tries, the filing is returned: submit it again.',
    },
    asked: {
      zh: ['短信', '短信核验', '核验', '验证码', '验证码收不到', '短信超时', '重发短信', '核验失败', '24小时'],
      en: ['SMS', 'verification code', 'SMS not received', 'SMS expired', 'resend code'],
    },
    source: ['TC-SMS', 'timers', 'user-questions-2026'],
  },
  {
    id: 'identity-check',
    topics: ['page:form', 'page:filing'],
    zh: {
      title: '真实性核验怎样做？必须拍照或到现场吗？',
      body: '一般用手机完成人脸核验，不再需要幕布照片和纸质核验单。请在明亮处面对镜头，背景简洁，不戴帽子、口罩、耳机。证件不支持在线核验的（如部分港澳台、外籍证件和特殊单位证件），须按接入商说明上传材料或到核验点办理。核验须由网站负责人本人完成。',
    },
    en: {
      title: 'How does the identity check work? Must I take photos or go somewhere?',
      body: 'Usually it is a face check by phone; curtain photos and paper forms are no longer needed. Face the camera in good light before a plain background, without hat, mask or earphones. Where a document cannot be checked online, such as some of Hong Kong, Macau, Taiwan and foreign residents or of special organisations, upload materials or go to a verification point as the provider says. The site’s person in charge must do it in person.',
    },
    asked: {
      zh: ['人脸识别', '幕布', '核验单', '核验点', '活体检测', '拍照'],
      en: ['face recognition', 'curtain photo', 'verification point', 'liveness'],
    },
    source: ['jd-filing-faq', 'user-questions-2026'],
  },
  {
    id: 'footer-number',
    topics: ['page:records', 'page:filing'],
    zh: {
      title: '备案号怎样放到网站底部？',
      body: '在首页底部中间标明网站备案号，并链接至 https://beian.miit.gov.cn；广东的网站标明主体备案号（不带“-1”）。文字要清晰可见，不要做成难以辨认的图片；多个域名打开同一页面时标明主体备案号。未标明的会被责令改正，并可能罚款。“备案记录”页面可以复制底部代码。',
    },
    en: {
      title: 'How do I show the number in the footer?',
      body: 'Show the site’s number at the bottom of the home page with a link to https://beian.miit.gov.cn; sites of Guangdong show the organiser’s number (without “-1”). It must be legible, not a blurred image. If several domains open one page, show the organiser’s number. Without it you are ordered to correct it and may be fined. The records page has the HTML to copy.',
    },
    asked: {
      zh: [
        '备案之后',
        '备案号挂哪里',
        '页脚',
        '网页最下面',
        '主页下方',
        '底部备案号',
        '悬挂备案号',
        '链接工信部',
        '备案号放哪里',
        '多个域名同一网站',
        '备案成功后要做什么',
        '首页挂号',
      ],
      en: [
        'after filing',
        'footer',
        'bottom of the page',
        'display number',
        'link to MIIT',
        'where to put the number',
        'ICP number on homepage',
        'show ICP number',
        'after approval',
      ],
    },
    source: ['tencent-filing-duties', 'user-questions-2026'],
  },
  {
    id: 'police-filing',
    topics: ['page:records', 'page:filing'],
    zh: {
      title: '公安备案怎样办理？数据码是什么？',
      body: '网站开通后 30 日内，在全国互联网安全管理服务平台（beian.mps.gov.cn）办理公安联网备案，填写备案号、开通日期、域名证书、IP、接入商和注册商等信息，取得公安备案号后放到网站底部。“公安联网备案数据码”只用于在该平台绑定和预填，属于私密信息，有效期 30 天，不是公安备案号，请勿放在网页上。',
    },
    en: {
      title: 'How do I make the public-security filing, and what is its data code?',
      body: 'Within 30 days after the site goes live, file it at beian.mps.gov.cn with the ICP number, opening date, domain certificate, IP addresses, access provider and registrar; then show its number in the footer. The data code of the public-security filing only binds and prefills there. It is private, valid for 30 days, and not the public-security number: never put it on a page.',
    },
    asked: {
      zh: ['公安备案', '公安联网备案', '数据码', '网安备案', '公安备案号', '备案成功后要做什么', '网站开通后 30 天'],
      en: ['police filing', 'public security number', 'data code', 'after approval', 'within 30 days'],
    },
    source: ['tencent-filing-duties', 'user-questions-2026'],
  },
  {
    id: 'domain-expired',
    topics: ['page:records', 'reason:cancelled'],
    zh: {
      title: '域名过期或不再使用，备案怎么办？',
      body: '请及时注销该网站的备案。域名过期后可能被他人注册并用于违法内容，备案仍在您名下，会影响您的主体。域名已被他人注册的，对方也可以申请注销您的备案。主体名下没有网站时会成为空壳主体，可能被管局注销。',
    },
    en: {
      title: 'My domain has expired or is no longer used. What about its record?',
      body: 'Cancel the site’s filing soon. Somebody else may register the domain and use it for illegal content while the record is still yours, which falls back on you. The new owner can also apply to cancel your record. An organiser without any site left is a shell, and the authority may cancel it.',
    },
    asked: {
      zh: ['域名过期', '域名到期', '域名丢了', '不用的域名', '空壳主体', '名下域名被别人用'],
      en: ['expired domain', 'domain lapsed', 'unused domain', 'domain taken by others', 'shell organiser'],
    },
    source: ['user-questions-2026', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'shell-record',
    topics: ['page:records', 'page:start'],
    zh: {
      title: '空壳主体、空壳网站是什么？怎么处理？',
      body: '空壳网站是没有接入商、没有解析到接入商或域名失效的备案；空壳主体是名下没有任何网站的主体。空壳网站请重新办理接入备案或注销；空壳主体多数省须先注销、再首次备案，少数省可直接新增网站。收到通知后请在期限内处理，逾期会被注销。',
    },
    en: {
      title: 'What are shell records, and what do I do about them?',
      body: 'A shell site is a record without an access provider, without DNS that points to one, or with an invalid domain; a shell organiser has no site left. Make an access filing for a shell site or cancel it. A shell organiser must be cancelled and filed again in most provinces; in some a site can be added directly. Act within the period of the notice, or the record is cancelled.',
    },
    asked: {
      zh: ['空壳', '空壳网站', '空壳主体', '没有接入'],
      en: ['shell record', 'empty record', 'no access provider'],
    },
    source: ['other-clouds-filing-kinds', 'tencent-filing-duties'],
  },
  {
    id: 'site-during-filing',
    topics: ['page:filing', 'page:start', 'page:form', 'reason:grace'],
    zh: {
      title: '备案期间网站能访问吗？域名解析要关闭吗？',
      body: '首次备案和新增网站：取得备案号之前须关闭访问，并暂停解析或放置“建设中”页面，否则会被驳回。接入备案：初审通过后即可访问。变更备案：期间网站正常访问。注销和取消接入：管局审核通过前仍可访问。',
    },
    en: {
      title: 'May the site be online while it is being filed, and do I have to stop its DNS?',
      body: 'First filings and added sites: offline until the number is issued; stop the DNS or show an “under construction” page, or the filing is returned. Access filing: online after the provider’s review. Changes: online throughout. Cancellations: online until the authority approves them.',
    },
    asked: {
      zh: ['备案时网站打开', '审核期间访问', '暂停解析', '关站', '建设中页面', '接入备案期间', '审核中能访问吗'],
      en: [
        'site offline during review',
        'keep closed',
        'under construction',
        'DNS during filing',
        'while the filing is pending',
        'during review',
      ],
    },
    source: ['tencent-filing-kinds', 'tencent-run-filing'],
  },
  {
    id: 'file-for-others',
    topics: ['page:start', 'page:accounts'],
    zh: {
      title: '可以用我的账号为客户、朋友或关联公司备案吗？',
      body: '账号一般只为自己备案：账号名下已备案的主体，或第一个提交的主体，是账号自己的主体。其他主体请使用其自己的账号，由您生成授权码共用云资源。确需代办的，请服务商为账号开通“为其他主体备案”；之后每个其他主体都须上传其签署的委托书（可在“上传材料”中下载），由服务商留存，不报送管局。短信核验和电话核实仍由该主体的负责人本人完成。',
    },
    en: {
      title: 'May I file for a customer, a friend or a sister company from my account?',
      body: 'An account usually files for itself: its own organiser is the one on record in it, or the first one it submits. Any other organiser files from its own account, with a code that you create for your resource. If you have to act for others, ask the provider to allow your account to; then each other organiser signs a letter of agency, which you download and upload under the materials. The provider keeps it and does not send it to the authority. SMS and calls are still answered by the person in charge.',
    },
    asked: {
      zh: ['代办', '代备案', '代理备案', '帮客户备案', '帮别人备案', '委托书', '其他主体', '关联公司'],
      en: [
        'on behalf',
        'agency',
        'agent',
        'for a client',
        'for somebody else',
        'another organiser',
        'letter of agency',
      ],
    },
    source: ['openbeian'],
  },
];
