import type { TestServer } from '../server/server.ts';
import type { Explorer } from '../hosts/explorer.ts';
import type { Person } from './fixture.ts';

/** Begins to connect the loopback server's Luma accounts, up to the question for the token. */
export async function beginLuma(person: Person, server: TestServer): Promise<void> {
  const { quickInput } = person;
  await person.run('Connect Luma…');
  await quickInput.question('Luma API token');
  await quickInput.pressButton('Use another address');
  await quickInput.question('Address of a Luma gateway');
  await quickInput.answer(server.lumaAddress);
  await quickInput.question('Luma API token');
}

/** Connects the loopback server's Luma accounts through the interface. */
export async function connectLuma(person: Person, server: TestServer, name: string): Promise<void> {
  const { quickInput, explorer } = person;
  await beginLuma(person, server);
  await quickInput.answer(server.tokens.luma);
  await quickInput.question('Name of this connection');
  await quickInput.answer(name);
  await revealed(explorer, `Luma: ${name}`);
}

/** Begins to connect the loopback server's tenant, up to the question for the credential. */
export async function beginLuminary(
  person: Person,
  server: TestServer,
  signIn: 'Access token' | 'Client ID and secret',
): Promise<void> {
  const { quickInput } = person;
  await person.run('Connect Luminary…');
  await quickInput.question('Subdomain');
  await quickInput.answer(new URL(server.luminaryAddress).origin);
  await quickInput.question('How do you sign in');
  await quickInput.pick(signIn);
}

/** Connects the loopback server's tenant through the interface. */
export async function connectLuminary(
  person: Person,
  server: TestServer,
  name: string,
): Promise<void> {
  const { quickInput, explorer } = person;
  await beginLuminary(person, server, 'Access token');
  await quickInput.question('Access token for');
  await quickInput.answer(server.tokens.luminary);
  await quickInput.question('Name of this connection');
  await quickInput.answer(name);
  await revealed(explorer, `Luminary: ${name}`);
}

/** Begins to connect the tenant `acme` of the real service, and gives its access token. */
export async function beginRealTenant(person: Person, token: string): Promise<void> {
  const { quickInput } = person;
  await person.run('Connect Luminary…');
  await quickInput.question('Subdomain');
  await quickInput.answer('acme');
  await quickInput.question('How do you sign in');
  await quickInput.pick('Access token');
  await quickInput.question('Access token for');
  await quickInput.answer(token);
}

/** A new connection takes the keyboard: what is typed before that is lost. */
async function revealed(explorer: Explorer, label: string): Promise<void> {
  await explorer.row((row) => row.label === label && row.selected && row.focused);
}
