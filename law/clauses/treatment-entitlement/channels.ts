import { keptBy } from '../../words/clause.ts';

export const clauseT10 = keptBy({
  cite: 'T-10',
  fa: 'در بخش سرپایی در کلیه مراکز درمانی اعم از ملکی، غیرملکی طرف قرارداد و پزشکان',
  en: 'The methods serve outpatient care in all treatment centres, owned or contracted without being owned, and with physicians.',
  doubts: [
    'Day surgery and short emergency stays are not mentioned; read as: outpatient unless the patient is admitted.',
  ],
  by: 'server/channels',
  how: 'Every inquiry is outpatient unless inpatient is asked for, SMS and USSD ask outpatient only, and each answer carries its setting.',
});

export const clauseT11 = keptBy({
  cite: 'T-11',
  fa: 'غیرملکی طرف قرارداد و پزشکان',
  en: 'Contracted centres that are not owned, and physicians, are included.',
  doubts: [
    "A physician may hold several contracts; read as: an inquiry is bound to one, and the provider's code is asked for when the channel leaves it open.",
  ],
  by: 'server/membership',
  how: 'A physician is registered as a provider with a code, a contract and mobiles of his or her own.',
});

export const clauseT12 = keptBy({
  cite: 'T-12',
  fa: 'با استفاده از یکی از روشهای جایگزین',
  en: 'One of the substitute methods is to be used.',
  doubts: [
    'All channels may fail at once; read as: the patient is served, and the attempt is recorded as undetermined, never as unchecked.',
  ],
  by: 'server/channels',
  how: 'The same facts at the same moment give the same outcome and reasons in every channel, and one check in any channel suffices.',
});

export const clauseT13 = keptBy({
  cite: 'T-13',
  fa: 'USSD',
  en: 'USSD is one of the methods.',
  doubts: ['The dialling code and the menu are not in the text; read as: configuration, with *4*1420# as found.'],
  by: 'server/channels/ussd',
  how: 'The menu and the direct form answer every kind of asker on screens of at most 80 UCS-2 characters, with a tracking code.',
});

export const clauseT14 = keptBy({
  cite: 'T-14',
  fa: 'Mobile App',
  en: 'A mobile application is one of the methods.',
  doubts: ['Whether a guest may ask without logging in is not said; read as: no.'],
  by: 'server/channels/web',
  how: 'The installable app gives insured persons and providers, once logged in, the same decisions over the authenticated API.',
});

export const clauseT15 = keptBy({
  cite: 'T-15',
  fa: 'SMS',
  en: 'SMS is one of the methods.',
  doubts: ["The form of the message is not in the text; read as: the national id, alone or after the provider's code."],
  by: 'server/channels/sms',
  how: 'A text with a national id in digits of any script gets one answer, and the same text within 60 seconds the same tracking code.',
});

export const clauseT16 = keptBy({
  cite: 'T-16',
  fa: 'نرم افزارهای تحت وب medical.tamin.ir  وdarman.tamin.ir',
  en: 'Web-based software at medical.tamin.ir and darman.tamin.ir is one of the methods.',
  doubts: [
    'How the two addresses divide the work is not said; read as: medical for insured persons, darman for providers.',
  ],
  by: 'server/channels/web',
  how: "Host names can be mapped onto the insured person's inquiry page and the providers' portal, and both ask the same inquiry.",
});

export const clauseT17 = keptBy({
  cite: 'T-17',
  fa: 'سامانههای ۴ گانه استعلام استحقاق درمان',
  en: 'There are four systems for inquiring about treatment entitlement.',
  doubts: ['Five items are listed for four systems; read as: the two web addresses are one system.'],
  by: 'server/decisions',
  how: 'The journal records the channel of each inquiry, and reports count USSD, app, SMS and web, the two addresses as one.',
});
