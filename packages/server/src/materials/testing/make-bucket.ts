import { AwsClient } from 'aws4fetch';

/** Makes a bucket in a store that somebody else runs. @returns the status of the answer */
export async function makeBucket(
  bucket: string,
  owner: {
    readonly url: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  },
): Promise<number> {
  const client = new AwsClient({ ...owner, service: 's3' });
  return (await client.fetch(`${owner.url}/${bucket}`, { method: 'PUT' })).status;
}
