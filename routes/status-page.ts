import { createHash } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { tokyoText } from '../src/domain/work-day.ts';
import type { ForwardingStore } from '../src/ports-forwarding.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import type { Clock } from '../src/ports.ts';

export interface StatusPageParts {
  readonly projections: Pick<ProjectionStore, 'pageExceptions' | 'pageCalls'>;
  readonly forwardings: Pick<ForwardingStore, 'page'>;
  readonly clock: Pick<Clock, 'now'>;
}

type Row = readonly [name: string, value: string];

const SHOWN = 200;
/** Whoever looks is told within this time, even where the database does not answer at all. */
const PATIENCE_MS = 2000;

/** Colours are the reader's own, light or dark; on a narrow screen a value moves below its name instead of being cut. */
const STYLE = `
:root { color-scheme: light dark; }
body { font: 18px/1.6 "Noto Sans JP", "Noto Sans CJK JP", sans-serif; margin: 1.5rem auto; max-width: 40rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; }
dl { margin: 1rem 0; }
dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; border-bottom: 1px solid GrayText; padding: .6rem 0; }
dd { margin: 0 0 0 auto; font-variant-numeric: tabular-nums; white-space: nowrap; }
ul { list-style: none; margin: 0; padding: 0; }
li a { display: inline-block; padding: .6rem 0; }
`;

/** Without `upgrade-insecure-requests`, which breaks the links where the page is read over http on a local network. */
const headers: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
      imgSrc: ['data:'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
});

/**
 * A page that somebody who is no engineer can read: does it work, what waits. Figures only, no names and no numbers of people. While the
 * database is away it says so, with 503.
 */
export function createStatusPage(parts: StatusPageParts): Router {
  const router = Router({ caseSensitive: true });
  router.get('/', headers, async (_request, response) => {
    const figures = await inTime(readFigures(parts)).catch(() => undefined);
    const time: Row = ['いまの時刻', timeText(parts.clock.now())];
    response
      .status(figures ? 200 : 503)
      .set({ 'Cache-Control': 'no-store', ...(figures ? {} : { 'Retry-After': '2' }) })
      .type('html')
      .send(
        figures
          ? page('電話の受付は動いています。', [time, ...figures])
          : page('いまは電話を記録できません。データベースにつながりません。', [time]),
      );
  });
  return router;
}

async function readFigures({ projections, forwardings }: StatusPageParts): Promise<readonly Row[]> {
  const [open, rejected, pending, calls] = await Promise.all([
    projections.pageExceptions({ state: 'open' }, { within: 'everything', limit: SHOWN }),
    forwardings.page({ state: 'rejected' }, { within: 'everything', limit: SHOWN }),
    forwardings.page({ state: 'pending' }, { within: 'everything', limit: SHOWN }),
    projections.pageCalls({}, { within: 'everything', limit: 1 }),
  ]);
  const [last] = calls.items;
  return [
    ['最後の電話', last ? timeText(last.receivedAt) : 'まだありません'],
    ['人の確認が要るもの', countOf(open.items)],
    ['登録先への送信待ち', countOf(pending.items)],
    ['登録先に断られたもの', countOf(rejected.items)],
  ];
}

async function inTime<T>(reading: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

function countOf(items: readonly unknown[]): string {
  return items.length >= SHOWN ? `${String(SHOWN)} 件以上` : `${String(items.length)} 件`;
}

/** `2026年11月24日 7:41`, in Tokyo. */
function timeText(at: Date): string {
  const [year, month, day, hour, minute] = tokyoText(at).split(/\D/);
  return `${String(year)}年${Number(month)}月${Number(day)}日 ${Number(hour)}:${String(minute)}`;
}

/** No value here comes from outside: times and counts only. */
function page(sentence: string, rows: readonly Row[]): string {
  const lines = rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('\n');
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>genba-call 受付の状態</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>genba-call</h1>
<p>${sentence}</p>
<dl>
${lines}
</dl>
<nav aria-label="ほかのページ">
<ul>
<li><a href="/api/v1/docs" hreflang="en">管理 API の説明（英語）</a></li>
<li><a href="/readyz">準備の状態</a></li>
<li><a href="/metrics">計測値</a></li>
</ul>
</nav>
</main>
</body>
</html>
`;
}
