import { openItems, presentDisclosure } from '../domain/disclosure.ts';
import type { WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { photoFormat } from '../domain/paper-format.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { FacePhoto, Worker } from '../domain/worker.ts';
import type { CopyStore } from '../ports-copies.ts';
import type { DisclosureStore } from '../ports-disclosure.ts';
import type { WordKeeper } from '../ports-keys.ts';
import type { Chance, Clock, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';

interface Parts {
  readonly workers: WorkerStore;
  readonly photos: CopyStore;
  readonly disclosures: Pick<DisclosureStore, 'find'>;
  readonly words: WordKeeper;
  readonly clock: Pick<Clock, 'now'>;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

/** A photo with what it is. */
export interface Photo {
  readonly photo: FacePhoto;
  readonly bytes: Buffer;
}

export type PhotoService = ReturnType<typeof createPhotoService>;

/** Keeps one photo of each worker's face (2.9, disclosure item 07), sealed under his data key. */
export function createPhotoService({ workers, photos, disclosures, words, clock, chance, changed }: Parts) {
  /** Puts another photo, or none, in the place of the one there is; answers the worker as he was. */
  async function put(workerId: WorkerId, photo: FacePhoto | undefined) {
    let before: FacePhoto | undefined;
    const done = await changeRegister<Worker, WorkerId, 'worker-erased' | 'not-found'>(workers, workerId, (worker) => {
      if (worker.erasedOn) return refuse('worker-erased');
      const { facePhoto, ...rest } = worker;
      if (!photo && !facePhoto) return refuse('not-found');
      before = facePhoto;
      return accept(photo ? { ...rest, facePhoto: photo } : rest);
    });
    if (!done.ok) return done;
    if (before) await photos.remove(before.id, workerId);
    await changed({ kind: 'worker', id: workerId });
    return done;
  }

  return {
    async save(
      workerId: WorkerId,
      bytes: Buffer,
    ): Promise<Outcome<FacePhoto, 'not-found' | 'conflict' | 'photo-unknown' | 'worker-erased'>> {
      const contentType = photoFormat(bytes);
      if (!contentType) return refuse('photo-unknown');
      if (!(await workers.find(workerId))) return refuse('not-found');
      const sealed = await words.seal(workerId, bytes.toString('base64'));
      if (sealed === undefined) return refuse('worker-erased');
      const photo = { id: chance.id('pho'), contentType, bytes: bytes.length, on: tokyoDay(clock.now()) };
      await photos.save(photo.id, workerId, sealed);
      const done = await put(workerId, photo);
      if (done.ok) return accept(photo);
      await photos.remove(photo.id, workerId);
      return done;
    },
    /** Whether both sides show it to others. */
    async isDisclosed(workerId: WorkerId): Promise<boolean> {
      const [worker, kept] = await Promise.all([workers.find(workerId), disclosures.find(workerId)]);
      return worker !== undefined && openItems(presentDisclosure(worker.value, kept?.value)).includes('facePhoto');
    },
    async read(workerId: WorkerId): Promise<Outcome<Photo, 'not-found'>> {
      const photo = (await workers.find(workerId))?.value.facePhoto;
      const sealed = photo && (await photos.find(photo.id, workerId));
      if (!photo || sealed === undefined) return refuse('not-found');
      const [text = ''] = await words.openAll([sealed]);
      return text === '' ? refuse('not-found') : accept({ photo, bytes: Buffer.from(text, 'base64') });
    },
    async remove(workerId: WorkerId): Promise<Outcome<undefined, 'not-found' | 'conflict' | 'worker-erased'>> {
      const done = await put(workerId, undefined);
      return done.ok ? accept(undefined) : done;
    },
  };
}
