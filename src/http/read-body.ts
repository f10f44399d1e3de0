import express, { type Request, type RequestHandler, type Response } from 'express';
import multer from 'multer';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Endpoint, UploadWanted, UploadedFile } from './endpoint.ts';

const JSON_LIMIT_BYTES = 256 * 1024;
const TOO_LARGE = new Set(['LIMIT_FILE_SIZE', 'LIMIT_FIELD_VALUE']);

/** The body of a request, read as its endpoint wants it. */
export type ReadBody = (
  request: Request,
  response: Response,
) => Promise<{ readonly body: unknown; readonly file?: UploadedFile; readonly refused?: RefusalCode }>;

/** Prepares the reading of one endpoint's bodies: JSON, or a form with one file kept in memory up to its limit. */
export function createBodyReader({ request: wanted }: Endpoint): ReadBody {
  if (wanted.upload) return readForm(wanted.upload);
  if (!wanted.body) return () => Promise.resolve({ body: undefined });
  const parse = express.json({ limit: JSON_LIMIT_BYTES, strict: false });
  return async (request, response) => {
    if (isEmpty(request)) return { body: {} };
    if (!request.is('application/json')) return { body: undefined, refused: 'content-type-unknown' };
    await run(parse, request, response);
    return { body: request.body as unknown };
  };
}

function readForm({ field, maxBytes, maxTextBytes = 100_000 }: UploadWanted): ReadBody {
  const limits = { fileSize: maxBytes, files: 1, fields: 20, parts: 25, fieldSize: maxTextBytes };
  const parse = multer({ storage: multer.memoryStorage(), limits, defParamCharset: 'utf8' }).single(field);
  return async (request, response) => {
    if (!request.is('multipart/form-data')) return { body: undefined, refused: 'content-type-unknown' };
    await run(parse, request, response);
    const body: unknown = { ...(request.body as object | undefined) };
    const { file } = request;
    return file ? { body, file: { name: file.originalname, bytes: file.buffer } } : { body };
  };
}

/** No body at all, which stands for an object without members. */
function isEmpty({ headers }: Request): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}

function run(parse: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void parse(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('body not readable', { cause: error }));
    });
  });
}

/** What a failure of the parsers means for the asker; undefined when it is none of theirs. */
export function bodyRefusal(error: unknown): RefusalCode | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'MulterError') {
    return 'code' in error && TOO_LARGE.has(String(error.code)) ? 'body-too-large' : 'body-malformed';
  }
  if (/^(Malformed part header|Unexpected end of form|Multipart: )/.test(error.message)) return 'body-malformed';
  if (!('status' in error)) return undefined;
  if (error.status === 413) return 'body-too-large';
  if (error.status === 415) return 'content-type-unknown';
  return error.status === 400 ? 'body-malformed' : undefined;
}
