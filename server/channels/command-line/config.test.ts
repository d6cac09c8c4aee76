import { describe, expect, it } from 'vitest';
import { readConfig, roleNames } from '../../config.ts';
import { staffRoles } from '../tokens.ts';

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

  it('maps hosts onto pages, and keeps the journal for years', () => {
    const read = readConfig({
      HOST_PAGES: 'Medical.example.org=/insured, darman.example.org=/provider',
      JOURNAL_KEEP_YEARS: '10',
    });
    expect([...read.hostPages]).toEqual([
      ['medical.example.org', '/insured'],
      ['darman.example.org', '/provider'],
    ]);
    expect(read.journalKeepYears).toBe(10);
    expect(readConfig({})).toMatchObject({ hostPages: new Map(), journalKeepYears: undefined });
  });

  it('leaves people in peace at night, and shortens no cover, unless it is said otherwise', () => {
    expect(readConfig({})).toMatchObject({
      notices: { quietFromHour: 22, quietUntilHour: 8, decileWording: 'restored' },
      deciles: { onUnpaid: undefined },
    });
    const said = { NOTICE_QUIET_HOURS: '0-0', NOTICE_DECILE_TEXT: 'verbatim', D8_10_ON_UNPAID: 'endAtDeadline' };
    expect(readConfig(said)).toMatchObject({
      notices: { quietFromHour: 0, quietUntilHour: 0, decileWording: 'verbatim' },
      deciles: { onUnpaid: 'endAtDeadline' },
    });
  });

  it('has the embedded issuer, unless another is named with what its claims mean', () => {
    expect(readConfig({}).signIn).toEqual({ publicUrl: undefined, outsideIssuer: undefined });
    const { publicUrl, outsideIssuer } = readConfig({
      ...{ PUBLIC_URL: 'https://bimeh.example.org/', OIDC_ISSUER: 'https://sso.example.org/realms/a' },
      ...{ OIDC_CLIENT_ID: 'estehqaq', OIDC_ROLES: 'audit=auditor, 1420 = call-centre-agent' },
    }).signIn;
    expect(publicUrl).toBe('https://bimeh.example.org');
    expect(outsideIssuer).toMatchObject({ roleClaim: 'roles', clientSecret: undefined });
    expect([...(outsideIssuer?.roles ?? [])]).toEqual([
      ['audit', 'auditor'],
      ['1420', 'call-centre-agent'],
    ]);
    expect(() => readConfig({ OIDC_ISSUER: 'https://sso.example.org' })).toThrow('OIDC_CLIENT_ID');
    const named = { OIDC_ISSUER: 'https://sso.example.org', OIDC_CLIENT_ID: 'estehqaq' };
    for (const roles of ['', 'audit', 'audit=', '=auditor']) {
      expect(() => readConfig({ ...named, OIDC_ROLES: roles })).toThrow('OIDC_ROLES');
    }
    expect(() => readConfig({ ...named, OIDC_ROLES: 'audit=king' })).toThrow('OIDC_ROLES');
    expect(roleNames).toEqual(staffRoles);
  });

  it.each([
    ['PUBLIC_URL', 'https://bimeh.example.org/portal'],
    ['PUBLIC_URL', 'bimeh.example.org'],
    ['NOTICE_QUIET_HOURS', '22:00-8:00'],
    ['NOTICE_QUIET_HOURS', '24-8'],
    ['NOTICE_DECILE_TEXT', 'short'],
    ['D8_10_ON_UNPAID', 'suspend'],
    ['MINISTRY_URL', 'ministry.example'],
    ['HOST_PAGES', 'medical.example.org=/metrics'],
    ['HOST_PAGES', 'medical.example.org'],
    ['JOURNAL_KEEP_YEARS', '0'],
    ['JOURNAL_KEEP_YEARS', 'ten'],
    ['PORT', '70000'],
    ['PORT', '80 80'],
    ['METRICS_PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['TRUSTED_PROXIES', 'all of them'],
    ['MSRT_URL', 'ministry.example'],
    ['GATEWAY_SECRET', 'too short'],
    ['GATEWAY_ADDRESSES', 'everybody'],
    ['GATEWAY_ADDRESSES', '10.0.0.0/40'],
    ['OTHER_INSURERS_URL', 'file:///etc/passwd'],
  ])('refuses %s=%s, naming the variable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringContaining(name) as unknown }),
    );
  });

  it('takes the payment gateway whole, or not at all', () => {
    const gateway = { PAYMENT_GATEWAY_URL: 'https://gateway.example' };
    expect(() => readConfig(gateway)).toThrow('PAYMENT_MERCHANT_ID');
    expect(() => readConfig({ ...gateway, PAYMENT_MERCHANT_ID: 'x' })).toThrow('PAYMENT_CALLBACK_URL');
    expect(readConfig({}).payment).toEqual({ merchantId: undefined, callbackUrl: undefined });
  });
});
