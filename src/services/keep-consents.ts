import type { ProxyConsent } from '../domain/disclosure.ts';
import type { FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { branchOf } from '../domain/tree.ts';
import type { RelationStore } from '../ports-access.ts';
import type { ConsentStore } from '../ports-disclosure.ts';
import type { Clock } from '../ports.ts';
import { changeRegister } from './change-register.ts';

interface Parts {
  readonly consents: ConsentStore;
  readonly relations: RelationStore;
  readonly clock: Pick<Clock, 'now'>;
}

export type ConsentWish = Pick<ProxyConsent, 'employerId' | 'proxyFirmId' | 'status' | 'by'>;

export type ConsentService = ReturnType<typeof createConsentService>;

/** Which firm lets which other one act for it: given and taken back by the employer at any time. */
export function createConsentService({ consents, relations, clock }: Parts) {
  const isAbove = async (proxy: FirmId, employer: FirmId) => {
    const trees = await relations.treesWith(employer);
    return proxy !== employer && trees.some((tree) => standsIn(tree, proxy) && branchOf(tree, proxy).has(employer));
  };
  return {
    /** Only the prime or an upper firm of the employer may be let act for it. */
    async set(wish: ConsentWish): Promise<Outcome<ProxyConsent, 'proxy-not-above' | 'conflict'>> {
      const { employerId, proxyFirmId, status } = wish;
      if (status === 'consented' && !(await isAbove(proxyFirmId, employerId))) return refuse('proxy-not-above');
      const consent = { id: `${employerId}:${proxyFirmId}`, ...wish, at: clock.now() };
      if (await consents.create(consent)) return accept(consent);
      const done = await changeRegister<ProxyConsent, string, never>(consents, consent.id, () => accept(consent));
      return done.ok ? done : refuse('conflict');
    },
  };
}

function standsIn({ nodes }: { readonly nodes: readonly { readonly firmId: FirmId }[] }, firmId: FirmId): boolean {
  return nodes.some((node) => node.firmId === firmId);
}
