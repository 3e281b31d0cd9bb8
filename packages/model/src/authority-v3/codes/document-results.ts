import { doneAlready, type ResultRow, stopQueue, toCustomer, toProvider } from './result-follow.ts';

/** Result codes of a document as a whole. */
export const documentResults: readonly ResultRow[] = [
  [5001, '文件不符合接口的数据格式', 'The document breaks the interface’s schema', stopQueue],
  [5002, '属性不存在', 'There is no such attribute', stopQueue],
  [5003, '请求单位与报备单位不一致', 'The unit in the document is not the one that called', stopQueue],
  [5004, '接口版本不符', 'The document is of another version of the interface', stopQueue],
  [5005, '该未备案网站不属于本单位', 'The unfiled site is not of this provider', toProvider(null)],
  [5006, '该未备案网站的处理结果已上报', 'What became of the unfiled site has been reported already', doneAlready],
  [5007, '处理结果代码有误', 'What became of the unfiled site is no row of its table', toProvider(null)],
  [5008, '含有非法字符', 'It contains characters that are not allowed', toCustomer(null)],
  [5009, '报备单位没有此业务权限', 'The provider may not use this function', stopQueue],
  [5010, '附件不符合规范', 'An attachment is not as it must be', toProvider('materials')],
  [5011, '该功能暂未开放', 'This function is not open', stopQueue],
  [5999, '管局处理文件时发生其他错误', 'Another error while the authority worked on the document', toProvider(null)],
];
