import type { PaymentConfig } from '../config.ts';
import { createPayments, type OnReturned, type Payments, type PaymentsParts } from '../contributions/index.ts';
import type { Enrolment } from '../enrolment/index.ts';
import { enqueueNotice } from '../notices/index.ts';
import type { Log, Registry } from '../platform/index.ts';
import { createPaymentGateway } from '../registries/index.ts';
import { createPaymentMetrics, watchPayments } from './payment-metrics.ts';

/** Payments, with what they tell enrolment and the payer in their own transactions. */
export interface OpenPaymentsParts extends Pick<PaymentsParts, 'pool' | 'clock' | 'ids'> {
  readonly enrolment: Pick<Enrolment, 'lockHousehold' | 'onPaid' | 'onExpired'>;
  /** Of the gateway, or of its stand-in in a demo. */
  readonly address: string | undefined;
  readonly config: PaymentConfig;
  /** A demo has a stand-in, which takes any merchant, and is its own outside. */
  readonly isDemo: boolean;
  /** Where this system answers; known when it listens. */
  readonly ownUrl: () => string;
  readonly log: Log;
  readonly registry: Registry;
}

/** Under the address at which this system is reached from outside. */
const returnPath = '/v1/enrolment/payments/return';
const demoMerchantId = '00000000-0000-0000-0000-00000000demo';

export function openPayments(parts: OpenPaymentsParts): Payments {
  const { pool, clock, ids, enrolment, address, config, isDemo, ownUrl, log, registry } = parts;
  const onReturned: OnReturned = (client, { household, payer, bill, payment, amount }) =>
    enqueueNotice(client, clock, ids, {
      owner: household,
      person: payer,
      event: 'paymentReturned',
      data: { bill: String(bill), amount },
      key: String(payment),
    });
  const payments = createPayments({
    pool,
    clock,
    ids,
    gateway: createPaymentGateway({
      address,
      merchantId: isDemo ? demoMerchantId : config.merchantId,
      allowStandIn: isDemo,
      onFailure: (registryName) => {
        log.warn({ registry: registryName }, 'no usable answer');
      },
    }),
    callbackUrl: () => (isDemo ? undefined : config.callbackUrl) ?? `${ownUrl()}${returnPath}`,
    lockHousehold: enrolment.lockHousehold,
    onPaid: enrolment.onPaid,
    onExpired: enrolment.onExpired,
    onReturned,
    log,
    metrics: createPaymentMetrics(registry),
  });
  watchPayments(registry, payments, () => clock.now());
  return payments;
}
