import { said } from './said.ts';

/** What is said of lists that come as files. */
export const importProblems = {
  'format-unknown': said(422, 'Format not offered', 'Ask for csv or xlsx.', [
    'この形式はありません',
    'csv か xlsx を指定してください。',
  ]),
  'encoding-unknown': said(422, 'Encoding not known', 'Name utf-8, shift_jis, euc-jp or iso-2022-jp.', [
    '文字コードがわかりません',
    'utf-8、shift_jis、euc-jp、iso-2022-jp のどれかを指定してください。',
  ]),
  'import-unreadable': said(422, 'File cannot be read', 'Send a CSV or TSV text or an XLSX workbook.', [
    'ファイルを読めません',
    'CSV、TSV または XLSX のファイルを送ってください。',
  ]),
  'import-too-large': said(413, 'File too large', 'Split the file.', [
    'ファイルが大きすぎます',
    'ファイルを分けてください。',
  ]),
  'import-empty': said(422, 'File has no rows', 'Put rows below the headings.', [
    '行がありません',
    '見出しの下に行を入れてください。',
  ]),
  'import-columns-missing': said(
    422,
    'Columns missing',
    'PATCH the import with columns: which heading stands for which.',
    ['必要な列がわかりません', '取込を PATCH し、columns でどの見出しがどの項目かを指定してください。'],
  ),
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
  'import-over': said(409, 'Cancelled or undone', 'This import is over; send the file again.', [
    '終了した取込です',
    'この取込は中止または取り消されています。ファイルを送り直してください。',
  ]),
  'import-not-committed': said(409, 'Nothing to undo', 'This import has saved nothing.', [
    '取り消すものがありません',
    'この取込はまだ何も保存していません。',
  ]),
  'import-used': said(409, 'In use already', 'The row in detail was used or changed since: change it by hand.', [
    'すでに使われています',
    'detail の行の技能者または電話番号がすでに使われたか変更されています。個別に直してください。',
  ]),
  'mapping-unknown': said(422, 'No such mapping', 'Save the mapping of columns under this name first.', [
    '列の対応がありません',
    'この名前の列の対応は保存されていません。',
  ]),
  'export-too-large': said(413, 'Too many rows for this format', 'Use the format named in detail.', [
    'この形式には行が多すぎます',
    'detail の形式で出力してください。',
  ]),
  'catalog-other-kind': said(422, 'List of another kind', 'Upload it under the kind named in detail.', [
    '別のコード表です',
    'detail の種類のコード表として取り込んでください。',
  ]),
  'catalog-invalid': said(422, 'List has errors', 'Correct the rows that the preview names and upload again.', [
    'コード表に誤りがあります',
    'プレビューで示した行を直して、もう一度取り込んでください。',
  ]),
  'catalog-moved': said(409, 'Another version came first', 'Upload again to see what it would change now.', [
    '先に別の版が取り込まれました',
    'もう一度アップロードして、変更点を確かめてください。',
  ]),
} as const;
