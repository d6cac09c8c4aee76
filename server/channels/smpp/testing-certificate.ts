import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for `localhost` and an address that is its own authority, made anew for each run of the tests. */
export function makeCertificate(address = Buffer.of(127, 0, 0, 1)): {
  readonly key: string;
  readonly certificate: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'));
  const name = sequence(element(0x31, sequence(Buffer.from('0603550403', 'hex'), element(0x0c, 'localhost'))));
  const validity = sequence(time(-86_400_000), time(86_400_000));
  const isAuthority = sequence(Buffer.from('0603551d13', 'hex'), element(0x04, sequence(Buffer.from('0101ff', 'hex'))));
  const names = sequence(element(0x82, 'localhost'), element(0x87, address));
  const alsoNamed = sequence(Buffer.from('0603551d11', 'hex'), element(0x04, names));
  const body = sequence(
    element(0xa0, Buffer.from('020102', 'hex')),
    Buffer.from('020101', 'hex'),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(isAuthority, alsoNamed)),
  );
  const signature = element(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]));
  const der = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certificate: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
  };
}

/** One element of DER: tag, length, content. */
function element(tag: number, content: Buffer | string): Buffer {
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), Buffer.from(content)]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(contents));
}

function time(fromNowMs: number): Buffer {
  const digits = new Date(Date.now() + fromNowMs).toISOString().replace(/\D/g, '').slice(0, 14);
  return element(0x18, `${digits}Z`);
}
