import type { Connection } from 'mongoose';
import type { ImportId, PhoneImport } from '../src/domain/phone-list/phone-import.ts';
import type { ImportStore, TextSealer } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

/** A file is cut into pieces well below the size of a document. */
const PIECE_BYTES = 512 * 1024;
const LEASE = 'commit';

/** What may hold telephone numbers stands sealed. */
type Sealed = Pick<PhoneImport, 'columns' | 'corrections'>;
type ImportDoc = Keyed &
  Omit<PhoneImport, 'id' | keyof Sealed> & { readonly sealed: string; readonly pieces: number; readonly rev: number };
type PieceDoc = Keyed & { readonly sealed: string };
type LeaseDoc = Keyed & { readonly holder: string; readonly until: Date };

/** Uploaded lists with their files, unreadable at rest like every telephone number. */
export function createImportStore(connection: Connection, sealer: TextSealer): ImportStore {
  const imports = collectionOf<ImportDoc>(connection, 'phoneImports');
  const pieces = collectionOf<PieceDoc>(connection, 'phoneImportPieces');
  const stored = ({ id: _id, columns, corrections, ...rest }: PhoneImport) => ({
    ...rest,
    sealed: sealer.sealText(JSON.stringify({ columns, corrections } satisfies Sealed)),
  });
  return {
    async create(phoneImport, file) {
      const cut = cutPieces(file);
      for (const [place, piece] of cut.entries()) {
        await pieces.insertOne({
          _id: pieceId(phoneImport.id, place),
          sealed: sealer.sealText(piece.toString('base64')),
        });
      }
      await imports.insertOne({ ...stored(phoneImport), _id: phoneImport.id, pieces: cut.length, rev: 1 });
    },
    async find(id) {
      const doc = await imports.findOne({ _id: id });
      if (!doc) return undefined;
      const { _id, sealed, pieces: _pieces, rev, ...rest } = doc;
      return { value: { id, ...rest, ...(JSON.parse(sealer.openText(sealed)) as Sealed) }, rev };
    },
    async fileOf(id) {
      const count = (await imports.findOne({ _id: id }))?.pieces ?? 0;
      const ids = Array.from({ length: count }, (_, place) => pieceId(id, place));
      const found = await pieces.find({ _id: { $in: ids } }).toArray();
      const byId = new Map(found.map((piece) => [piece._id, piece.sealed]));
      return Buffer.concat(ids.map((piece) => Buffer.from(sealer.openText(byId.get(piece) ?? ''), 'base64')));
    },
    async replace(phoneImport, rev) {
      const change = { $set: { ...stored(phoneImport), rev: rev + 1 } };
      const { matchedCount } = await imports.updateOne({ _id: phoneImport.id, rev }, change);
      return matchedCount === 1;
    },
    ...createLease(connection),
  };
}

/** The right to apply lists: one document that carries its holder and when it lapses. */
function createLease(connection: Connection): Pick<ImportStore, 'lease' | 'release'> {
  const leases = collectionOf<LeaseDoc>(connection, 'phoneImportLeases');
  return {
    async lease(holder, now, until) {
      try {
        await leases.insertOne({ _id: LEASE, holder, until });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const free = { _id: LEASE, $or: [{ until: { $lt: now } }, { holder }] };
      return (await leases.updateOne(free, { $set: { holder, until } })).matchedCount === 1;
    },
    async release(holder) {
      await leases.deleteOne({ _id: LEASE, holder });
    },
  };
}

function pieceId(id: ImportId, place: number): string {
  return `${id}:${String(place).padStart(4, '0')}`;
}

function cutPieces(file: Buffer): readonly Buffer[] {
  const count = Math.ceil(file.length / PIECE_BYTES);
  return Array.from({ length: count }, (_, place) => file.subarray(place * PIECE_BYTES, (place + 1) * PIECE_BYTES));
}
