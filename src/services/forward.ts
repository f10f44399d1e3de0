import {
  type Forwarding,
  type ForwardingAnswer,
  type ForwardingContent,
  kindOrder,
  retryDelay,
} from '../domain/forwarding.ts';
import { present } from '../domain/present.ts';
import type { RegistryAnswer } from '../domain/registry-item.ts';
import type { AttemptEnd, ForwardingStore } from '../ports-forwarding.ts';
import type { Chance, Clock, Log, Registry } from '../ports.ts';
import type { BuildRegistryItems, RegistryItem } from './build-registry-item.ts';

export interface ForwardParts {
  readonly forwardings: ForwardingStore;
  readonly registry: Registry;
  readonly build: BuildRegistryItems;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
}

/** What one pass did, by how the attempts ended. */
export type ForwardReport = Readonly<Record<string, number>>;

/** One pass over everything that is due: trees, then roster lines, then histories. May run twice and in several processes. */
export type Forward = (signal?: AbortSignal) => Promise<ForwardReport>;

const BATCH = 64;
const AT_ONCE = 8;
const LEASE_MS = 60_000;
/** How long a line or history waits at most for the tree and roster of its site; their acceptance makes it due at once. */
const HOLD_MS = 30_000;

export function createForward(parts: ForwardParts): Forward {
  const { forwardings, clock, chance } = parts;
  const breaker = createBreaker(parts);
  return async function forward(signal) {
    const report: Record<string, number> = {};
    while (!signal?.aborted && !breaker.open()) {
      const now = clock.real();
      const until = new Date(now.getTime() + LEASE_MS);
      const taken = await forwardings.take({ owner: chance.id('fwd'), now, until, limit: BATCH });
      if (taken.length === 0) break;
      for (const kind of Object.keys(kindOrder) as Forwarding['kind'][]) {
        const ends = await handOver(
          parts,
          taken.filter((item) => item.kind === kind),
          breaker,
        );
        for (const { end } of ends) report[end.state] = (report[end.state] ?? 0) + 1;
      }
    }
    return report;
  };
}

interface Ended {
  readonly item: Forwarding;
  readonly end: AttemptEnd;
}

/** Hands over the taken items of one kind and ends their attempts together. */
async function handOver(
  parts: ForwardParts,
  items: readonly Forwarding[],
  breaker: Breaker,
): Promise<readonly Ended[]> {
  if (items.length === 0) return [];
  const { forwardings, build, clock } = parts;
  const awaited = items.flatMap(waitsFor);
  const unsettled = awaited.length > 0 ? await forwardings.unsettled(awaited) : new Set<string>();
  const built = await build(items);
  const ends = await inGroups(items, async (item, place): Promise<Ended> => {
    if (waitsFor(item).some((lane) => unsettled.has(lane)))
      return { item, end: { ...postponed(parts, item, HOLD_MS), held: true } };
    const ready = built[place];
    if (breaker.open() || !ready) return { item, end: postponed(parts, item, breaker.leftMs()) };
    if (!ready.ok) return { item, end: refusedHere(item, ready.refusal) };
    const end = endOf(parts, item, await send(parts.registry, ready.value, item.id));
    await breaker.note(end.reachable);
    return { item, end };
  });
  await forwardings.finish(ends);
  await lookAgain(parts, ends);
  const settled = ends.filter(({ item, end }) => item.kind !== 'history' && end.state === 'accepted');
  await forwardings.releaseWaiting(
    settled.map(({ item }) => placeOf(item)),
    clock.real(),
  );
  return ends;
}

/** What was missing may have been entered while it was refused here, when there was no refusal yet to be reopened. */
async function lookAgain({ forwardings, build, clock }: ForwardParts, ends: readonly Ended[]): Promise<void> {
  const refused = ends.filter(({ end }) => end.answer?.local === true).map(({ item }) => item);
  if (refused.length === 0) return;
  const built = await build(refused);
  for (const [place, item] of refused.entries()) if (built[place]?.ok) await forwardings.resend(item.id, clock.real());
}

/**
 * A roster line waits for its site's tree, a history for both: the registry would refuse a line without its row. What
 * was refused is waited for no longer.
 */
function waitsFor({ kind, siteId, workerId, content }: Forwarding): readonly string[] {
  if (kind === 'tree' || isWithdrawn(content)) return [];
  return kind === 'roster' ? [`tree:${siteId}`] : [`tree:${siteId}`, `roster:${siteId}:${workerId ?? ''}`];
}

function placeOf({ kind, siteId, workerId }: Forwarding) {
  return kind === 'roster' && workerId ? { siteId, workerId } : { siteId };
}

/** What cannot be named at the registry cannot be there either: there is nothing to take back. */
function refusedHere({ content, attempts }: Forwarding, answer: ForwardingAnswer): AttemptEnd {
  return isWithdrawn(content) ? { state: 'withdrawn', attempts } : { state: 'rejected', attempts, answer };
}

function isWithdrawn(content: ForwardingContent): boolean {
  return content.kind === 'history' && content.history.withdrawn;
}

/** Given back untried: it uses no attempt. */
function postponed({ clock }: ForwardParts, { attempts, answer }: Forwarding, ms: number): AttemptEnd {
  return { state: 'pending', attempts, dueAt: new Date(clock.real().getTime() + ms), ...present({ answer }) };
}

async function inGroups<T>(
  items: readonly Forwarding[],
  work: (item: Forwarding, place: number) => Promise<T>,
): Promise<T[]> {
  const queue = [...items.entries()];
  const results: T[] = [];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await work(next[1], next[0]));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}

function send(registry: Registry, item: RegistryItem, key: string): Promise<RegistryAnswer> {
  if (item.kind === 'tree') return registry.sendTree(item.tree, key);
  return item.kind === 'roster' ? registry.sendRosterLine(item.line, key) : registry.sendHistory(item.history, key);
}

type Ending = AttemptEnd & { readonly reachable: boolean };

function endOf(
  { clock, chance, log }: ForwardParts,
  { id, attempts: before, content }: Forwarding,
  answer: RegistryAnswer,
): Ending {
  const attempts = before + 1;
  const later = (ms: number) => new Date(clock.real().getTime() + ms);
  switch (answer.state) {
    case 'accepted':
      return { state: isWithdrawn(content) ? 'withdrawn' : 'accepted', attempts, reachable: true };
    case 'superseded':
      return { state: 'superseded', attempts, reachable: true };
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
  /** Milliseconds until it may close. */
  leftMs(): number;
  note(reachable: boolean): Promise<void>;
}

/** After some failures in a row nothing is tried for a while, so that no attempts are used up; the first success wakes all that waits. */
function createBreaker({ forwardings, clock, chance }: ForwardParts): Breaker {
  const FAILURES = 5;
  /** A success after so many failures in a row means that the registry is back, and not that it failed once. */
  const RECOVERED_AFTER = 2;
  let failures = 0;
  let openUntil = 0;
  return {
    open: () => clock.real().getTime() < openUntil,
    leftMs: () => Math.max(0, openUntil - clock.real().getTime()),
    async note(reachable) {
      if (!reachable) {
        failures += 1;
        if (failures >= FAILURES) openUntil = clock.real().getTime() + 1_000 + Math.round(chance.fraction() * 9_000);
        return;
      }
      const recovered = failures >= RECOVERED_AFTER;
      failures = 0;
      openUntil = 0;
      if (recovered) await forwardings.wake(clock.real());
    },
  };
}
