import helmet from 'helmet';
import { Router } from 'express';
import { tokyoText } from '../src/domain/work-day.ts';
import type { ForwardingStore } from '../src/ports-forwarding.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import type { Clock } from '../src/ports.ts';

interface Parts {
  readonly projections: ProjectionStore;
  readonly forwardings: ForwardingStore;
  readonly clock: Clock;
}

const SHOWN = 200;

/** A page that somebody who is no engineer can read: does it work, what waits. Figures only, no names and no numbers of people. */
export function createStatusPage({ projections, forwardings, clock }: Parts): Router {
  const router = Router({ caseSensitive: true });
  router.get('/', helmet(), async (_request, response) => {
    const [open, rejected, pending, calls] = await Promise.all([
      projections.pageExceptions({ state: 'open' }, { limit: SHOWN }),
      forwardings.page({ state: 'rejected' }, { limit: SHOWN }),
      forwardings.page({ state: 'pending' }, { limit: SHOWN }),
      projections.pageCalls({}, { limit: 1 }),
    ]);
    const last = calls.items[0];
    response.type('html').send(
      page([
        ['いまの時刻', tokyoText(clock.now()).replace('T', ' ').slice(0, 16)],
        ['最後の電話', last ? tokyoText(last.receivedAt).replace('T', ' ').slice(0, 16) : 'まだありません'],
        ['対応が必要な電話・記録', countOf(open.items)],
        ['登録先への送信待ち', countOf(pending.items)],
        ['登録先に断られたもの', countOf(rejected.items)],
      ]),
    );
  });
  return router;
}

function countOf(items: readonly unknown[]): string {
  return items.length >= SHOWN ? `${String(SHOWN)} 件以上` : `${String(items.length)} 件`;
}

/** No value here comes from outside: times and counts only. */
function page(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('\n');
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>genba-call</title>
<style>
body { font: 18px/1.6 "Noto Sans JP", "Noto Sans CJK JP", sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem; color: #1a1a1c; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #b3b3b3; padding: .6rem; text-align: left; font-weight: normal; }
td { text-align: right; font-variant-numeric: tabular-nums; }
a { color: #0017c1; }
</style>
</head>
<body>
<h1>genba-call</h1>
<p>電話の受付は動いています。</p>
<table>
${lines}
</table>
<p><a href="/api/v1/docs">管理 API の説明</a> ・ <a href="/readyz">準備の状態</a> ・ <a href="/metrics">計測値</a></p>
</body>
</html>
`;
}
