// One export in a process of its own, so that its memory can be told from everything else's:
//   node test/bench/exportRun.ts export|bare address token file
import { open } from 'node:fs/promises';
import { request } from 'undici';
import { LuminaryClient } from '../../src/api/luminary.ts';
import { writeWholeFile } from '../../src/files/wholeFile.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { fileFormats } from '../../src/model/formats/fileFormats.ts';
import { fileTexts } from '../../src/model/formats/format.ts';
import { allUsers } from '../../src/model/userStream.ts';

/** What one run took. */
export interface ExportRun {
  readonly ms: number;
  /** The part of it, on all threads together, in which the process was at work. */
  readonly workMs: number;
  /** The most memory that the process has had, in bytes. */
  readonly memory: number;
}

interface Page {
  readonly data: readonly unknown[];
  readonly page_info: { readonly has_next_page: boolean; readonly end_cursor: string | null };
}

async function product(address: string, token: string, file: string): Promise<void> {
  const transport = new UndiciTransport({ timeLimit: () => 60_000 });
  const client = new LuminaryClient(transport, address, new FixedToken(token));
  const { signal } = new AbortController();
  const elements = async function* () {
    for await (const batch of allUsers(client, signal)) yield batch.elements;
  };
  await writeWholeFile(file, fileTexts(elements(), fileFormats.jsonLines.format), signal);
  await transport.close();
}

async function bare(address: string, token: string, file: string): Promise<void> {
  const output = await open(file, 'w');
  let after: string | null = null;
  do {
    const query: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const { body } = await request(`${address}/users?limit=1000${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await body.json()) as Page;
    await output.appendFile(page.data.map((user) => `${JSON.stringify(user)}\n`).join(''));
    after = page.page_info.has_next_page ? page.page_info.end_cursor : null;
  } while (after !== null);
  await output.close();
}

const [kind, address = '', token = '', file = ''] = process.argv.slice(2);
const begun = performance.now();
const before = process.cpuUsage();
await (kind === 'bare' ? bare : product)(address, token, file);
const work = process.cpuUsage(before);
const run: ExportRun = {
  ms: performance.now() - begun,
  workMs: (work.user + work.system) / 1000,
  memory: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(run));
