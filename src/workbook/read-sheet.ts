import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type readWorkbook from 'read-excel-file/node';

/** A sheet may need so much memory to be read: 50,000 rows with long names; one that names a cell in the farthest corner would need it all. */
const MOST_HEAP_MB = 320;
/** A sheet that takes longer is not a list of people. */
const MOST_MS = 120_000;
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/** A firm, a worker and a number: a cover or a page of notes has no line of so many cells among its first ones. */
const TABLE_CELLS = 3;
const LOOKED_AT = 60;

/** What runs in the thread; a text, because a thread does not go through what makes JavaScript of our files. */
const READ_SHEET = `
const { parentPort, workerData } = require('node:worker_threads');
const { default: readWorkbook } = require(workerData.reader);
readWorkbook(Buffer.from(workerData.file), { trim: false }).then((sheets) => {
  const isFilled = (cell) => cell !== null && String(cell).trim() !== '';
  const isTable = ({ data }) => data.slice(0, ${String(LOOKED_AT)}).some((row) => row.filter(isFilled).length >= ${String(TABLE_CELLS)});
  parentPort.postMessage((sheets.find(isTable) ?? sheets.find(({ data }) => data.length > 0))?.data ?? []);
});`;
const READER = createRequire(import.meta.url).resolve('read-excel-file/node');

/** The cells of a sheet, line by line: texts, numbers, truths, days, or nothing. */
export type SheetLines = Awaited<ReturnType<typeof readWorkbook>>[number]['data'];
type SheetRefusal = 'unreadable' | 'too-large';

/**
 * Reads the first sheet that looks like a table, behind a cover or notes, else the first that has any lines. It is read in a thread with a
 * memory of its own, one workbook after another: a workbook takes seconds, which no call may wait for, and one that is made to fill the
 * memory fills only that of its thread.
 */
export function createSheetReader(limits = { heapMb: MOST_HEAP_MB, ms: MOST_MS }) {
  let last: Promise<unknown> = Promise.resolve();
  return function readSheet(file: Buffer): Promise<SheetLines | SheetRefusal> {
    const read = last.then(() => readInThread(file, limits));
    last = read;
    return read;
  };
}

function readInThread(file: Buffer, { heapMb, ms }: { readonly heapMb: number; readonly ms: number }) {
  return new Promise<SheetLines | SheetRefusal>((resolve) => {
    const thread = new Worker(READ_SHEET, {
      eval: true,
      execArgv: [],
      workerData: { file, reader: READER },
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    const timer = setTimeout(() => void thread.terminate(), ms);
    thread.once('message', (lines: SheetLines) => resolve(lines));
    // What is wrong inside a damaged workbook helps nobody, and it may quote a cell.
    thread.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === OUT_OF_MEMORY ? 'too-large' : 'unreadable'),
    );
    // A thread that has nothing more to wait for ends without an answer: the package waits for ever for the rest of some files.
    thread.once('exit', () => {
      clearTimeout(timer);
      resolve('unreadable');
    });
  });
}
