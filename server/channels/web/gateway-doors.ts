import type { Gateway, SendSms, SmsConversation } from '../sms/index.ts';
import type { Ussd } from '../ussd/index.ts';
import type { GatewayAccess } from './gateway-access.ts';

/** The doors for gateways that carry SMS and USSD over HTTP. */
export interface GatewayDoors {
  readonly sms: SmsConversation;
  readonly ussd: Ussd;
  readonly dialect: Gateway;
  readonly allows: GatewayAccess;
  /** By which answers are sent where the gateway does not take them from our reply. */
  readonly send: SendSms | undefined;
}
