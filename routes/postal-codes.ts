import { z } from 'zod';
import { roles } from '../src/domain/api-key.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { readPostalCode, suggestAddress } from '../src/services/suggest-address.ts';

/** A postal code as people write it (〒105-0001, full width), kept as 105-0001. */
export const PostalCode = z
  .string()
  .max(20)
  .transform((text, context) => {
    const code = readPostalCode(text);
    if (code !== undefined) return `${code.slice(0, 3)}-${code.slice(3)}`;
    context.issues.push({ code: 'custom', params: { code: 'format' }, input: text });
    return z.NEVER;
  });

const text = z.string().nullable();
const AddressView = z
  .object({
    postalCode: z.string(),
    municipalityCode: z.string(),
    prefectureCode: z.string(),
    prefecture: z.string(),
    prefectureKana: text,
    city: z.string(),
    cityKana: text,
    town: z.string(),
    townKana: text,
    severalTowns: z.boolean(),
    office: text,
    street: text,
  })
  .meta({ id: 'SuggestedAddress' });

/** Addresses of postal codes (郵便番号), to be taken over or overwritten. */
export function postalCodeRoutes(): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/postal-codes/{code}',
      summary: 'Prefecture, city and town of a postal code, with their kana, as a suggestion',
      tag: 'catalogs',
      scope: 'read',
      roles,
      request: { params: z.object({ code: z.string().max(20) }) },
      response: { status: 200, body: AddressView },
      refusals: ['not-found'],
      handle: ({ params }) => {
        const found = suggestAddress(params.code);
        return found ? accept(found) : refuse('not-found');
      },
    }),
  ];
}
