import type { PaymentMetrics, Payments } from '../contributions/index.ts';
import { Counter, Gauge, type Registry } from '../platform/index.ts';

/** By way and state; never by person, bill or amount. */
export function createPaymentMetrics(registry: Registry): PaymentMetrics {
  const registers = [registry];
  const payments = new Counter({
    name: 'estehqaq_payments_total',
    help: 'Payments that came to a state, by the way they came',
    labelNames: ['via', 'state'],
    registers,
  });
  const callBacks = new Counter({
    name: 'estehqaq_payment_callbacks_total',
    help: 'Browsers that came back from the gateway, by what they were told; forged: an authority that is none of ours',
    labelNames: ['result'],
    registers,
  });
  return {
    moved: (via, state) => {
      payments.inc({ via, state });
    },
    returned: (result) => {
      callBacks.inc({ result });
    },
  };
}

/** Read from the database each time the metrics are read; while it does not answer the last values stay. */
export function watchPayments(
  registry: Registry,
  payments: Pick<Payments, 'oldestUnverified' | 'refundsDue'>,
  now: () => Date,
): void {
  const gauge = (name: string, help: string, read: () => Promise<number>): void => {
    const registered: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => {
        await read().then(
          (value) => {
            registered.set(value);
          },
          () => undefined,
        );
      },
    });
  };
  gauge(
    'estehqaq_payment_oldest_unverified_seconds',
    'Age of the oldest payment of unknown outcome; 0: none',
    async () => {
      const begunAt = await payments.oldestUnverified();
      return begunAt === undefined ? 0 : Math.max(0, (now().getTime() - begunAt.getTime()) / 1000);
    },
  );
  gauge('estehqaq_refunds_due', 'Refunds that wait for staff', async () => (await payments.refundsDue()).count);
}
