import { Fault } from '@openbeian/model/fault';

/** Everything that can be wrong with what is read, by name: a closed list, in words for the operator. */
export const troubleTexts = {
  base64_malformed: { zh: '内容不是有效的 Base64', en: 'the content is not valid Base64' },
  packed_too_large: { zh: '数据包超过可读取的大小', en: 'the package is larger than is read' },
  encryption_unknown: { zh: '加密算法编号不受支持', en: 'the number of the encryption algorithm is not supported' },
  hash_unknown: { zh: '哈希算法编号不受支持', en: 'the number of the hash algorithm is not supported' },
  compression_unknown: { zh: '压缩格式编号不受支持', en: 'the number of the compression format is not supported' },
  key_missing: { zh: '数据包已加密，但未配置密钥', en: 'the package is encrypted, and no key is configured' },
  decryption_failed: { zh: '解密失败，密钥或向量可能有误', en: 'decryption failed; the key or the IV may be wrong' },
  hash_malformed: { zh: '哈希值格式不正确', en: 'the hash is malformed' },
  hash_mismatch: { zh: '哈希值与内容不符', en: 'the hash is not that of the content' },
  zip_broken: { zh: '压缩包已损坏', en: 'the ZIP is damaged' },
  zip_entries: { zh: '压缩包应只含一个文件', en: 'the ZIP does not hold exactly one file' },
  zip_checksum: { zh: '压缩包内文件的校验值不符', en: 'the checksum of the file in the ZIP is wrong' },
  expanded_too_large: { zh: '解压后的内容超过可读取的大小', en: 'the expanded content is larger than is read' },
  encoding_unknown: { zh: 'XML 声明的编码不受支持', en: 'the XML declares an encoding that is not supported' },
  text_malformed: { zh: '内容不符合所声明的编码', en: 'the content is not in the encoding that it declares' },
  xml_malformed: { zh: '内容不是格式良好的 XML', en: 'the content is not well-formed XML' },
  xml_doctype: { zh: '不接受带有 DOCTYPE 的 XML', en: 'XML with a DOCTYPE is not accepted' },
  xml_root: { zh: 'XML 的根元素不是预期的元素', en: 'the root element is another one than expected' },
  xml_too_deep: { zh: 'XML 嵌套过深', en: 'the XML is nested too deeply' },
  xml_too_many_elements: { zh: 'XML 元素过多', en: 'the XML has too many elements' },
  xml_text_too_long: { zh: 'XML 中有过长的文本', en: 'the XML holds a text that is too long' },
  took_too_long: { zh: '读取超时', en: 'reading took too long' },
  answer_without_code: { zh: '应答中没有 msg_code', en: 'the answer has no msg_code' },
  soap_malformed: { zh: '应答不是所调用方法的 SOAP 应答', en: 'the answer is no SOAP answer of the method called' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Trouble = keyof typeof troubleTexts;

/** Fault `authority.unreadable`, its reason named by `trouble`. The cause never holds what was read. */
export function unreadable(trouble: Trouble): Fault {
  const message = troubleTexts[trouble];
  return new Fault('authority.unreadable', { detail: message, reasons: [{ code: trouble, message }] });
}
