/**
 * The text of M-61, which goes to households in deciles 8 to 10. `restored` undoes the synonym-spinning of the copy that
 * is at hand; `verbatim` is that copy letter by letter. Not known to be official: an operator chooses.
 */
export const decileTexts = {
  restored: {
    fa: [
      'بیمه‌شده عزیز با عنایت به اینکه بر اساس ارزیابی وسع و اطلاعات مندرج در پایگاه رفاه ایرانیان وزارت تعاون، کار و رفاه اجتماعی {sex} در دهک درآمدی {decile} قرار دارید، خواهشمند است ظرف مدت یک ماه ضمن مراجعه به نزدیک‌ترین دفتر پیشخوان، نسبت به پرداخت سرانه کامل حق بیمه خود و استمرار پوشش بیمه‌ای اقدام فرمایید.',
      'بدیهی است درآمد حاصل از پرداخت حق بیمه توسط افرادی که توان مالی مورد نظر را دارند علاوه بر ارتقای کیفیت خدمات و دسترسی بیشتر به آن امکان استفاده گروه‌های کم‌درآمد را از خدمات بیمه سلامت برخوردار خواهد نمود.',
    ],
    en: [
      'Dear insured person: by the means test, and what is recorded in the welfare database of Iranians of the Ministry of Cooperatives, Labour and Social Welfare, you are in income decile {decile}. Please go to the nearest counter office within one month, pay the full premium per head, and so keep your cover.',
      'What is paid by those who can afford it improves the services and opens them to people with a low income.',
    ],
  },
  verbatim: {
    fa: [
      'بیمه شده عزیز با عنایت به اینكه برپایه ارزیابی وسع و اطلاعات مندرج درپایگاه رفاه ایرانی ها وزارت تعاون، كار و رفاه اجتماعی {sex} در دهك درآمدی {decile} قرار دارید، خواهشمند است ظرف مدت یك ماه ضمن رفتن به نزدیك ترین دفتر پیشخوان، نسبت به پرداخت سرانه كامل حق بیمه خود و استمرار پوشش بیمه ای اقدام فرمائید.',
      'بدیهی است درآمد حاصل از پرداخت حق بیمه توسط افرادی كه توان مالی مورد نظر را دارند علاوه بر ارتقاء كیفیت خدمات و دسترسی بیشتر به آن امكان استفاده گروه های كم درآمد را از خدمات بیمه سلامت برخودار خواهد نمود.',
    ],
    en: [
      'Dear insured person: by the means test, and what is recorded in the welfare database of Iranians of the Ministry of Cooperatives, Labour and Social Welfare, you are in income decile {decile}. Please go to the nearest counter office within one month, pay the full premium per head, and so keep your cover.',
      'What is paid by those who can afford it improves the services and opens them to people with a low income.',
    ],
  },
} as const;

export type DecileWording = keyof typeof decileTexts;
export const decileWordings = Object.keys(decileTexts) as readonly DecileWording[];
