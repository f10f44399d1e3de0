/** What the servers and the callers of a bench agree on. */
export const BENCH = {
  publicBaseUrl: 'https://calls.example.jp',
  accountSid: `AC${'0'.repeat(32)}`,
  token: 'bench-token-0123456789',
  adminApiKey: 'bench-key-0123456789abcdef',
  masterKey: Buffer.alloc(32, 9),
} as const;
