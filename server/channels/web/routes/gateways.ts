import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { Fault, meaningOf } from '../../../platform/index.ts';
import { findMobile } from '../../../membership/index.ts';
import { usualGateway, type SmsReceived } from '../../sms/index.ts';
import { limitedByAddress, type Limiting } from '../asker.ts';
import type { GatewayDoors } from '../gateway-doors.ts';
import type { WebParts } from '../parts.ts';
import { InvalidRequest } from '../problems.ts';
import { problems } from '../shapes.ts';
import type { App } from '../typed-app.ts';

const longestField = 2_000;
const plainText = (description: string): object => ({
  description,
  content: { 'text/plain': { schema: Type.String() } },
});

/** Without doors they are there and let nobody in. */
export function addGateways(app: App, { gateways }: WebParts, limits: Limiting): void {
  void app.register((scope: App, _options, done) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, next) => {
      next(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    scope.addHook('onRequest', (request, reply, next) => {
      if (gateways?.allows(request) === true) next();
      else {
        limitedByAddress(limits)(request, reply, (excess) => {
          next(excess ?? new Fault('UNAUTHENTICATED', meaningOf('UNAUTHENTICATED')));
        });
      }
    });
    addSms(scope, gateways);
    addUssd(scope, gateways);
    done();
  });
}

function addSms(app: App, doors: GatewayDoors | undefined): void {
  const { fields } = (doors?.dialect ?? usualGateway).sms;
  const described = describedFields(
    { [fields.from]: 'The sender', [fields.text]: 'What was written' },
    {
      [fields.to]: 'Our number',
      [fields.id]: 'The gateway’s name for the message; brought again, it is answered once',
    },
  );
  const schema = {
    summary: 'A text from a telephone',
    description:
      'For the SMS gateway alone. The reply is the answer, or empty; or the answer is sent by a request of ours.',
    tags: ['gateways'],
    response: { 200: plainText('What is to be sent back; empty: nothing'), ...problems(401, 413, 415) },
  };
  const answer = (request: FastifyRequest, reply: FastifyReply) => answerSms(getDoors(doors), given(request), reply);
  app.get('/channels/sms/http', { schema: { ...schema, querystring: described } }, answer);
  app.post(
    '/channels/sms/http',
    { schema: { ...schema, ...consumes, body: Type.Optional(asOptional(described)) }, validatorCompiler: anything },
    answer,
  );
}

async function answerSms(doors: GatewayDoors, values: Values, reply: FastifyReply): Promise<string> {
  const { sms, dialect, send } = doors;
  const { fields, reply: replies, received } = dialect.sms;
  const message: SmsReceived = {
    from: getField(values, fields.from),
    to: findField(values, fields.to) ?? '',
    text: getField(values, fields.text),
    messageId: findField(values, fields.id),
  };
  const answer = await sms.answerText(message);
  void reply.type('text/plain; charset=utf-8');
  if (replies === 'response') return answer ?? received;
  const to = findMobile(message.from);
  if (answer === undefined || to === undefined || send === undefined) return received;
  const taken = await send({ to, text: answer });
  // Not taken: the gateway brings the message again, and the same answer is tried again.
  if (taken === 'notTaken') throw new Fault('COULD_NOT_DETERMINE', meaningOf('COULD_NOT_DETERMINE'));
  await sms.markAnswered(message);
  return received;
}

function addUssd(app: App, doors: GatewayDoors | undefined): void {
  const { fields } = (doors?.dialect ?? usualGateway).ussd;
  const described = describedFields(
    { [fields.sessionId]: 'The dialogue', [fields.phoneNumber]: 'Who has dialled' },
    { [fields.serviceCode]: 'What was dialled', [fields.text]: 'All inputs so far, joined by *' },
  );
  app.post(
    '/channels/ussd/http',
    {
      schema: {
        summary: 'A step of a dialogue on a telephone',
        description: 'For the USSD gateway alone.',
        tags: ['gateways'],
        ...consumes,
        body: described,
        response: {
          200: plainText('CON and a screen that waits for an input, or END and the last one'),
          ...problems(401, 413, 415),
        },
      },
      validatorCompiler: anything,
    },
    async (request, reply) => {
      const { ussd, dialect } = getDoors(doors);
      const values = given(request);
      const { text, ends } = await ussd.takeHttpStep({
        sessionId: getField(values, fields.sessionId),
        serviceCode: findField(values, fields.serviceCode) ?? '',
        phoneNumber: getField(values, fields.phoneNumber),
        text: findField(values, fields.text) ?? '',
      });
      void reply.type('text/plain; charset=utf-8');
      return `${ends ? dialect.ussd.ends : dialect.ussd.goesOn}${text}`;
    },
  );
}

const consumes = { consumes: ['application/x-www-form-urlencoded', 'application/json'] };

/** The names are those of the gateway's dialect, and are looked at by `getField`. */
const anything = () => () => true;

type Values = Readonly<Record<string, unknown>>;

function describedFields(needed: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): TSchema {
  const text = (description: string): TSchema => Type.String({ maxLength: longestField, description });
  return Type.Object({
    ...Object.fromEntries(Object.entries(needed).map(([name, what]) => [name, text(what)])),
    ...Object.fromEntries(Object.entries(others).map(([name, what]) => [name, Type.Optional(text(what))])),
  });
}

/** In a POST the fields may stand in the address as well. */
function asOptional(described: TSchema): TSchema {
  return { ...described, required: [] };
}

function given(request: FastifyRequest): Values {
  const { query, body } = request;
  return { ...asValues(query), ...asValues(body) };
}

function asValues(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** As a text; a gateway that writes JSON may write numbers as numbers. */
function findField(values: Values, name: string): string | undefined {
  const value = values[name];
  const text = typeof value === 'number' ? String(value) : value;
  if (text === undefined || text === null || text === '') return undefined;
  if (typeof text === 'string' && text.length <= longestField) return text;
  throw new InvalidRequest(`/${name}`, `must be a text of at most ${longestField} characters`);
}

/** One that is there; it may be empty. */
function getField(values: Values, name: string): string {
  if (values[name] === undefined) throw new InvalidRequest(`/${name}`, 'is missing');
  return findField(values, name) ?? '';
}

function getDoors(doors: GatewayDoors | undefined): GatewayDoors {
  if (doors === undefined) throw new Fault('UNAUTHENTICATED', meaningOf('UNAUTHENTICATED'));
  return doors;
}
