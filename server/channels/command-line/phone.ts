import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { readConfig } from '../../config.ts';
import { findMobile, mobileText } from '../../membership/index.ts';
import { readDataFile } from '../phones.ts';
import { readGateway, type Gateway } from '../sms/index.ts';
import { drawScreen, drawSms } from './phone-screen.ts';
import { findRunFile } from './run-file.ts';

interface Options {
  readonly sms?: string;
  readonly ussd?: string;
  readonly to: string;
  readonly url?: string;
  readonly json?: true;
}

/** A telephone that talks to a running system through the doors of its gateway. */
interface Telephone {
  readonly number: string;
  readonly to: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How the gateway of this system writes. */
  readonly dialect: Gateway;
}

const help = `
It speaks to the running system through its HTTP gateway, as an aggregator would: a demo lets in whoever is on the same
machine; elsewhere GATEWAY_SECRET, and GATEWAY_FILE where it has one, must be set here as they are there. It shows an SMS and a USSD screen at their true size.

In the terminal: a line that begins with * and ends with # is dialled; any other line is sent as an SMS; an empty line
leaves a dialogue, and then the telephone.

Exit status: 0 answered; 1 no answer; 3 the system is not there, or does not let this telephone in.

Examples:
  npx --no-install estehqaq phone +989121234567
  npx --no-install estehqaq phone +989121234567 --sms 0
  npx --no-install estehqaq phone +989121234567 --ussd '*4*1420#'
  npx --no-install estehqaq phone +989121234567 --ussd '*4*1420*0012345679#'`;

export function addPhone(program: Command): void {
  program
    .command('phone')
    .description('try SMS and USSD on a telephone in the terminal, against a running system')
    .argument('<number>', 'whose telephone it is: +989121234567', mobile)
    .option('--sms <text>', 'send this text, show the answer, and end')
    .option('--ussd <code>', 'dial this, show the screen, and end')
    .option('--to <number>', 'the number that is written to', '1420')
    .option('--url <address>', 'of the running system; otherwise the one of the data folder')
    .option('--json', 'print JSON (with --sms or --ussd)')
    .addHelpText('after', help)
    .action(run);
}

async function run(number: string, options: Options, command: Command): Promise<void> {
  const { sms, ussd, json } = options;
  if (sms !== undefined && ussd !== undefined) command.error('error: one of --sms and --ussd at a time');
  try {
    const telephone = findTelephone(number, options);
    if (sms === undefined && ussd === undefined) await talk(telephone);
    else if (sms !== undefined) show(await sendSms(telephone, sms), json, drawSms);
    else if (ussd !== undefined)
      show(await dial(telephone, { code: ussd, inputs: [], session: randomUUID() }), json, drawScreen);
  } catch (error) {
    if (!(error instanceof NotLetIn)) throw error;
    process.stderr.write(`estehqaq phone: ${error.message}\n`);
    process.exitCode = 3;
  }
}

function findTelephone(number: string, { to, url }: Options): Telephone {
  const { dataFolder, phones } = readConfig();
  const found = url ?? findRunFile(dataFolder)?.url;
  if (found === undefined) {
    throw new NotLetIn(`no system runs in ${dataFolder}. Start one (npm start), or name ESTEHQAQ_DATA or --url.`);
  }
  const secret = phones.gatewaySecret;
  const dialect = readDataFile('GATEWAY_FILE', phones.gatewayFile, readGateway);
  const headers = secret === undefined ? {} : { [dialect.secretHeader]: secret };
  return { number, to, url: found, headers, dialect };
}

interface Shown {
  readonly text: string;
  readonly ends: boolean;
}

function show(shown: Shown, json: true | undefined, draw: (text: string) => string): void {
  process.stdout.write(
    `${json === true ? JSON.stringify({ ...shown, characters: shown.text.length }) : draw(shown.text)}\n`,
  );
  if (shown.text === '') process.exitCode = 1;
}

async function sendSms(telephone: Telephone, text: string): Promise<Shown> {
  const { number, to, dialect } = telephone;
  const { from: fromField, to: toField, text: textField, id: idField } = dialect.sms.fields;
  const fields = { [fromField]: number, [toField]: to, [textField]: text, [idField]: randomUUID() };
  return { text: await post(telephone, '/channels/sms/http', fields), ends: true };
}

interface Dialogue {
  readonly code: string;
  readonly inputs: readonly string[];
  readonly session: string;
}

async function dial(telephone: Telephone, { code, inputs, session }: Dialogue): Promise<Shown> {
  const { fields, goesOn, ends } = telephone.dialect.ussd;
  const text = await post(telephone, '/channels/ussd/http', {
    [fields.sessionId]: session,
    [fields.serviceCode]: code,
    [fields.phoneNumber]: telephone.number,
    [fields.text]: inputs.join('*'),
  });
  return text.startsWith(goesOn)
    ? { text: text.slice(goesOn.length), ends: false }
    : { text: text.startsWith(ends) ? text.slice(ends.length) : text, ends: true };
}

class NotLetIn extends Error {}

async function post(
  { url, headers }: Telephone,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) }).catch(
    () => undefined,
  );
  if (response === undefined) throw new NotLetIn(`the system at ${url} does not answer`);
  if (response.status === 401) {
    throw new NotLetIn('the system does not let this telephone in. Set GATEWAY_SECRET here as it is set there.');
  }
  if (!response.ok) throw new NotLetIn(`the system answers ${response.status}`);
  return response.text();
}

/** Until the input ends, or an empty line outside of a dialogue. */
async function talk(telephone: Telephone): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  process.stdout.write(`${telephone.number}. Dial *…#, or write an SMS to ${telephone.to}; an empty line ends.\n`);
  let dialogue: Dialogue | undefined;
  const ask = (): void => {
    // The terminal may be at its end while an answer is awaited: lines that were read before are still answered.
    process.stdout.write(dialogue === undefined ? '> ' : 'answer> ');
  };
  ask();
  for await (const line of terminal) {
    const typed = line.trim();
    if (typed === '' && dialogue === undefined) break;
    if (typed === '') dialogue = undefined;
    else if (dialogue !== undefined || /^\*.*#$/.test(typed)) {
      dialogue =
        dialogue === undefined
          ? { code: typed, inputs: [], session: randomUUID() }
          : { ...dialogue, inputs: [...dialogue.inputs, typed] };
      const shown = await dial(telephone, dialogue);
      process.stdout.write(`${drawScreen(shown.text)}\n`);
      if (shown.ends) dialogue = undefined;
    } else process.stdout.write(`${drawSms((await sendSms(telephone, typed)).text)}\n`);
    ask();
  }
  terminal.close();
}

function mobile(text: string): string {
  const found = findMobile(text);
  if (found !== undefined) return mobileText(found);
  throw new InvalidArgumentError('A mobile is +989121234567 or 09121234567.');
}
