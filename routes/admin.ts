import { Router } from 'express';
import type { Endpoint } from '../src/http/endpoint.ts';
import { type Surroundings, mountEndpoints } from '../src/http/mount.ts';
import { buildOpenApi } from '../src/http/openapi.ts';
import { createDocsRouter } from './api-docs.ts';
import { accountRoutes } from './accounts.ts';
import { agentApplicationRoutes } from './agent-applications.ts';
import { auditRoutes } from './audit-trail.ts';
import { catalogRoutes } from './catalogs.ts';
import { disclosureRoutes } from './disclosures.ts';
import { employmentRoutes } from './employments.ts';
import { certificateImageRoutes } from './certificate-images.ts';
import { facePhotoRoutes } from './face-photos.ts';
import { firmRoutes } from './firms.ts';
import { insuranceCopyRoutes } from './insurance-copies.ts';
import { keyRoutes } from './keys.ts';
import { leavingRoutes } from './leaving.ts';
import { lineRoutes } from './lines.ts';
import { ownSignInRoutes } from './sign-in-list.ts';
import { passkeyRoutes } from './passkeys.ts';
import { lookRoutes } from './looks.ts';
import { phoneRoutes } from './phones.ts';
import { pinRoutes } from './pins.ts';
import { planRoutes } from './plans.ts';
import { postalCodeRoutes } from './postal-codes.ts';
import { proxyConsentRoutes } from './proxy-consents.ts';
import { sessionRoutes } from './sessions.ts';
import { siteBatchRoutes } from './site-batch.ts';
import { siteRoutes } from './sites.ts';
import { taskRoutes } from './tasks.ts';
import { workerRoutes } from './workers.ts';

/** Everything the registers' endpoints are made of. */
export type RegisterParts = Parameters<typeof firmRoutes>[0] &
  Parameters<typeof workerRoutes>[0] &
  Parameters<typeof employmentRoutes>[0] &
  Parameters<typeof leavingRoutes>[0] &
  Parameters<typeof insuranceCopyRoutes>[0] &
  Parameters<typeof certificateImageRoutes>[0] &
  Parameters<typeof facePhotoRoutes>[0] &
  Parameters<typeof taskRoutes>[0] &
  Parameters<typeof pinRoutes>[0] &
  Parameters<typeof planRoutes>[0] &
  Parameters<typeof siteRoutes>[0] &
  Parameters<typeof siteBatchRoutes>[0] &
  Parameters<typeof lineRoutes>[0] &
  Parameters<typeof phoneRoutes>[0] &
  Parameters<typeof keyRoutes>[0] &
  Parameters<typeof accountRoutes>[0] &
  Parameters<typeof auditRoutes>[0] &
  Parameters<typeof lookRoutes>[0] &
  Parameters<typeof agentApplicationRoutes>[0] &
  Parameters<typeof disclosureRoutes>[0] &
  Parameters<typeof proxyConsentRoutes>[0] &
  Parameters<typeof sessionRoutes>[0] &
  Parameters<typeof passkeyRoutes>[0] &
  Parameters<typeof catalogRoutes>[0];

/** The endpoints of the registers. Declaring them touches no store, so a document can be written without any. */
export function registerEndpoints(parts: RegisterParts): readonly Endpoint[] {
  return [
    ...firmRoutes(parts),
    ...workerRoutes(parts),
    ...employmentRoutes(parts),
    ...leavingRoutes(parts),
    ...insuranceCopyRoutes(parts),
    ...certificateImageRoutes(parts),
    ...facePhotoRoutes(parts),
    ...taskRoutes(parts),
    ...pinRoutes(parts),
    ...siteRoutes(parts),
    ...siteBatchRoutes(parts),
    ...planRoutes(parts),
    ...lineRoutes(parts),
    ...phoneRoutes(parts),
    ...catalogRoutes(parts),
    ...postalCodeRoutes(),
    ...keyRoutes(parts),
    ...accountRoutes(parts),
    ...auditRoutes(parts),
    ...lookRoutes(parts),
    ...agentApplicationRoutes(parts),
    ...disclosureRoutes(parts),
    ...proxyConsentRoutes(parts),
    ...sessionRoutes(parts),
    ...ownSignInRoutes(parts),
    ...passkeyRoutes(parts),
  ];
}

interface AdminParts {
  readonly endpoints: readonly Endpoint[];
  readonly surroundings: Surroundings;
  readonly version: string;
}

/** The admin API, to be mounted at `/api/v1`: its document and page without key, then the endpoints. */
export function createAdminRouter({ endpoints, surroundings, version }: AdminParts): Router {
  const router = Router({ caseSensitive: true });
  router.use(createDocsRouter(buildOpenApi(endpoints, { version })));
  router.use(mountEndpoints(endpoints, surroundings));
  return router;
}
