import type { AuthorityDesk, LineOverview } from '../../../ports/index.ts';
import type { FlowRequest } from '../../command/step.ts';

type Asking = Pick<FlowRequest<'object.not_found'>, 'deps' | 'fault'>;

/** @throws Fault `object.not_found` where there are no lines to authorities */
export function deskOf({ deps, fault }: Asking): AuthorityDesk {
  if (deps.authorityDesk === null) throw fault('object.not_found');
  return deps.authorityDesk;
}

/** The line to that province, and the desk that has it. @throws Fault `object.not_found` where there is none */
export async function lineOf(
  request: Asking,
  provinceCode: string,
): Promise<{ readonly desk: AuthorityDesk; readonly line: LineOverview }> {
  const desk = deskOf(request);
  const line = (await desk.listLines()).find((each) => each.provinceCode === provinceCode);
  if (line === undefined) throw request.fault('object.not_found');
  return { desk, line };
}
