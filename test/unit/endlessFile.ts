// Writes a file that has no end; tells when it has begun: node test/unit/endlessFile.ts FILE
import { setTimeout } from 'node:timers/promises';
import { writeWholeFile } from '../../src/files/wholeFile.ts';

async function* endless(): AsyncGenerator<string> {
  yield 'some';
  console.log('begun');
  for (;;) {
    await setTimeout(10);
    yield 'more';
  }
}

await writeWholeFile(process.argv[2] ?? '', endless(), new AbortController().signal);
