import type { Person } from './fixture.ts';

/** Waits until the editor has read of the walkthrough: a link to it leads to the editor's own before. */
export async function walkthroughListed(person: Person): Promise<void> {
  await person.run('Welcome: Open Walkthrough...');
  await person.quickInput.moveTo(({ label }) => label.includes('Luma & Luminary'));
  await person.quickInput.cancel();
}
