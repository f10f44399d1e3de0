import type {
  Chance,
  Clock,
  CodeStore,
  FirmStore,
  KeyStore,
  LineStore,
  NumberCipher,
  PhoneStore,
  SiteStore,
  TextIndexer,
  TextSealer,
  WorkerStore,
} from '../ports.ts';
import type { WordKeeper } from '../ports-keys.ts';
import type { ConsentStore, DisclosureStore } from '../ports-disclosure.ts';
import type { AuditStore, ThingStore } from '../ports-audit.ts';
import type { CatalogStore } from '../ports-catalogs.ts';
import type { ChangeLog } from '../ports-search.ts';
import type { AccountStore, PasskeyStore, SessionStore } from '../ports-accounts.ts';
import type { AgentApplicationStore } from '../ports-agents.ts';
import type { LookStore } from '../ports-looks.ts';
import type { RelationStore } from '../ports-access.ts';
import type { WorkerId } from '../domain/ids.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { DepartureStore } from '../ports-departures.ts';
import type { PinStore, PlanStore } from '../ports-pins.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { HiringStore } from '../ports-hirings.ts';
import type { CopyStore } from '../ports-copies.ts';
import type { ChangeHook } from './change-register.ts';
import { createAgentService } from './apply-as-agent.ts';
import { createWorkerServices } from './create-worker-services.ts';
import { createPinService } from './check-pin.ts';
import { createPhoneFinder } from './find-phones.ts';
import { createFindReach } from './find-reach.ts';
import { createReadAudit, createWitness } from './keep-audit.ts';
import { createPaperServices } from './keep-copies.ts';
import { createPhotoService } from './keep-photos.ts';
import { createConsentService } from './keep-consents.ts';
import { createDisclosureService } from './keep-disclosure.ts';
import { createLookService } from './keep-looks.ts';
import { createKeyService } from './issue-key.ts';
import { createLookups } from './create-lookups.ts';
import { createFirmService } from './register-firm.ts';
import { createLineService } from './register-line.ts';
import { createTasks } from './create-tasks.ts';
import { createPhoneService } from './register-phone.ts';
import { createSiteBatch } from './register-sites.ts';
import { createSiteService } from './register-site.ts';
import { createPhoneRelease } from './release-phones.ts';
import { createSignIns } from './create-sign-ins.ts';
import { createWorkerSettler } from './settle-worker.ts';

/** What the registers keep. */
export interface RegisterStores {
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
  readonly lines: LineStore;
  readonly phones: PhoneStore;
  readonly keys: KeyStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly passkeys: PasskeyStore;
  readonly relations: RelationStore;
  readonly disclosures: DisclosureStore;
  readonly consents: ConsentStore;
  readonly copies: CopyStore;
  readonly certificates: CopyStore;
  readonly hirings: HiringStore;
  readonly photos: CopyStore;
  readonly audit: AuditStore;
  readonly things: ThingStore;
  readonly looks: LookStore;
  readonly agentApplications: AgentApplicationStore;
  readonly codes: CodeStore;
  readonly pins: PinStore;
  readonly plans: PlanStore;
  readonly callers: Pick<ProjectionStore, 'lastCallsFrom'>;
  readonly words: WordKeeper;
  readonly departures: DepartureStore;
  readonly merges: MergeStore;
  readonly catalogVersions: CatalogStore;
  readonly changeLog: ChangeLog;
}

interface Parts {
  readonly stores: RegisterStores;
  readonly cipher: NumberCipher & TextSealer & TextIndexer;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly randomBytes: (size: number) => Buffer;
  readonly firstKey: string;
  readonly publicBaseUrl: string;
  readonly changed: ChangeHook;
}

export type Registers = ReturnType<typeof createRegisters>;

/** The registers wired together: stores beside the services that write them. */
export function createRegisters(ground: Parts) {
  const { stores, cipher, clock, chance, randomBytes, firstKey, publicBaseUrl } = ground;
  const lookups = createLookups(ground);
  const { changed } = lookups;
  const releasePhones = createPhoneRelease(stores.phones);
  const settler = createWorkerSettler({
    codes: stores.codes,
    chance,
    changed,
    pins: stores.pins,
    releasePhones,
  });
  const parts = { ...stores, cipher, clock, chance, changed, settler, releasePhones, randomBytes, publicBaseUrl };
  const keyService = createKeyService({ keys: stores.keys, clock, chance, randomBytes, firstKey });
  const witness = createWitness(parts);
  const signIns = createSignIns({ ...parts, witness });
  const siteService = createSiteService(parts);
  return {
    ...stores,
    clock,
    ...lookups,
    firmService: createFirmService(parts),
    ...createWorkerServices(parts),
    siteService,
    siteBatch: createSiteBatch({ ...stores, siteService }),
    lineService: createLineService(parts),
    phoneService: createPhoneService(parts),
    phoneFinder: createPhoneFinder(parts),
    pinService: createPinService(parts),
    ...signIns,
    disclosureService: createDisclosureService(parts),
    consentService: createConsentService(parts),
    ...createPaperServices(parts),
    photoService: createPhotoService(parts),
    ...createTasks(parts),
    /** Who may come in, how far he gets, and who writes it down. */
    doors: {
      authenticate: (secret: string) => keyService.authenticate(secret),
      holderOf: (cookie: string, actingFor?: string) => signIns.sessionService.authenticate(cookie, actingFor),
      reachOf: createFindReach(parts),
      witness,
      keptOf: (ids: readonly WorkerId[]) => stores.merges.keptOf(ids),
    },
    readAudit: createReadAudit(parts),
    keyService,
    agentService: createAgentService(parts),
    lookService: createLookService(parts),
  };
}
