import { randomInt } from 'node:crypto';
import { segment, withoutBidiControls, writeConcatenation, type Concatenation } from '../sms-text/index.ts';
import { encodeText, isInDefaultAlphabet } from './data-coding.ts';
import type { OutgoingMessage } from './link.ts';
import type { Operator } from './operator.ts';
import { esmClass, tag } from './parameters.ts';
import { noParameters, type FieldsOf, type Parameters } from './pdu.ts';

/** What one `submit_sm` carries. */
export interface Submit {
  readonly fields: FieldsOf<'submitSm'>;
  readonly parameters: Parameters;
}

const mostParts = 255;
const longestShortMessage = 254;
const longestPayload = 0xffff;
const receiptWanted = 1;

const plainFields: FieldsOf<'submitSm'> = {
  serviceType: '',
  sourceTon: 0,
  sourceNpi: 0,
  source: '',
  destinationTon: 0,
  destinationNpi: 0,
  destination: '',
  esmClass: 0,
  protocolId: 0,
  priority: 0,
  scheduledFor: '',
  validFor: '',
  registeredDelivery: 0,
  replaceIfPresent: 0,
  dataCoding: 0,
  defaultMessageId: 0,
  shortMessage: Buffer.alloc(0),
};

let lastReference = randomInt(0x1_0000);

/** @returns one for each part; undefined where SMPP cannot carry the message */
export function composeMessage(message: OutgoingMessage, operator: Operator): readonly Submit[] | undefined {
  const to = message.to.replace(/^\+/, '');
  const from = message.from?.replace(/^\+/, '') ?? operator.source.number;
  if (!/^[\x21-\x7e]{1,20}$/.test(to) || !/^[\x21-\x7e]{0,20}$/.test(from)) return undefined;
  const text = withoutBidiControls(message.text);
  const isDefault = isInDefaultAlphabet(text, operator);
  const fields = {
    ...plainFields,
    serviceType: operator.serviceType,
    sourceTon: operator.source.ton,
    sourceNpi: operator.source.npi,
    source: from,
    destinationTon: operator.destination.ton,
    destinationNpi: operator.destination.npi,
    destination: to,
    registeredDelivery: message.wantsReceipt === false ? 0 : receiptWanted,
    dataCoding: isDefault ? operator.dataCoding.default : operator.dataCoding.ucs2,
  };
  return divide(text, isDefault, fields, operator);
}

function divide(
  text: string,
  isDefault: boolean,
  fields: Submit['fields'],
  operator: Operator,
): readonly Submit[] | undefined {
  const { concatenation: form } = operator;
  const { parts } = segment(text, isDefault ? 'gsm' : 'ucs2', form === 'udh8' ? 6 : 7);
  const encode = (part: string): Buffer => encodeText(part, isDefault, operator);
  if (parts.length === 1) return [{ fields: { ...fields, shortMessage: encode(text) }, parameters: noParameters }];
  if (form === 'payload') {
    const payload = encode(text);
    return payload.length > longestPayload
      ? undefined
      : [{ fields, parameters: new Map([[tag.messagePayload, payload]]) }];
  }
  if (parts.length > mostParts) return undefined;
  lastReference = (lastReference + 1) & 0xffff;
  return parts.map((part, index) => {
    const place = { reference: lastReference, total: parts.length, number: index + 1 };
    if (form === 'sar') {
      return { fields: { ...fields, shortMessage: encode(part) }, parameters: sarParameters(place) };
    }
    const header = writeConcatenation({ ...place, form: form === 'udh8' ? '8bit' : '16bit' });
    return {
      fields: {
        ...fields,
        esmClass: esmClass.userDataHeader,
        shortMessage: Buffer.concat([header, encode(part)]),
      },
      parameters: noParameters,
    };
  });
}

function sarParameters({ reference, total, number }: Omit<Concatenation, 'form'>): Parameters {
  return new Map([
    [tag.sarReference, Buffer.of(reference >> 8, reference & 0xff)],
    [tag.sarTotal, Buffer.of(total)],
    [tag.sarNumber, Buffer.of(number)],
  ]);
}

/** The step of a dialogue that a screen answers. */
export interface Asked {
  readonly fields: Pick<
    FieldsOf<'deliverSm'>,
    'source' | 'sourceTon' | 'sourceNpi' | 'destination' | 'destinationTon' | 'destinationNpi'
  >;
  readonly session: Buffer | undefined;
}

/** @returns undefined where the screen is too long to be carried */
export function composeScreen(asked: Asked, written: string, ends: boolean, operator: Operator): Submit | undefined {
  const { ussd, dataCoding } = operator;
  const text = withoutBidiControls(written);
  const isDefault = isInDefaultAlphabet(text, operator);
  const shortMessage = encodeText(text, isDefault, operator);
  if (shortMessage.length > longestShortMessage) return undefined;
  const { fields } = asked;
  const operation = ends ? ussd.outgoing.end : ussd.outgoing.ask;
  const session = sessionFor(asked.session, ends, operator);
  return {
    fields: {
      ...plainFields,
      serviceType: ussd.serviceType,
      sourceTon: fields.destinationTon,
      sourceNpi: fields.destinationNpi,
      source: fields.destination,
      destinationTon: fields.sourceTon,
      destinationNpi: fields.sourceNpi,
      destination: fields.source,
      dataCoding: isDefault ? dataCoding.ussdDefault : dataCoding.ussdUcs2,
      shortMessage,
    },
    parameters: new Map([
      [tag.ussdServiceOp, Buffer.of(operation)],
      ...(session === undefined ? [] : ([[ussd.sessionTag, session]] as const)),
    ]),
  };
}

/** The lowest bit of the second octet of `its_session_info` says that the dialogue ends (5.3.2.43). */
function sessionFor(session: Buffer | undefined, ends: boolean, { ussd }: Operator): Buffer | undefined {
  if (session === undefined || ussd.sessionForm === 'opaque' || session.length !== 2) return session;
  const [number = 0, step = 0] = session;
  return Buffer.of(number, (step & 0xfe) | (ends ? 1 : 0));
}
