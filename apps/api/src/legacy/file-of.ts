import type { FastifyRequest } from 'fastify';
import { EarshotError } from '#jobs';
import type { OtherInput } from '../jobs/job-intake.js';
import { receiveFile } from '../jobs/receive-form.js';

/**
 * The file of an old client's form.
 *
 * @param names that its part may have
 * @throws EarshotError `invalid_request` when the body is no form
 */
export function fileOf(request: FastifyRequest, names: readonly string[]): OtherInput {
  if (!request.isMultipart())
    throw new EarshotError('invalid_request', `Send a form with a file: curl -F ${names[0]}=@FILE.`);
  return (upload) => receiveFile(request, upload, names);
}
