import type { E164 } from '../domain/ids.ts';
import { headingCells } from '../domain/phone-list/write-list.ts';
import { remembered } from '../domain/remembered.ts';
import type { RelationStore } from '../ports-access.ts';
import type { EmployerFinder } from '../ports-erasure.ts';
import type { ImportStore, MappingStore, UseFinder, Workbooks } from '../ports-imports.ts';
import type { Chance, Clock, CodeStore, FirmStore, Log, NumberCipher, PhoneStore, WorkerStore } from '../ports.ts';
import { createListApplier } from './apply-list.ts';
import { createPhonesOfList } from './apply-phones.ts';
import { createListBounds } from './bound-list.ts';
import { createImportCancel } from './cancel-import.ts';
import type { ChangeHook } from './change-register.ts';
import { createImportCommit } from './commit-import.ts';
import { createPhoneExport } from './export-phones.ts';
import { createImportDesk } from './import-desk.ts';
import { createListedFinder } from './find-listed.ts';
import { createJobTypeKeeper } from './keep-job-types.ts';
import { createPhoneImporter } from './import-phones.ts';
import { createImportPlanner } from './plan-import.ts';
import type { Catalogs } from './read-catalogs.ts';
import { createListReader } from './read-list.ts';
import { createRowsReader } from './read-rows.ts';
import type { FirmService } from './register-firm.ts';
import { createBulkRegistrar } from './register-in-bulk.ts';
import type { PhoneService } from './register-phone.ts';
import type { WorkerService } from './register-worker.ts';
import { createImportReporter } from './report-import.ts';
import { createImportUndo } from './undo-import.ts';
import { createImportWatch } from './watch-import.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly employers: EmployerFinder;
  readonly mappings: MappingStore;
  readonly uses: UseFinder;
  readonly workbooks: Workbooks;
  readonly relations: RelationStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly codes: CodeStore;
  readonly cipher: NumberCipher;
  readonly catalogs: Catalogs;
  readonly firmService: FirmService;
  readonly workerService: WorkerService;
  readonly phoneService: PhoneService;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly changed: ChangeHook;
}

/** Everything that is done with a builder's telephone list, put together. */
export function createPhoneLists(parts: Parts) {
  const { imports, mappings, catalogs, firmService, workerService, phoneService, workbooks } = parts;
  // Each number of a row is asked for several times while its row is saved.
  const index = remembered((number) => parts.cipher.index(number as E164));
  const cipher = { ...parts.cipher, index };
  const catalogues = {
    get jobTypes() {
      return catalogs.items('job-types');
    },
    get positions() {
      return catalogs.items('positions');
    },
  };
  const planImport = createImportPlanner({ ...parts, cipher, catalogues, boundList: createListBounds(parts) });
  const bulk = createBulkRegistrar({ ...parts, cipher });
  const phones = createPhonesOfList({ ...parts, cipher, service: phoneService, bulk });
  const jobTypes = createJobTypeKeeper(parts);
  const beginList = createListApplier({ ...parts, firms: firmService, workers: workerService, bulk, phones, jobTypes });
  const desk = createImportDesk(parts);
  return {
    importer: createPhoneImporter({
      ...parts,
      readList: createListReader({ imports, workbooks, catalogues }),
      reporter: createImportReporter(planImport),
    }),
    commitImport: createImportCommit({ ...parts, planImport, beginList, desk }),
    undoImport: createImportUndo({ ...parts, desk, jobTypes, readRows: createRowsReader({ imports, catalogues }) }),
    cancelImport: createImportCancel({ imports, desk }),
    watchImport: createImportWatch(imports),
    findListed: createListedFinder(parts),
    exportPhones: createPhoneExport(parts),
    template: headingCells,
    mappings,
    workbooks,
  };
}

export type PhoneLists = ReturnType<typeof createPhoneLists>;
