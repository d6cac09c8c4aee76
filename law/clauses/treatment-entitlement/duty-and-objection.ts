import { keptBy, saidBy } from '../../words/clause.ts';

export const clauseT26 = keptBy({
  cite: 'T-26',
  fa: 'کلیه مراکز درمانی طرف قرارداد اعم از؛ پزشکان، داروخانهها، مراکز پاراکلینیک، درمانگاهها و بیمارستانها موظف به کنترل استحقاق درمان',
  en: 'All contracted treatment centres, including physicians, pharmacies, paraclinic centres, clinics and hospitals, are obliged to check treatment entitlement.',
  doubts: [
    'Whether each service needs its own check is not said; read as: one check per provider, person and day.',
    'No sanction is stated; read as: reported only.',
  ],
  by: 'server/inquiry',
  how: 'For a given list of services the report names those without an inquiry by that provider about that person on that day.',
});

export const clauseT27 = keptBy({
  cite: 'T-27',
  fa: 'از یکی از روشهای ذکر شده در بند " ۱" میباشند',
  en: 'They are to use one of the methods mentioned in clause 1.',
  doubts: ['The copy has no numbered clause 1; read as: the paragraph that lists the methods.'],
  by: 'server/inquiry',
  how: 'The compliance report accepts only inquiries in the journal, so neither a telephone call nor a stamp counts as a check.',
});

export const clauseT28 = saidBy({
  cite: 'T-28',
  fa: 'ضمناً فرآیند اخذ استحقاق درمان در بخش بستری ضمن رعایت اصول و قواعد رفع همپوشانیهای درمانی سازمانهای بیمهگر پایه، کماکان به قوت خود باقی است',
  en: "The process of obtaining inpatient treatment entitlement remains in force as before, observing the base insurers' overlap removal rules.",
  doubts: ['A hospital gives both kinds of care; read as: the setting decides, not the kind of provider.'],
  by: ['T-18', 'T-19'],
  how: 'The same inpatient rule is repeated here, and the setting of the inquiry alone decides whether it applies.',
});

export const clauseT29 = keptBy({
  cite: 'T-29',
  fa: 'در صورتیکه بیمه شده و مستمریبگیر به هر دلیل به وضعیت استحقاق درمان خود معترض باشد',
  en: 'An insured person or pensioner may, for any reason, object to his or her treatment entitlement status.',
  doubts: [
    'Dependants are not named; read as: an adult dependant may object too.',
    'Whether an objection suspends a refusal is not said; read as: it does not.',
  ],
  by: 'server/objections',
  how: 'An objection can be opened with or without a tracking code, gets a case number and moves through recorded states.',
});

export const clauseT30 = keptBy({
  cite: 'T-30',
  fa: 'از طریق تماس با سامانه "۱۴۲۰" سازمان تامیناجتماعی نسبت به پیگیری موضوع اقدام کند',
  en: "He or she may pursue the matter by calling the Social Security Organization's 1420 system.",
  doubts: ['Only the telephone is named; read as: the case may be opened online and by SMS as well.'],
  by: 'server/objections',
  how: 'A call-centre agent finds the person, reads the answers and registers or follows the case, and every refusal to a person names 1420.',
});
