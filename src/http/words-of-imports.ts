import { said } from './said.ts';

/** What is said of lists that come as files. */
export const importProblems = {
  'format-unknown': said(422, 'Format not offered', 'Ask for csv.', [
    'この形式はありません',
    'csv を指定してください。',
  ]),
  'encoding-unknown': said(422, 'Encoding not known', 'Name utf-8, shift_jis, euc-jp or iso-2022-jp.', [
    '文字コードがわかりません',
    'utf-8、shift_jis、euc-jp、iso-2022-jp のどれかを指定してください。',
  ]),
  'import-unreadable': said(422, 'File cannot be read', 'Send a CSV or TSV text file.', [
    'ファイルを読めません',
    'CSV または TSV の文字ファイルを送ってください。',
  ]),
  'import-too-large': said(413, 'File too large', 'Split the file.', [
    'ファイルが大きすぎます',
    'ファイルを分けてください。',
  ]),
  'import-empty': said(422, 'File has no rows', 'Put rows below the headings.', [
    '行がありません',
    '見出しの下に行を入れてください。',
  ]),
  'import-columns-missing': said(422, 'Columns missing', 'Add the columns, or say which heading stands for which.', [
    '必要な列がありません',
    '列を足すか、columns で見出しを割り当ててください。',
  ]),
  'import-columns-unknown': said(422, 'Columns not known', 'Map headings of the file to fields of the template.', [
    '列の指定が正しくありません',
    'ファイルの見出しをひな形の項目に割り当ててください。',
  ]),
  'import-row-unknown': said(404, 'No such row', 'Rows count from 1 below the headings.', [
    'その行はありません',
    '見出しの次の行が 1 です。',
  ]),
  'import-committed': said(409, 'Committed already', 'A committed import cannot be changed; send a new file.', [
    '取込済みです',
    '取り込んだ後は変更できません。新しいファイルを送ってください。',
  ]),
} as const;
