import { normaliseHost } from '@openbeian/model/domain-name';
import { Fault } from '@openbeian/model/fault';

/** @throws Fault `input.invalid` when no website can be filed under the text. */
export function registrableName(text: string): string {
  const host = normaliseHost(text);
  if (host.kind === 'name' && host.registrableName !== null) return host.registrableName;
  throw new Fault('input.invalid', {
    places: [
      {
        path: 'domainName',
        expected: 'invalid domain; enter one such as example.cn',
        expectedZh: '域名格式不正确，例如 example.cn',
      },
    ],
  });
}
