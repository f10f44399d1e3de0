import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const at = ({ hour, minute }: Time) => `${String(hour)} बजेर ${String(minute)} मिनेट`;
const number = (receipt: string) => `तपाईंको दर्ता नम्बर ${[...receipt].join(', ')} हो।`;
const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `समय ${String(Math.floor(minutes / 60))} घण्टा ${String(minutes % 60)} मिनेट। `;
const progress = (days: number | undefined) => (days === undefined ? '' : `यो महिनाको ${String(days)} औं दिन। `);
const CODE = 'आफ्नो छ अंकको कामदार नम्बर थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।';
const END = 'सकिएपछि ह्यास मात्र थिच्नुहोस्।';
const times = ({ entry, exit }: DayWords) =>
  [entry && `प्रवेश ${at(entry)}`, exit ? `निस्केको ${at(exit)}` : 'निस्केको रेकर्ड छैन'].filter(Boolean).join(', ');
const date = ({ month, day }: { month: number; day: number }) => `${String(month)} महिनाको ${String(day)} गते`;
const dated = (day: DayWords) => `${date(day)}: ${times(day)}। `;
const sameSite = (site: string | undefined) => (site ? `अघिल्लो पटक जस्तै ${site} भए 1 र ह्यास थिच्नुहोस्। ` : '');

export const promptsNe: Catalogue = {
  'entry-recorded': (w) => `${w.name}, ${w.site}, प्रवेश ${at(w)} मा रेकर्ड भयो। ${number(w.receipt)} सुरक्षित रहनुहोस्।`,
  'exit-recorded': (w) =>
    `${w.name}, ${w.site}, निस्केको ${at(w)} मा रेकर्ड भयो। ${stay(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)} धन्यवाद।`,
  'exit-with-level': (w) =>
    `${w.name}, ${w.site}, निस्केको ${at(w)} मा रेकर्ड भयो। ${stay(w.stayMinutes)}यो महिनाको ${String(w.monthDays)} औं दिन। अर्को तहसम्म ${String(w.levelDays)} दिन बाँकी। ${number(w.receipt)}`,
  'which-upper': (w) =>
    `कुन कम्पनीको काम हो? ${w.uppers.map((name, place) => `${name} भए ${String(place + 1)} थिच्नुहोस्।`).join(' ')}`,
  'upper-taken': (w) => `${w.upper} को कामका रूपमा लेखियो।`,
  moved: (w) => `${w.name}, ${w.leftSite} बाट निस्केर ${w.site} मा प्रवेश, ${at(w)} मा रेकर्ड भयो। ${number(w.receipt)}`,
  'ask-withheld': () => `तपाईंको नम्बर लुकाइएको छ। पहिले 186 थिचेर फेरि फोन गर्नुहोस्। अगाडि बढ्न: ${CODE}`,
  'ask-unknown': () => `यो फोन दर्ता छैन। ${CODE}`,
  'ask-other': () => `रेकर्ड हटाइयो। अर्को व्यक्तिका लागि: ${CODE}`,
  'ask-pin': () => 'पिन नम्बर थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।',
  'ask-pin-again': () => 'मिलेन। फेरि पिन नम्बर थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।',
  'ask-group': (w) =>
    w.count === 0
      ? `धेरै जनाको रेकर्ड गरिन्छ। एक एक गरी: ${CODE} ${END}`
      : `${String(w.count)} जना रेकर्ड भयो। अर्कोको नम्बर थिच्नुहोस्। ${END}`,
  'ask-group-again': () => `नम्बर भेटिएन। फेरि थिच्नुहोस्। ${END}`,
  'group-done': (w) => `${String(w.count)} जना रेकर्ड भयो। ${number(w.receipt)} धन्यवाद।`,
  'on-site': (w) =>
    w.names.length === 0
      ? 'कार्यस्थलमा कोही बाँकी छैन।'
      : `कार्यस्थलमा ${String(w.names.length)} जना बाँकी छन्: ${w.names.join(', ')}।`,
  menu: () => 'आजको लागि 1, पछिल्लो सात दिनको लागि 2, फोन गर्न बिर्सेको दिनको लागि 3, भाषाको लागि 8, फेरि सुन्न 9 थिच्नुहोस्।',
  'menu-closed': () => 'आफ्नै फोन वा पिनबाट मात्र मिल्छ। कम्पनीमा सोध्नुहोस्।',
  today: (w) => `${w.name}, आज: ${w.day ? `${times(w.day)}।` : 'अहिलेसम्म रेकर्ड छैन।'}`,
  week: (w) =>
    w.days.length === 0 ? `${w.name}, पछिल्लो सात दिनमा रेकर्ड छैन।` : `${w.name}। ${w.days.map(dated).join('')}`,
  'forgot-day': () => 'बिर्सेको दिन: हिजो भए 1, अरू दिन भए महिना र गते चार अंकमा थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।',
  'forgot-entry': (w) =>
    `${date(w)}: आएको समय चार अंकमा थिच्नुहोस्, त्यसपछि ह्यास। 7 बजेर 40 मिनेट भए 0740। नभए ह्यास मात्र थिच्नुहोस्।`,
  'forgot-exit': (w) => `${date(w)}: निस्केको समय चार अंकमा थिच्नुहोस्, त्यसपछि ह्यास। नभए ह्यास मात्र थिच्नुहोस्।`,
  'forgot-again': () => 'स्पष्ट भएन। फेरि चार अंक थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।',
  'forgot-check': (w) => `${dated(w.day)}ठीक भए 1, फेरि गर्न 2 थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।`,
  'forgot-filed': (w) => `तपाईंको निवेदन लियौं। कम्पनीले जाँचेपछि रेकर्ड हुन्छ। ${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}, कामका लागि धन्यवाद। ${w.site} बाट निस्कँदाको फोन अझै आएको छैन। अझै काममै हुनुहुन्छ भने फोन राख्नुहोस् र निस्कँदा फोन गर्नुहोस्।`,
  'number-registered': (w) =>
    `${w.name} बाट फोन गरेको। यो फोन हाजिरी फोनको रूपमा दर्ता भयो। गल्ती भए ${w.name} लाई भन्नुहोस्, हटाइनेछ।`,
  'language-hint': () => 'अरू भाषाको लागि 8 र ह्यास थिच्नुहोस्।',
  'language-offer': () => 'नेपाली भाषाको लागि 1, अरू भाषाको लागि 8 थिच्नुहोस्।',
  'ask-worker': () => CODE,
  'ask-worker-again': () => `नम्बर भेटिएन। ${CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}कार्यस्थलको नम्बर थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।`,
  'ask-site-again': (w) => `कार्यस्थल भेटिएन। ${sameSite(w.lastSite)}कार्यस्थलमा लेखिएको नम्बर थिच्नुहोस्, त्यसपछि ह्यास थिच्नुहोस्।`,
  'kept-unknown-phone': (w) =>
    `फोन गर्नुभएकोमा धन्यवाद। यो कसको फोन हो थाहा भएन। तपाईंको फोन राखिएको छ; कम्पनीलाई दर्ता नम्बर भन्नुहोस्। ${number(w.receipt)}`,
  'kept-withheld': (w) =>
    `तपाईंको नम्बर लुकाइएको छ। पहिले 186 थिचेर फेरि फोन गर्नुहोस्। तपाईंको फोन राखिएको छ। ${number(w.receipt)}`,
  'kept-unknown-line': (w) =>
    `यो नम्बरले अहिले प्रवेश र निकास लिँदैन। कार्यस्थलको नम्बर जाँच्नुहोस्। तपाईंको फोन राखिएको छ। ${number(w.receipt)}`,
  kept: (w) => `फोन गर्नुभएकोमा धन्यवाद। तपाईंको फोन राखिएको छ। कम्पनीलाई दर्ता नम्बर भन्नुहोस्। ${number(w.receipt)}`,
  service: () => 'यो जानकारीको नम्बर हो। प्रवेश र निकासको लागि कार्यस्थलको नम्बरमा फोन गर्नुहोस्।',
  'service-name': (w) => `यो फोन ${w.name} को नाममा दर्ता छ। पुष्टि भयो। प्रवेश र निकासको लागि कार्यस्थलको नम्बरमा फोन गर्नुहोस्।`,
  spooled: (w) => `तपाईंको फोन सुरक्षित राखेका छौं, फोन गरेको समयमै पछि रेकर्ड हुन्छ। ${number(w.receipt)}`,
  'call-again': () => 'माफ गर्नुहोस्। अहिले रेकर्ड गर्न सकिँदैन। केही बेरपछि फेरि फोन गर्नुहोस्।',
};
