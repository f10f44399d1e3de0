import { writeHeadings } from '../domain/phone-list/write-list.ts';
import type { Chance, Clock, FirmStore, ImportStore, Log, NumberCipher, PhoneStore, WorkerStore } from '../ports.ts';
import { createListApplier } from './apply-list.ts';
import { createImportCommit } from './commit-import.ts';
import { createPhoneExport } from './export-phones.ts';
import { createPhoneImporter } from './import-phones.ts';
import { createPreview } from './preview-import.ts';
import type { Catalogs } from './read-catalogs.ts';
import { createListFactsReader } from './read-list-facts.ts';
import type { FirmService } from './register-firm.ts';
import type { PhoneService } from './register-phone.ts';
import type { WorkerService } from './register-worker.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly cipher: NumberCipher;
  readonly catalogs: Catalogs;
  readonly firmService: Pick<FirmService, 'register' | 'change'>;
  readonly workerService: Pick<WorkerService, 'register' | 'change'>;
  readonly phoneService: Pick<PhoneService, 'register' | 'change'>;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
}

/** Everything that is done with a builder's telephone list, put together. */
export function createPhoneLists(parts: Parts) {
  const { catalogs, firmService, workerService, phoneService } = parts;
  const catalogues = { jobTypes: catalogs.items('job-types'), positions: catalogs.items('positions') };
  const preview = createPreview({ readFacts: createListFactsReader(parts), catalogues });
  const applyList = createListApplier({ firms: firmService, workers: workerService, phones: phoneService });
  return {
    importer: createPhoneImporter({ ...parts, preview }),
    commitImport: createImportCommit({ ...parts, preview, applyList }),
    exportPhones: createPhoneExport(parts),
    template: writeHeadings,
  };
}
