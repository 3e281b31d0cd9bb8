import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Negotiator } from '@fastify/accept-negotiator';

const codings = ['br', 'gzip', 'identity'] as const;
export type Coding = (typeof codings)[number];
const negotiator = new Negotiator<Coding>({ supportedValues: [...codings] });

/** Less than one packet: nothing is gained by compressing. */
const leastBytes = 1400;

/** In which coding an answer of so many bytes is sent to whoever accepts that. */
export const codingFor = (bytes: Buffer, accepted = ''): Coding =>
  bytes.length < leastBytes ? 'identity' : (negotiator.negotiate(accepted.toLowerCase()) ?? 'identity');

/** @param effort of Brotli, from 0 to 11 */
export function compress(bytes: Buffer, coding: Exclude<Coding, 'identity'>, effort: number): Promise<Buffer> {
  if (coding === 'gzip') return promisify(gzip)(bytes);
  const params = { [constants.BROTLI_PARAM_QUALITY]: effort, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return promisify(brotliCompress)(bytes, { params });
}
