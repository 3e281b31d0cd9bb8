import type { Words } from '../../io/words.ts';

/** What is wrong with a fleet's lines. */
export const fleetWords = {
  lineTooLong: { zh: '行过长', en: 'expected a shorter line' },
  expectedObject: (reason: string) => ({
    zh: `应为一个 JSON 对象：${reason}`,
    en: `expected one JSON object: ${reason}`,
  }),
  changedMeanwhile: (file: string) => ({
    zh: `${file}：读取期间文件被改动，请重试`,
    en: `${file}: changed while it was read, try again`,
  }),
  givenTwice: (place: string, first: number | null) =>
    first === null
      ? { zh: `${place}: 前面已有`, en: `${place}: expected it once, an earlier line has it already` }
      : {
          zh: `${place}: 与第 ${first} 行重复`,
          en: `${place}: expected an id of its own; line ${first} has it already`,
        },
} satisfies Words;
