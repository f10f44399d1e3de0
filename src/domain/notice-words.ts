import type { Language } from './worker.ts';

interface Words {
  /** The employer's name as registered. */
  readonly firm: string;
}

/** No name of a person: should the number be wrong, a stranger reads it. */
const texts: Readonly<Record<Language, (words: Words) => string>> = {
  ja: ({ firm }) =>
    `この電話番号が、${firm}の入退場の電話として登録されました。心当たりのない方は、${firm}にお知らせください。登録を取り消します。このお知らせが不要な方も、会社にお申し出ください。`,
  'ja-easy': ({ firm }) =>
    `この 電話番号は、${firm}の 仕事の 電話に なりました。まちがいの ときは、${firm}に 言って ください。このお知らせが いらない 人も、会社に 言って ください。`,
  en: ({ firm }) =>
    `This telephone number was registered for attendance calls with ${firm}. If this is a mistake, please tell ${firm}: it will be removed. To stop these notices, please tell your company.`,
  vi: ({ firm }) =>
    `Số điện thoại này đã được đăng ký để gọi chấm công với ${firm}. Nếu nhầm, xin báo cho ${firm} để xóa. Nếu không muốn nhận tin này nữa, xin báo cho công ty.`,
  zh: ({ firm }) =>
    `本电话号码已登记为${firm}的出勤电话。如有错误，请告知${firm}，我们会取消登记。不想再收到此类通知，也请告知公司。`,
  id: ({ firm }) =>
    `Nomor telepon ini didaftarkan untuk telepon kehadiran di ${firm}. Jika salah, mohon beri tahu ${firm} agar dihapus. Jika tidak mau menerima pesan ini, beri tahu perusahaan Anda.`,
  my: ({ firm }) =>
    `ဤဖုန်းနံပါတ်ကို ${firm} ၏ အလုပ်ဝင်ထွက်ဖုန်းအဖြစ် မှတ်ပုံတင်ထားပါသည်။ မှားယွင်းပါက ${firm} ကို ပြောပေးပါ။ ဤအသိပေးချက် မလိုပါကလည်း ကုမ္ပဏီကို ပြောပေးပါ။`,
  ne: ({ firm }) =>
    `यो फोन नम्बर ${firm} को हाजिरी फोनको रूपमा दर्ता भयो। गल्ती भए ${firm} लाई भन्नुहोस्, हटाइनेछ। यस्तो सूचना नचाहिए पनि कम्पनीलाई भन्नुहोस्।`,
};

/** What somebody is texted when a number is registered to him, in his own language. */
export function noticeText(language: Language, words: Words): string {
  return texts[language](words);
}
