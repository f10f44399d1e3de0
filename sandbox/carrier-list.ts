import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';

/** One call in the carrier's own list; `startTime` is RFC 3339, `duration` whole seconds. */
export const CarrierCall = z.object({
  sid: z.string().regex(/^CA[0-9a-f]{32}$/),
  from: z.string().max(60),
  to: z.string().max(60),
  startTime: z.iso.datetime({ offset: true }),
  status: z.enum(['queued', 'ringing', 'in-progress', 'completed', 'busy', 'no-answer', 'canceled', 'failed']),
  duration: z.coerce.number().int().min(0).default(0),
});
export type CarrierCall = z.infer<typeof CarrierCall>;

/** Which calls are wanted; times both included, absent ones open. */
export interface CarrierQuery {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly status?: CarrierCall['status'] | undefined;
  readonly notBefore?: Date | undefined;
  readonly notAfter?: Date | undefined;
  readonly skip: number;
  readonly limit: number;
}

type CallDoc = Omit<CarrierCall, 'sid' | 'startTime'> & { readonly _id: string; readonly startTime: Date };

const schema = new Schema<CallDoc>(
  {
    _id: { type: String, required: true },
    from: String,
    to: String,
    startTime: { type: Date, required: true },
    status: String,
    duration: Number,
  },
  { versionKey: false, collection: 'carrierCalls' },
);

/** The calls that the carrier remembers, whether a webhook told us of them or not. */
export function createCarrierList(connection: Connection) {
  const Calls = connection.model('CarrierCall', schema);
  return {
    /** Adds a call, or replaces the one with the same id. */
    async recordCall({ sid, startTime, ...call }: CarrierCall): Promise<void> {
      const update = { $set: { ...call, startTime: new Date(startTime) } };
      await Calls.updateOne({ _id: sid }, update, { upsert: true });
    },
    /** The latest first, as the carrier lists them. */
    async list({ to, from, status, notBefore, notAfter, skip, limit }: CarrierQuery): Promise<readonly CarrierCall[]> {
      const within = { ...(notBefore && { $gte: notBefore }), ...(notAfter && { $lte: notAfter }) };
      const docs = await Calls.find({
        ...(to !== undefined && { to }),
        ...(from !== undefined && { from }),
        ...(status !== undefined && { status }),
        ...(Object.keys(within).length > 0 && { startTime: within }),
      })
        .sort({ startTime: -1, _id: 1 })
        .skip(skip)
        .limit(limit)
        .lean<CallDoc[]>();
      return docs.map(({ _id, startTime, ...call }) => ({ ...call, sid: _id, startTime: startTime.toISOString() }));
    },
  };
}

export type CarrierList = ReturnType<typeof createCarrierList>;
