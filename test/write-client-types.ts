/** Writes the types that the client is made with; see client-types.ts. */
import { writeFileSync } from 'node:fs';
import { clientTypes, clientTypesPath } from './client-types.js';

writeFileSync(clientTypesPath, await clientTypes());
