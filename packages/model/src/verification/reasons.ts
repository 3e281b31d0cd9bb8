/** Why somebody was not verified, as services of verification say it, with what to do about it. */
export const verificationReasons = {
  face_mismatch: {
    zh: '人脸与证件照片不一致',
    en: 'the face is not the one on the certificate',
    remedy: {
      zh: '请由负责人本人重新核验；证件照片已换的，改用新证件。',
      en: 'The person in charge verifies again themselves, with the newest certificate.',
    },
  },
  no_face: {
    zh: '未检测到完整人脸',
    en: 'no whole face was seen',
    remedy: {
      zh: '请正对镜头，取下帽子、口罩、耳机后重新核验。',
      en: 'Face the camera without hat, mask or earphones, and verify again.',
    },
  },
  not_live: {
    zh: '活体检测未通过',
    en: 'the liveness check failed',
    remedy: {
      zh: '请更新应用或更换手机，由本人按提示重新核验，不要使用照片或录像。',
      en: 'Update the app or take another telephone, and follow what it asks; no photos or recordings.',
    },
  },
  background: {
    zh: '背景或着装不符合要求',
    en: 'background or dress are not as asked',
    remedy: {
      zh: '请在白色或浅色墙面前、光线充足处，着装整齐后重新核验。',
      en: 'Stand before a white or light wall in good light, properly dressed, and verify again.',
    },
  },
  no_permission: {
    zh: '未开启定位或摄像头权限',
    en: 'location or camera was refused',
    remedy: {
      zh: '请在手机设置中允许使用摄像头和定位后重新核验。',
      en: 'Allow camera and location in the settings of the telephone, and verify again.',
    },
  },
  certificate: {
    zh: '证件信息与权威数据库不一致',
    en: 'the certificate does not equal the authoritative data',
    remedy: {
      zh: '请核对表单中的姓名和证件号码；刚换证的，待数据更新后重新核验。',
      en: 'Check name and number in the form; after a renewal, wait until the data has arrived.',
    },
  },
  cancelled: {
    zh: '核验未完成',
    en: 'the verification was not finished',
    remedy: { zh: '请重新开始核验。', en: 'Start the verification again.' },
  },
  other: {
    zh: '核验未通过',
    en: 'the verification failed',
    remedy: {
      zh: '请重新核验；多次未通过的，联系客服改用核验单或现场核验。',
      en: 'Verify again. If it keeps failing, ask support for a verification sheet or an appointment.',
    },
  },
} as const;
export type VerificationReason = keyof typeof verificationReasons;
/** Object.keys forgets which keys there are. */
export const verificationReasonIds = Object.keys(verificationReasons) as readonly VerificationReason[];
