import type { Measurement } from '../figure.ts';
import type { Calls } from '../host/calls.ts';
import { numberText } from '../report.ts';
import { withTenant } from '../tenant.ts';
import { inHost } from './inHost.ts';

/**
 * How often the editor asks for a row while all pages of so many users are opened in turn. Where
 * not all could be opened in the time there is, the others are taken to cost what those did.
 */
export async function calls(version: string, users: number): Promise<Measurement> {
  return withTenant(users, 0, async ({ address, token }) => {
    const env = { BENCH_TENANT: JSON.stringify({ address, token }) };
    return measurementOf(await inHost(version, env, (run) => run<Calls>('calls')));
  });
}

function measurementOf({ first, calls, opened, pages, took }: Calls): Measurement {
  const each = (calls - first) / (opened - 1);
  const time = `${numberText(opened)} of ${numberText(pages)} pages in ${numberText(took)} s`;
  return {
    value: Math.round(first + each * (pages - 1)),
    runs: 1,
    note: opened < pages ? `reckoned from ${time}, ${numberText(each)} calls each` : time,
  };
}
