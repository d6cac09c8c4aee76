/** Where a message centre listens, and as whom we bind. */
export interface SmppAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly systemId: string;
  readonly password: string;
}

const usualPort = 2775;
const usualTlsPort = 3550;
/** SMPP 3.4 says 15 and 8; message centres give out longer ones, and nothing breaks. */
const longestName = 63;

/**
 * @param written `smpp://user:password@host:port`, or `smpps://…` for TLS; several divided by commas
 * @returns undefined for what is not understood: no message may repeat it, since it holds a password
 */
export function findSmppAddresses(written: string): readonly SmppAddress[] | undefined {
  const found = written.split(',').map((each) => findOne(each.trim()));
  return found.every((address) => address !== undefined) ? found : undefined;
}

function findOne(written: string): SmppAddress | undefined {
  const url = URL.parse(written);
  if (url === null || !/^smpps?:$/.test(url.protocol) || url.hostname === '' || /[^/]/.test(url.pathname)) {
    return undefined;
  }
  if (url.search !== '' || url.hash !== '') return undefined;
  const [systemId, password] = [decode(url.username), decode(url.password)];
  if (!isText(systemId) || !isText(password)) return undefined;
  const isTls = url.protocol === 'smpps:';
  const port = url.port === '' ? (isTls ? usualTlsPort : usualPort) : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return port === 0 ? undefined : { host, port, isTls, systemId, password };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.length <= longestName && /^[\x20-\x7e]*$/.test(text);
}
