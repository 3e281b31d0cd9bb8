import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

/** Of a fictional company, valid for a hundred years; made and read by openssl. */
const rsa = [
  '-----BEGIN CERTIFICATE-----',
  'MIIDfTCCAmWgAwIBAgIUccG9UFAu+6UxAcWQmI2B5P3M5zkwDQYJKoZIhvcNAQEL',
  'BQAwTTEVMBMGA1UEAwwM56S65L6L5bqU55SoMScwJQYDVQQKDB7npLrkvovkupHl',
  'uIbnp5HmioDmnInpmZDlhazlj7gxCzAJBgNVBAYTAkNOMCAXDTI2MTEzMDAwMzEz',
  'OFoYDzIxMjYxMTA2MDAzMTM4WjBNMRUwEwYDVQQDDAznpLrkvovlupTnlKgxJzAl',
  'BgNVBAoMHuekuuS+i+S6keW4huenkeaKgOaciemZkOWFrOWPuDELMAkGA1UEBhMC',
  'Q04wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC58B9TNBKW0GVy35Kn',
  'sVEkEe8o+ECEfWeruhkw1WS9QqKi1639haPDiuxKfg04vsIBIPOfbSJoj0bgCL9K',
  'XYODh4pQgYV1Ib45unh7+LtTiUbCjZmdNJio8jl/gDvdt9gdul3YpBrw00EPafOa',
  '1ZTRPO/ECJq1rFb3TNY9Zaap3o1Xb0x3xAjXM0dkbDvJ+5CT/i9LQ+869WdH18TK',
  'CvdHzUna7ztl/m/uCyFLJrN+djjKY4fKL+12ythdWZu9C5u2F8rFKZ6fWyc9X0Bp',
  'a9x7qo9L/ANtgJqcIh+bxRTwy2Wjg+/hc5/nOiHuqdffGO+XkvS8fVITCifZWYj5',
  'DRgtAgMBAAGjUzBRMB0GA1UdDgQWBBSXpoDu+LoSLUmtxNhA1GJNIeKGdzAfBgNV',
  'HSMEGDAWgBSXpoDu+LoSLUmtxNhA1GJNIeKGdzAPBgNVHRMBAf8EBTADAQH/MA0G',
  'CSqGSIb3DQEBCwUAA4IBAQCGS//7B1bNwSm/114ac5Mb1dEz2/+MeJBHbKKTGZVA',
  'VqoA3vQVfg24ODknH2TtxOd5NmRgP+RGiPVN+6Aps/gvIrdNqE4NzIl4GC7E5dK4',
  'TDwBzL7RU6DrXnjrm6+GudvopX3sJ1yhYKblrcS1bfCCw33rQuk2iMIpbLouiIdS',
  '3j3+eVZi+6Lk+Yfn9nFMSk6KeKGnGStBeDPgx49GZ7M0prm2uKKDa8UYUBkPtKPc',
  'kOMp1j1zKtrHIEHaRoqpaoiXmixMLUf8Syivvv9n/KN4jLVsJ76uh6hjeQPSXGlb',
  '9JQmVM/2BA7p25pvFA5iOMCP7jTB1cUk73CfClpAex0y',
  '-----END CERTIFICATE-----',
].join('\n');
const ec = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBfDCCASGgAwIBAgIUAYt1RY8UzY4hk2Yefylx7ljX4kYwCgYIKoZIzj0EAwIw',
  'EjEQMA4GA1UEAwwHZXhhbXBsZTAgFw0yNjExMzAwMDMxMzhaGA8yMTI2MTEwNjAw',
  'MzEzOFowEjEQMA4GA1UEAwwHZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEH',
  'A0IABIZ5BH/GKH+dtE/xM9gQ4NGDssPXvTW+MlXbWx4CBlEcGvemtjk9tUco2fc9',
  'A3A9+CAmtpRgIzxV/WtFN6K22xKjUzBRMB0GA1UdDgQWBBRytDsJhe5BHf30vPRo',
  '4NK5Qp2FyDAfBgNVHSMEGDAWgBRytDsJhe5BHf30vPRo4NK5Qp2FyDAPBgNVHRMB',
  'Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCKx5NV0sbRggqccuoYCYoOBYvn',
  '2y1f+Tw32TRthS9ncwIhAKIimp16iQReHC2XwbwbFLZEMQ/evt2HiPD1Jngb7cGz',
  '-----END CERTIFICATE-----',
].join('\n');
/** Of a curve that has no form as JWK, as those of SM2 have none. */
const otherCurve = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBdDCCARqgAwIBAgIUTF/5X3CYICIPhzRfqGEoqpSd10cwCgYIKoZIzj0EAwIw',
  'DjEMMAoGA1UEAwwDYXBwMCAXDTI2MTEzMDAxMzY1OFoYDzIxMjYxMTA2MDEzNjU4',
  'WjAOMQwwCgYDVQQDDANhcHAwWjAUBgcqhkjOPQIBBgkrJAMDAggBAQcDQgAEo9uO',
  'qxbdE9/n0IaewZ0PScDNVYlLgaAmAjwYUtiJLWdcT2tO+X+ZCmZc7QyFaf8kl0Up',
  '0F5A7QW8gml3dlGswaNTMFEwHQYDVR0OBBYEFCjm3G+J+MIGJiHCZqJAHmijOMhO',
  'MB8GA1UdIwQYMBaAFCjm3G+J+MIGJiHCZqJAHmijOMhOMA8GA1UdEwEB/wQFMAMB',
  'Af8wCgYIKoZIzj0EAwIDSAAwRQIhAJi5dnZ1GebhsjiEc7fVqgVOh2SZ+XsFCwdF',
  'LrGWsnxgAiAwjMdfWtntQqrFUG//0CF4h1JTI63GLt2Mw3HgoO7rQw==',
  '-----END CERTIFICATE-----',
].join('\n');
const modulus =
  'b9f01f53341296d06572df92a7b1512411ef28f840847d67abba1930d564bd42a2a2d7adfd85a3c38aec4a7e0d38bec20120f39f6d22688f46e008bf4a5d8383878a5081857521be39ba787bf8bb538946c28d999d3498a8f2397f803bddb7d81dba5dd8a41af0d3410f69f39ad594d13cefc4089ab5ac56f74cd63d65a6a9de' +
  '8d576f4c77c408d73347646c3bc9fb9093fe2f4b43ef3af56747d7c4ca0af747cd49daef3b65fe6fee0b214b26b37e7638ca6387ca2fed76cad85d599bbd0b9bb617cac5299e9f5b273d5f40696bdc7baa8f4bfc036d809a9c221f9bc514f0cb65a383efe1739fe73a21eea9d7df18ef9792f4bc7d52130a27d95988f90d182d';

describeOperation(
  'readAppCertificate',
  { may: ['customer'], scope: 'filings:read', sample: () => ({ body: { certificate: rsa } }), leaves: 'nothing' },
  (get) => {
    test('the modulus and the fingerprints that openssl gives, of PEM and of DER', async () => {
      const { client } = await get().customer();
      const der = rsa.replace(/-----[A-Z ]+-----|\s/g, '');
      for (const certificate of [rsa, der]) {
        expect(await client.readAppCertificate({ body: { certificate } })).toEqual({
          publicKey: modulus,
          md5: 'a445ebf48ee657dbbf2a7e9ab476051c',
          sha1: 'eba63a9c5b278d3ce27a3b7c7a4d0ba43cc9f629',
          sha256: 'f06135ddd787977152153ad75a106f6e503801c41f34f841678d3052d4597ea9',
        });
      }
      const curve = await client.readAppCertificate({ body: { certificate: ec } });
      expect(curve.publicKey).toMatch(/^04[0-9a-f]{128}$/);
      expect(curve.sha256).toBe('46849d34a805919436dfd035f8f58c5b94bf16783c5a6a438aaef357ccc66fb3');
    });

    test('refuses a private key, a key of another kind, and what is no certificate', async () => {
      const { client } = await get().customer();
      for (const certificate of ['-----BEGIN PRIVATE KEY-----', 'AAAA', '证书', otherCurve])
        expect(await refusal(client.readAppCertificate({ body: { certificate } }))).toEqual(['input.invalid']);
    });
  },
);
