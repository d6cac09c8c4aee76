import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      dataFolder: expect.stringMatching(/\/data$/) as unknown,
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 4000,
      metricsHost: '127.0.0.1',
      metricsPort: undefined,
      trustedProxies: [],
      logLevel: 'info',
    });
  });

  it('takes what is set, and an empty variable for none', () => {
    const read = readConfig({ PORT: '0', METRICS_PORT: '9000', HOST: '', TRUSTED_PROXIES: '10.0.0.5, ::1,10.0.0.0/8' });
    expect(read).toMatchObject({ port: 0, metricsPort: 9000, host: '127.0.0.1' });
    expect(read.trustedProxies).toEqual(['10.0.0.5', '::1', '10.0.0.0/8']);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80 80'],
    ['METRICS_PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['TRUSTED_PROXIES', 'all of them'],
    ['MSRT_URL', 'ministry.example'],
    ['OTHER_INSURERS_URL', 'file:///etc/passwd'],
  ])('refuses %s=%s, naming the variable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringContaining(name) as unknown }),
    );
  });
});
