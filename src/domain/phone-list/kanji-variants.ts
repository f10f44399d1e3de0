/** Ways to write the same letter in names, the plain one first; what Unicode unifies by itself (NFKC) is not among them. */
const GROUPS =
  '高髙 崎﨑嵜 斉斎齊齋 辺邊邉 浜濱濵 沢澤 島嶋嶌 広廣 国國 真眞 桜櫻 竜龍 恵惠 徳德 瀬瀨 富冨 児兒 円圓 応應 学學 ' +
  '緒緖 黒黑 清淸 増增 寛寬 吉𠮷 与與 栄榮 伝傳 万萬 豊豐 滝瀧 条條 静靜 渋澁 関關 県縣 来來 芦蘆 桧檜 秋穐 ' +
  '芸藝 戸戶 戻戾 曽曾 槙槇 渕淵 鉄鐵銕 館舘 会會 岳嶽 宝寶 亀龜 鶴靏靍 峰峯 松枩 柳栁 昇曻 梅楳 飯飰 塩鹽 桑桒 隆𨺓 ' +
  '橋𣘺 角⻆ 土𡈽 葛𦹀 諭諭 尚尙 教敎 経經 総總 当當 団團 実實 礼禮 悦悅 弥彌 鴎鷗 蔵藏 薫薰 都都 晴晴 神神 福福';

const plain = new Map(
  GROUPS.split(' ').flatMap((group) => {
    const [first = '', ...others] = [...group];
    return others.map((letter) => [letter, first] as const);
  }),
);
const VARIANT = new RegExp(`[${[...plain.keys()].join('')}]`, 'gu');
/** Marks after a letter that choose one of its shapes. */
const SELECTORS = /[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

/** A name with the plain way of writing each letter, for comparing only: what is stored keeps its own letters. */
export function plainLetters(name: string): string {
  return name.replace(SELECTORS, '').replace(VARIANT, (letter) => plain.get(letter) ?? letter);
}
