/** `c***@example.cn` */
export const maskedMail = (mail: string): string => mail.replace(/^(.).*(@.*)$/u, '$1***$2');
