import type { Catalogue, DayWords, Time } from './prompt-words.ts';

const at = ({ hour, minute }: Time) => `${String(hour)} giờ${minute === 0 ? '' : ` ${String(minute)} phút`}`;
const number = (receipt: string) => `Số tiếp nhận là ${[...receipt].join(', ')}.`;
const stay = (minutes: number | undefined) =>
  minutes === undefined ? '' : `Thời gian: ${String(Math.floor(minutes / 60))} giờ ${String(minutes % 60)} phút. `;
const progress = (days: number | undefined) => (days === undefined ? '' : `Tháng này là ngày thứ ${String(days)}. `);
const CODE = 'Hãy bấm mã số 6 chữ số của bạn, rồi bấm phím thăng.';
const END = 'Để kết thúc, chỉ bấm phím thăng.';
const times = ({ entry, exit }: DayWords) =>
  [entry && `vào lúc ${at(entry)}`, exit ? `ra lúc ${at(exit)}` : 'chưa ghi giờ ra'].filter(Boolean).join(', ');
const date = ({ month, day }: { month: number; day: number }) => `ngày ${String(day)} tháng ${String(month)}`;
const dated = (day: DayWords) => `${date(day)}: ${times(day)}. `;
const sameSite = (site: string | undefined) => (site ? `Nếu là ${site} như lần trước, bấm 1 rồi phím thăng. ` : '');

export const promptsVi: Catalogue = {
  'entry-recorded': (w) =>
    `${w.name}, công trường ${w.site}, đã ghi giờ vào ${at(w)}. ${number(w.receipt)} Chúc làm việc an toàn.`,
  'exit-recorded': (w) =>
    `${w.name}, công trường ${w.site}, đã ghi giờ ra ${at(w)}. ${stay(w.stayMinutes)}${progress(w.monthDays)}${number(w.receipt)} Cảm ơn bạn đã làm việc.`,
  'exit-with-level': (w) =>
    `${w.name}, ${w.site}, đã ghi giờ ra ${at(w)}. ${stay(w.stayMinutes)}Ngày thứ ${String(w.monthDays)} tháng này, còn ${String(w.levelDays)} ngày lên bậc. ${number(w.receipt)}`,
  'which-upper': (w) =>
    `Bạn làm việc cho công ty nào? ${w.uppers.map((name, place) => `${name}, bấm ${String(place + 1)}.`).join(' ')}`,
  'upper-taken': (w) => `Đã ghi: bạn làm việc cho ${w.upper}.`,
  moved: (w) => `${w.name}, đã ghi ra khỏi ${w.leftSite} và vào ${w.site} lúc ${at(w)}. ${number(w.receipt)}`,
  'ask-withheld': () => `Số điện thoại của bạn bị ẩn. Hãy bấm 186 trước rồi gọi lại. Để tiếp tục: ${CODE}`,
  'ask-unknown': () => `Số điện thoại này chưa đăng ký. ${CODE}`,
  'ask-other': () => `Đã hủy bản ghi. Dành cho người khác: ${CODE}`,
  'ask-pin': () => 'Hãy bấm mã PIN, rồi bấm phím thăng.',
  'ask-pin-again': () => 'Không đúng. Hãy bấm lại mã PIN, rồi bấm phím thăng.',
  'ask-group': (w) =>
    w.count === 0
      ? `Ghi cho nhiều người. Từng người một: ${CODE} ${END}`
      : `Đã ghi ${String(w.count)} người. Mời bấm mã số người tiếp theo. ${END}`,
  'ask-group-again': () => `Không tìm thấy mã số. Mời bấm lại. ${END}`,
  'group-done': (w) => `Đã ghi ${String(w.count)} người. ${number(w.receipt)} Cảm ơn.`,
  'on-site': (w) =>
    w.names.length === 0
      ? 'Không còn ai ở công trường.'
      : `Còn ${String(w.names.length)} người ở công trường: ${w.names.join(', ')}.`,
  menu: () => 'Hôm nay bấm 1, bảy ngày gần đây bấm 2, báo ngày quên gọi bấm 3, đổi ngôn ngữ bấm 8, nghe lại bấm 9.',
  'menu-closed': () => 'Chỉ dùng được bằng điện thoại của bạn hoặc mã PIN. Hãy hỏi công ty của bạn.',
  today: (w) => `${w.name}, hôm nay: ${w.day ? `${times(w.day)}.` : 'chưa có bản ghi.'}`,
  week: (w) =>
    w.days.length === 0 ? `${w.name}, bảy ngày qua không có bản ghi.` : `${w.name}. ${w.days.map(dated).join('')}`,
  'forgot-day': () =>
    'Báo ngày quên gọi: hôm qua bấm 1, ngày khác bấm 4 chữ số, tháng trước, ngày sau, rồi bấm phím thăng.',
  'forgot-entry': (w) =>
    `${date(w)}: bấm giờ vào bằng 4 chữ số, rồi phím thăng. 7 giờ 40 là 0740. Nếu không có, chỉ bấm phím thăng.`,
  'forgot-exit': (w) => `${date(w)}: bấm giờ ra bằng 4 chữ số, rồi phím thăng. Nếu không có, chỉ bấm phím thăng.`,
  'forgot-again': () => 'Không rõ. Hãy bấm lại 4 chữ số, rồi bấm phím thăng.',
  'forgot-check': (w) => `${dated(w.day)}Nếu đúng bấm 1, làm lại bấm 2, rồi bấm phím thăng.`,
  'forgot-filed': (w) => `Đã nhận báo cáo. Sau khi công ty kiểm tra, bản ghi mới có hiệu lực. ${number(w.receipt)}`,
  'missing-exit': (w) =>
    `${w.name}, cảm ơn bạn đã làm việc. Chúng tôi chưa nhận được cuộc gọi ra về của bạn ở ${w.site}. Nếu bạn còn ở công trường, xin gác máy và gọi khi về.`,
  'number-registered': (w) =>
    `Đây là ${w.name}. Điện thoại này đã được đăng ký để gọi chấm công. Nếu nhầm, xin báo cho ${w.name} để xóa.`,
  'language-hint': () => 'Ngôn ngữ khác: bấm 8 rồi phím thăng.',
  'language-offer': () => 'Tiếng Việt bấm 1, ngôn ngữ khác bấm 8.',
  'ask-worker': () => CODE,
  'ask-worker-again': () => `Không tìm thấy mã số. ${CODE}`,
  'ask-site': (w) => `${sameSite(w.lastSite)}Hãy bấm số công trường, rồi bấm phím thăng.`,
  'ask-site-again': (w) =>
    `Không tìm thấy công trường. ${sameSite(w.lastSite)}Hãy bấm số ghi tại công trường, rồi bấm phím thăng.`,
  'kept-unknown-phone': (w) =>
    `Cảm ơn bạn đã gọi. Chúng tôi không biết đây là điện thoại của ai. Cuộc gọi đã được giữ lại; hãy báo số tiếp nhận cho công ty. ${number(w.receipt)}`,
  'kept-withheld': (w) =>
    `Số điện thoại của bạn bị ẩn. Hãy bấm 186 trước rồi gọi lại. Cuộc gọi đã được giữ lại. ${number(w.receipt)}`,
  'kept-unknown-line': (w) =>
    `Số này hiện không nhận giờ vào ra. Hãy kiểm tra số của công trường. Cuộc gọi đã được giữ lại. ${number(w.receipt)}`,
  kept: (w) => `Cảm ơn bạn đã gọi. Cuộc gọi đã được giữ lại. Hãy báo số tiếp nhận cho công ty. ${number(w.receipt)}`,
  service: () => 'Đây là số hướng dẫn. Để ghi giờ vào ra, hãy gọi số của công trường.',
  'service-name': (w) =>
    `Điện thoại này được đăng ký cho ${w.name}. Đã xác nhận. Khi vào và ra, hãy gọi số của công trường.`,
  spooled: (w) => `Chúng tôi đang giữ cuộc gọi của bạn và sẽ ghi sau, theo giờ bạn đã gọi. ${number(w.receipt)}`,
  'call-again': () => 'Xin lỗi. Hiện không ghi được. Xin gọi lại sau ít phút.',
};
