import type { Language } from './worker.ts';

interface Words {
  /** The site's name as registered. */
  readonly site: string;
  /** The number to call, as people write it. */
  readonly line: string;
}

/** The text to somebody whose leaving call has not come: kind, and without any reason for asking. */
const texts: Readonly<Record<Language, (words: Words) => string>> = {
  ja: ({ site, line }) =>
    `お疲れさまです。${site}の退場のお電話がまだ届いていません。お帰りの際に${line}へお電話ください。もうお帰りの方は、会社の担当の方にお知らせください。`,
  'ja-easy': ({ site, line }) =>
    `おつかれさまです。${site}から 帰る 電話が まだ ありません。帰る とき、${line}に 電話して ください。もう 帰った 人は、会社の 人に 言って ください。`,
  en: ({ site, line }) =>
    `Thank you for your work. Your leaving call for ${site} has not reached us yet. Please call ${line} when you leave. If you have left already, please tell your company.`,
  vi: ({ site, line }) =>
    `Cảm ơn bạn đã làm việc. Chúng tôi chưa nhận được cuộc gọi ra về của bạn ở ${site}. Khi về, xin gọi ${line}. Nếu bạn đã về rồi, xin báo cho công ty.`,
  zh: ({ site, line }) =>
    `您辛苦了。我们还没有收到您离开${site}的电话。离开时请拨打${line}。如果您已经离开，请告诉公司的负责人。`,
  id: ({ site, line }) =>
    `Terima kasih atas kerja Anda. Telepon pulang Anda dari ${site} belum kami terima. Saat pulang, silakan telepon ${line}. Jika sudah pulang, mohon beri tahu perusahaan Anda.`,
  my: ({ site, line }) =>
    `ပင်ပန်းသွားပါပြီ။ ${site} မှ ပြန်ကြောင်း ဖုန်းခေါ်ဆိုမှု မရရှိသေးပါ။ ပြန်သည့်အခါ ${line} သို့ ဖုန်းခေါ်ပေးပါ။ ပြန်ပြီးပါက ကုမ္ပဏီတာဝန်ရှိသူကို ပြောပေးပါ။`,
  ne: ({ site, line }) =>
    `कामका लागि धन्यवाद। ${site} बाट निस्कँदाको फोन अझै आएको छैन। निस्कँदा ${line} मा फोन गर्नुहोस्। निस्किसक्नुभएको भए कम्पनीलाई भन्नुहोस्।`,
};

/** What somebody is texted whose leaving call has not come, in his own language. */
export function reminderText(language: Language, words: Words): string {
  return texts[language](words);
}
