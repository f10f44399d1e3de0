import { type Forwarding, kindOrder, retryDelay } from '../domain/forwarding.ts';
import type { RegistryAnswer } from '../domain/registry-item.ts';
import type { AttemptEnd, ForwardingStore } from '../ports-forwarding.ts';
import type { Chance, Clock, Log, Registry } from '../ports.ts';
import type { BuildRegistryItem, RegistryItem } from './build-registry-item.ts';

export interface ForwardParts {
  readonly forwardings: ForwardingStore;
  readonly registry: Registry;
  readonly build: BuildRegistryItem;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
}

/** What one pass did, by how the attempts ended. */
export type ForwardReport = Readonly<Record<string, number>>;

/** One pass over everything that is due: trees, then roster lines, then histories. May run twice and in several processes. */
export type Forward = (signal?: AbortSignal) => Promise<ForwardReport>;

const BATCH = 200;
const AT_ONCE = 8;
const LEASE_MS = 60_000;
/** How long a history waits while the tree or roster of its site is on its way. */
const HOLD_MS = 1_000;

export function createForward(parts: ForwardParts): Forward {
  const { forwardings, clock } = parts;
  const breaker = createBreaker(parts);
  return async function forward(signal) {
    const report: Record<string, number> = {};
    while (!signal?.aborted && !breaker.open()) {
      const due = await forwardings.due(clock.real(), BATCH);
      if (due.length === 0) break;
      for (const kind of Object.keys(kindOrder) as Forwarding['kind'][]) {
        const items = due.filter((item) => item.kind === kind);
        const unsettled = kind === 'history' ? await forwardings.unsettled(sitesOf(items)) : new Set<string>();
        await inGroups(items, async (item) => {
          if (signal?.aborted || breaker.open()) return;
          const state = isHeld(item, unsettled) ? await hold(parts, item) : await attempt(parts, item, breaker);
          report[state] = (report[state] ?? 0) + 1;
        });
      }
    }
    return report;
  };
}

async function inGroups(items: readonly Forwarding[], work: (item: Forwarding) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}

function sitesOf(items: readonly Forwarding[]) {
  return [...new Set(items.map((item) => item.siteId))];
}

/** A history waits for its own site's tree and its worker's roster line, but not for ones that were refused. */
function isHeld(item: Forwarding, unsettled: ReadonlySet<string>): boolean {
  const line = `roster:${item.siteId}:${item.workerId ?? ''}`;
  return item.kind === 'history' && (unsettled.has(`tree:${item.siteId}`) || unsettled.has(line));
}

async function hold({ forwardings, clock }: ForwardParts, item: Forwarding): Promise<string> {
  const taken = await forwardings.claim(item, new Date(clock.real().getTime() + LEASE_MS));
  if (!taken) return 'lost';
  const { state: _state, fence: _fence, ...rest } = taken;
  const end = { state: 'pending' as const, attempts: rest.attempts, dueAt: new Date(clock.real().getTime() + HOLD_MS) };
  await forwardings.finish(taken, rest.answer ? { ...end, answer: rest.answer } : end);
  return 'held';
}

async function attempt(parts: ForwardParts, item: Forwarding, breaker: Breaker): Promise<string> {
  const { forwardings, clock, registry, build } = parts;
  const taken = await forwardings.claim(item, new Date(clock.real().getTime() + LEASE_MS));
  if (!taken) return 'lost';
  const built = await build(taken);
  if (!built.ok) {
    await forwardings.finish(taken, { state: 'rejected', attempts: taken.attempts, answer: built.refusal });
    return 'rejected';
  }
  const end = endOf(parts, taken, await send(registry, built.value, taken.id));
  await breaker.note(end.reachable);
  await forwardings.finish(taken, end);
  if (item.kind !== 'history' && end.state === 'accepted')
    await forwardings.reopenIncomplete(item.siteId, clock.real());
  return end.state;
}

function send(registry: Registry, item: RegistryItem, key: string): Promise<RegistryAnswer> {
  if (item.kind === 'tree') return registry.sendTree(item.tree, key);
  return item.kind === 'roster' ? registry.sendRosterLine(item.line, key) : registry.sendHistory(item.history, key);
}

type Ending = AttemptEnd & { readonly reachable: boolean };

function endOf(
  { clock, chance, log }: ForwardParts,
  { id, attempts: before }: Forwarding,
  answer: RegistryAnswer,
): Ending {
  const attempts = before + 1;
  const later = (ms: number) => new Date(clock.real().getTime() + ms);
  switch (answer.state) {
    case 'accepted':
    case 'superseded':
      return { state: answer.state, attempts, reachable: true };
    case 'accepted-incomplete':
    case 'rejected': {
      const { code, sentence, who } = answer;
      return { state: answer.state, attempts, answer: { code, sentence, who }, reachable: true };
    }
    case 'busy':
      return { state: 'pending', attempts: before, dueAt: later(answer.retryAfterMs), reachable: false };
    case 'forbidden':
      log.error({ forwarding: id, reason: answer.reason }, 'the core registry refuses our credential');
      return { state: 'pending', attempts: before, dueAt: later(60_000), reachable: false };
    case 'unreachable':
    case 'ambiguous':
      log.warn({ forwarding: id, attempts, reason: answer.reason }, 'a hand-over is tried again later');
      return { state: 'pending', attempts, dueAt: later(retryDelay(attempts, chance.fraction())), reachable: false };
  }
}

interface Breaker {
  open(): boolean;
  note(reachable: boolean): Promise<void>;
}

/** After some failures in a row nothing is tried for a while, so that no attempts are used up; the first success wakes all that waits. */
function createBreaker({ forwardings, clock, chance }: ForwardParts): Breaker {
  const FAILURES = 5;
  let failures = 0;
  let openUntil = 0;
  return {
    open: () => clock.real().getTime() < openUntil,
    async note(reachable) {
      if (!reachable) {
        failures += 1;
        if (failures >= FAILURES) openUntil = clock.real().getTime() + 1_000 + Math.round(chance.fraction() * 9_000);
        return;
      }
      const recovered = failures >= FAILURES;
      failures = 0;
      openUntil = 0;
      if (recovered) await forwardings.wake(clock.real());
    },
  };
}
