import { expect, test } from 'vitest';
import { ProblemError } from './calling.ts';
import { uploadPicture } from './upload.ts';

const busy = (code: 'server.busy' | 'material.refused', status: number) =>
  new ProblemError({
    type: `/problems/${code}`,
    title: code,
    status,
    instance: '/',
    code,
    zh: code,
    en: code,
    retry: 'later',
    errorId: 'req_1',
  });

type Upload = Parameters<typeof uploadPicture>[0];
/** Everything has arrived; what ends the upload is answered as given, one after the other. */
function clientOf(answers: readonly (Error | null)[]) {
  const left = [...answers];
  const upload = { id: 'upl_1', received: 3, bytes: 3, partBytes: 3 };
  const client = {
    beginUpload: async () => upload,
    completeUpload: async () => {
      const error = left.shift() ?? null;
      if (error !== null) throw error;
      return { id: 'mat_1' };
    },
  };
  // Of the four calls those that this story comes to.
  return { client: client as unknown as Upload, left };
}

const picture = { filingId: 'fil_1', key: 'pledge', part: 'whole', bytes: new Uint8Array(3) } as const;
const pause = async () => {};

test('a picture that a busy server has no room to check now is asked about again', async () => {
  const { client, left } = clientOf([busy('server.busy', 503), busy('server.busy', 503), null]);
  expect(await uploadPicture(client, picture, { pause })).toMatchObject({ id: 'mat_1' });
  expect(left).toEqual([]);
});

test('a server that stays busy is told, and what is refused is not asked about again', async () => {
  const always = clientOf(Array.from({ length: 20 }, () => busy('server.busy', 503)));
  await expect(uploadPicture(always.client, picture, { pause })).rejects.toMatchObject({ code: 'server.busy' });
  expect(always.left).toHaveLength(13);
  const refused = clientOf([busy('material.refused', 422), null]);
  await expect(uploadPicture(refused.client, picture, { pause })).rejects.toMatchObject({ code: 'material.refused' });
  expect(refused.left).toHaveLength(1);
});
