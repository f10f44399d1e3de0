import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Connection, mongo } from 'mongoose';
import type { Deed, ImportId, PhoneImport, StoredRow } from '../src/domain/phone-list/phone-import.ts';
import type { ImportStore } from '../src/ports-imports.ts';
import type { BytesSealer, TextSealer } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

/** A file is cut into pieces well below the size of a document. */
const PIECE_BYTES = 512 * 1024;
const LEASE = 'commit';
const MOST_AT_ONCE = 20;
/** So many pieces are read by one command. */
const AHEAD = 5;
/** Bytes come as they are, not wrapped by the driver. */
const AS_BUFFERS = { promoteBuffers: true };

/** What may hold telephone numbers or names stands sealed. */
type Sealed = Pick<PhoneImport, 'columns' | 'corrections' | 'reading'>;
type ImportDoc = Keyed & Omit<PhoneImport, 'id' | keyof Sealed> & { readonly sealed: string; readonly rev: number };
/** Pieces of before are text in text. */
type PieceDoc = Keyed & { readonly sealed: Buffer | string };
type LeaseDoc = Keyed & { readonly holder: string; readonly until: Date };

/** Uploaded lists with their files, rows and deeds, unreadable at rest like every telephone number. */
export function createImportStore(connection: Connection, sealer: TextSealer & BytesSealer): ImportStore {
  const imports = collectionOf<ImportDoc>(connection, 'phoneImports');
  const pieces = createPieces(connection, sealer);
  const stored = ({ id: _id, progress: _progress, columns, corrections, reading, ...rest }: PhoneImport) => ({
    ...rest,
    sealed: sealer.sealText(JSON.stringify({ columns, corrections, reading } satisfies Sealed)),
  });
  return {
    async create(phoneImport, file) {
      for (let at = 0; at < file.length; at += PIECE_BYTES) {
        await pieces.put(`${phoneImport.id}:file`, at / PIECE_BYTES, file.subarray(at, at + PIECE_BYTES));
      }
      await imports.insertOne({ ...stored(phoneImport), _id: phoneImport.id, rev: 1 });
    },
    async find(id) {
      const doc = await imports.findOne({ _id: id });
      if (!doc) return undefined;
      const { _id, sealed, rev, ...rest } = doc;
      return { value: { id, ...rest, ...(JSON.parse(sealer.openText(sealed)) as Sealed) }, rev };
    },
    async fileOf(id) {
      const found: Buffer[] = [];
      for await (const piece of pieces.all(`${id}:file`)) found.push(piece);
      return Buffer.concat(found);
    },
    async replace(phoneImport, rev) {
      const change = { $set: { ...stored(phoneImport), rev: rev + 1 } };
      const { matchedCount } = await imports.updateOne({ _id: phoneImport.id, rev }, change);
      return matchedCount === 1;
    },
    async note(id, progress) {
      await imports.updateOne({ _id: id }, { $set: { progress } });
    },
    async *ids() {
      for await (const { _id } of imports.find({}, { projection: { _id: 1 } })) yield _id as ImportId;
    },
    async dropOlder(before) {
      const old = await imports
        .find({ createdAt: { $lt: before } }, { projection: { _id: 1 } })
        .limit(MOST_AT_ONCE)
        .toArray();
      for (const { _id } of old) {
        await pieces.dropAll(_id);
        await imports.deleteOne({ _id });
      }
    },
    ...createParts(pieces),
    ...createLease(connection),
  };
}

type Pieces = ReturnType<typeof createPieces>;
type Parts = Pick<
  ImportStore,
  'putRows' | 'rowsOf' | 'dropRows' | 'addDeeds' | 'deedsOf' | 'dropFile' | 'leaveOutRows' | 'leaveOutDeeds'
>;

/** What stands in pieces: rows by reading, deeds in their order, the file. */
function createParts(pieces: Pieces): Parts {
  return {
    putRows: (id, version, place, some) => pieces.putMany(rowsName(id, version), place, some.map(jsonBytes)),
    async *rowsOf(id, version) {
      for await (const piece of pieces.all(rowsName(id, version))) yield parsed<readonly StoredRow[]>(piece);
    },
    dropRows: (id, version) => pieces.drop(rowsName(id, version)),
    addDeeds: (id, deeds) => pieces.append(`${id}:deeds`, jsonBytes(deeds)),
    async *deedsOf(id) {
      for await (const piece of pieces.all(`${id}:deeds`)) yield parsed<readonly Deed[]>(piece);
    },
    dropFile: (id) => pieces.drop(`${id}:file`),
    leaveOutRows: (id, version, isMeant) => pieces.leaveOut(rowsName(id, version), isMeant),
    leaveOutDeeds: async (id, isMeant) => void (await pieces.leaveOut(`${id}:deeds`, isMeant)),
  };
}

/** Bytes in pieces under a name and a place, packed and sealed; a name's places have no gaps. */
function createPieces(connection: Connection, sealer: TextSealer & BytesSealer) {
  const docs = collectionOf<PieceDoc>(connection, 'phoneImportPieces');
  const ends = new Map<string, number>();
  const keyOf = (name: string, place: number) => `${name}:${String(place).padStart(5, '0')}`;
  const pack = (bytes: Buffer) => sealer.sealBytes(deflateRawSync(bytes, { level: 1 }));
  const opened = (sealed: Buffer | string) =>
    typeof sealed === 'string' ? Buffer.from(sealer.openText(sealed), 'base64') : sealer.openBytes(sealed);
  const unpack = (sealed: Buffer | string) => inflateRawSync(opened(sealed));
  /** Puts several, the first at that place. */
  const putMany = async (name: string, place: number, pieces: readonly Buffer[]) => {
    await docs.insertMany(pieces.map((bytes, step) => ({ _id: keyOf(name, place + step), sealed: pack(bytes) })));
  };
  const put = (name: string, place: number, bytes: Buffer) => putMany(name, place, [bytes]);
  return {
    put,
    putMany,
    all: (name: string) => piecesOf(docs, (place) => keyOf(name, place), unpack),
    /** Puts it behind the last piece; the place is remembered, and found again when it is taken. */
    async append(name: string, bytes: Buffer): Promise<void> {
      for (let place = ends.get(name) ?? 0; ; place += 1) {
        try {
          await put(name, place, bytes);
          ends.set(name, place + 1);
          return;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },
    /** Writes each piece again without the items that are meant; answers how many went. */
    async leaveOut<T>(name: string, isMeant: (item: T) => boolean): Promise<number> {
      let gone = 0;
      for (let place = 0; ; place += 1) {
        const _id = keyOf(name, place);
        const doc = await docs.findOne({ _id }, AS_BUFFERS);
        if (!doc) return gone;
        const { left, without } = sifted(parsed<readonly T[]>(unpack(doc.sealed)), isMeant);
        if (without > 0) await docs.updateOne({ _id }, { $set: { sealed: pack(jsonBytes(left)) } });
        gone += without;
      }
    },
    /** Everything under a name and what begins with it. */
    async dropAll(name: string): Promise<void> {
      await docs.deleteMany({ _id: { $gte: `${name}:`, $lt: `${name};` } });
    },
    async drop(name: string): Promise<void> {
      let place = 0;
      while ((await docs.deleteOne({ _id: keyOf(name, place) })).deletedCount === 1) place += 1;
      ends.delete(name);
    },
  };
}

/** Some pieces at a time by one command, up to the first place where there is none. */
async function* piecesOf(
  docs: mongo.Collection<PieceDoc>,
  keyOf: (place: number) => string,
  unpack: (sealed: Buffer | string) => Buffer,
): AsyncGenerator<Buffer> {
  for (let from = 0; ; from += AHEAD) {
    const wanted = Array.from({ length: AHEAD }, (_unused, step) => keyOf(from + step));
    const found = await docs.find({ _id: { $in: wanted } }, AS_BUFFERS).toArray();
    const byKey = new Map(found.map(({ _id, sealed }) => [_id, sealed]));
    for (const key of wanted) {
      const sealed = byKey.get(key);
      if (sealed === undefined) return;
      yield unpack(sealed);
    }
  }
}

function sifted<T>(items: readonly T[], isMeant: (item: T) => boolean) {
  const left = items.filter((item) => !isMeant(item));
  return { left, without: items.length - left.length };
}

/** The right to apply lists: one document that carries its holder and when it lapses. */
function createLease(connection: Connection): Pick<ImportStore, 'lease' | 'release'> {
  const leases = collectionOf<LeaseDoc>(connection, 'phoneImportLeases');
  return {
    async lease(holder, now, until) {
      // Most often it is renewed.
      const free = { _id: LEASE, $or: [{ until: { $lt: now } }, { holder }] };
      if ((await leases.updateOne(free, { $set: { holder, until } })).matchedCount === 1) return true;
      try {
        await leases.insertOne({ _id: LEASE, holder, until });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return false;
      }
    },
    async release(holder) {
      await leases.deleteOne({ _id: LEASE, holder });
    },
  };
}

function rowsName(id: ImportId, version: string): string {
  return `${id}:${version}`;
}

function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function parsed<T>(bytes: Buffer): T {
  return JSON.parse(bytes.toString()) as T;
}
