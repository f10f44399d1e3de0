import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const at = ({ hour, minute }: Time) => `pukul ${String(hour)}.${String(minute).padStart(2, '0')}`;
const number = (receipt: string) => `Nomor penerimaan Anda ${[...receipt].join(', ')}.`;
const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `Lamanya ${String(Math.floor(minutes / 60))} jam ${String(minutes % 60)} menit. `;
const progress = (days: number | undefined) => (days === undefined ? '' : `Ini hari ke-${String(days)} bulan ini. `);
const CODE = 'Tekan enam angka nomor pekerja Anda, lalu tanda pagar.';
const END = 'Untuk selesai, tekan tanda pagar saja.';
const times = ({ entry, exit }: DayWords) =>
  [entry && `masuk ${at(entry)}`, exit ? `keluar ${at(exit)}` : 'belum ada catatan keluar'].filter(Boolean).join(', ');
const date = ({ month, day }: { month: number; day: number }) => `tanggal ${String(day)} bulan ${String(month)}`;
const dated = (day: DayWords) => `${date(day)}: ${times(day)}. `;
const sameSite = (site: string | undefined) =>
  site ? `Kalau ${site} seperti terakhir, tekan 1 lalu tanda pagar. ` : '';

export const promptsId: Catalogue = {
  'entry-recorded': (w) =>
    `${w.name}, proyek ${w.site}, masuk ${at(w)} sudah dicatat. ${number(w.receipt)} Utamakan keselamatan.`,
  'exit-recorded': (w) =>
    `${w.name}, proyek ${w.site}, keluar ${at(w)} sudah dicatat. ${stay(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)} Terima kasih.`,
  'exit-with-level': (w) =>
    `${w.name}, ${w.site}, keluar ${at(w)} dicatat. ${stay(w.stayMinutes)}Hari ke-${String(w.monthDays)} bulan ini, ${String(w.levelDays)} lagi naik level. ${number(w.receipt)}`,
  'which-upper': (w) =>
    `Anda bekerja untuk perusahaan mana? ${w.uppers.map((name, place) => `${name}, tekan ${String(place + 1)}.`).join(' ')}`,
  'upper-taken': (w) => `Dicatat: Anda bekerja untuk ${w.upper}.`,
  moved: (w) => `${w.name}, keluar dari ${w.leftSite} dan masuk ${w.site} ${at(w)} sudah dicatat. ${number(w.receipt)}`,
  'ask-withheld': () =>
    `Nomor telepon Anda disembunyikan. Tekan 186 dulu lalu telepon lagi. Untuk melanjutkan: ${CODE}`,
  'ask-unknown': () => `Telepon ini belum terdaftar. ${CODE}`,
  'ask-other': () => `Catatan dibatalkan. Untuk orang lain: ${CODE}`,
  'ask-pin': () => 'Tekan PIN Anda, lalu tanda pagar.',
  'ask-pin-again': () => 'Tidak cocok. Tekan PIN lagi, lalu tanda pagar.',
  'ask-group': (w) =>
    w.count === 0
      ? `Mencatat beberapa orang. Satu per satu: ${CODE} ${END}`
      : `${String(w.count)} orang dicatat. Silakan nomor berikutnya. ${END}`,
  'ask-group-again': () => `Nomor tidak ditemukan. Silakan ulangi. ${END}`,
  'group-done': (w) => `${String(w.count)} orang sudah dicatat. ${number(w.receipt)} Terima kasih.`,
  'on-site': (w) =>
    w.names.length === 0
      ? 'Tidak ada lagi orang di proyek.'
      : `Masih ada ${String(w.names.length)} orang di proyek: ${w.names.join(', ')}.`,
  menu: () =>
    'Hari ini tekan 1, tujuh hari terakhir tekan 2, melaporkan hari yang lupa tekan 3, bahasa tekan 8, ulangi tekan 9.',
  'menu-closed': () => 'Hanya dengan telepon sendiri atau PIN. Silakan tanya perusahaan Anda.',
  today: (w) => `${w.name}, hari ini: ${w.day ? `${times(w.day)}.` : 'belum ada catatan.'}`,
  week: (w) =>
    w.days.length === 0
      ? `${w.name}, tidak ada catatan dalam tujuh hari terakhir.`
      : `${w.name}. ${w.days.map(dated).join('')}`,
  'forgot-day': () =>
    'Melaporkan hari yang lupa: kemarin tekan 1, hari lain tekan bulan dan tanggal empat angka, lalu tanda pagar.',
  'forgot-entry': (w) =>
    `${date(w)}: tekan jam masuk empat angka, lalu tanda pagar. Pukul 7.40 adalah 0740. Kalau tidak ada, tekan tanda pagar saja.`,
  'forgot-exit': (w) =>
    `${date(w)}: tekan jam keluar empat angka, lalu tanda pagar. Kalau tidak ada, tekan tanda pagar saja.`,
  'forgot-again': () => 'Kurang jelas. Tekan lagi empat angka, lalu tanda pagar.',
  'forgot-check': (w) => `${dated(w.day)}Kalau benar tekan 1, kalau salah tekan 2, lalu tanda pagar.`,
  'forgot-filed': (w) => `Laporan diterima. Berlaku setelah diperiksa perusahaan Anda. ${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}, terima kasih atas kerja Anda. Telepon pulang Anda dari ${w.site} belum kami terima. Jika masih di proyek, silakan tutup dan telepon saat pulang.`,
  'number-registered': (w) =>
    `Ini ${w.name}. Telepon ini didaftarkan untuk telepon kehadiran. Jika salah, mohon beri tahu ${w.name} agar dihapus.`,
  'language-hint': () => 'Bahasa lain: tekan 8 lalu tanda pagar.',
  'language-offer': () => 'Bahasa Indonesia tekan 1, bahasa lain tekan 8.',
  'ask-worker': () => CODE,
  'ask-worker-again': () => `Nomor tidak ditemukan. ${CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}Tekan nomor proyek, lalu tanda pagar.`,
  'ask-site-again': (w) =>
    `Proyek tidak ditemukan. ${sameSite(w.lastSite)}Tekan nomor yang tertulis di proyek, lalu tanda pagar.`,
  'kept-unknown-phone': (w) =>
    `Terima kasih sudah menelepon. Kami tidak tahu ini telepon siapa. Telepon Anda disimpan; sampaikan nomor penerimaan kepada perusahaan. ${number(w.receipt)}`,
  'kept-withheld': (w) =>
    `Nomor telepon Anda disembunyikan. Tekan 186 dulu lalu telepon lagi. Telepon Anda disimpan. ${number(w.receipt)}`,
  'kept-unknown-line': (w) =>
    `Nomor ini sekarang tidak menerima catatan masuk dan keluar. Periksa nomor proyek Anda. Telepon Anda disimpan. ${number(w.receipt)}`,
  kept: (w) =>
    `Terima kasih sudah menelepon. Telepon Anda disimpan. Sampaikan nomor penerimaan kepada perusahaan. ${number(w.receipt)}`,
  service: () => 'Ini nomor informasi. Untuk masuk dan keluar, telepon nomor proyek.',
  'service-name': (w) =>
    `Telepon ini terdaftar atas nama ${w.name}. Sudah dikonfirmasi. Untuk masuk dan keluar, telepon nomor proyek.`,
  spooled: (w) => `Telepon Anda kami simpan dan akan dicatat nanti, dengan jam Anda menelepon. ${number(w.receipt)}`,
  'call-again': () => 'Maaf. Sekarang tidak bisa mencatat. Silakan telepon lagi sebentar lagi.',
};
