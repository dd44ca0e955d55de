import type { Measurement } from '../figure.ts';
import type { Calls } from '../host/calls.ts';
import { numberText } from '../report.ts';
import { withTenant } from '../tenant.ts';
import { inHost } from './inHost.ts';

/** How often the editor asks for a row while all pages of so many users are opened in turn. */
export async function calls(version: string, users: number): Promise<Measurement> {
  return withTenant(users, 0, async ({ address, token }) => {
    const env = { BENCH_TENANT: JSON.stringify({ address, token }) };
    const { calls, pages, took } = await inHost(version, env, (run) => run<Calls>('calls'));
    const note = `${numberText(pages)} pages in ${numberText(took)} s`;
    return { value: calls, runs: 1, note };
  });
}
