import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerCall } from '../api/answer.server.ts';
import { look } from '../services/access.server.ts';

// Open here: who may call is said of each address by itself (see app/api/endpoints.ts).
export async function loader({ request, context }: LoaderFunctionArgs) {
  return answerCall(request, { ...(await look(request, 'api.v1.$')), address: context.address });
}

export async function action({ request, context }: ActionFunctionArgs) {
  return answerCall(request, { ...(await look(request, 'api.v1.$')), address: context.address });
}
