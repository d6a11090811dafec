/** All addresses of the interface: what answers, documents and tests them. A new one gets its entry here. */
import { ASSESS_ENDPOINT } from './assess-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { ENTERPRISE_ENDPOINTS } from './enterprise-endpoints.ts';
import { PARK_ENDPOINTS } from './park-endpoints.ts';
import { REFERENCE_ENDPOINTS } from './reference-endpoints.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  ASSESS_ENDPOINT,
  ...ENTERPRISE_ENDPOINTS,
  ...PARK_ENDPOINTS,
  ...REFERENCE_ENDPOINTS,
];
