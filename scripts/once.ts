import { launchBrowser } from '../test/hosts/browser.ts';
import { Explorer } from '../test/hosts/explorer.ts';
import { containerId, containerTitle } from '../test/hosts/manifest.ts';
import type { Row, RowMatch } from '../test/hosts/rows.ts';
import { rowsAsText } from '../test/hosts/rows.ts';
import type { Server } from '../test/hosts/server.ts';
import { openWorkbench } from '../test/hosts/workbench.ts';

/**
 * Opens the first nodes of the sample data in a headless browser, prints the rows and saves a picture.
 * @throws when rows that should be there don't come.
 */
export async function lookOnce(server: Server): Promise<void> {
  const browser = await launchBrowser();
  try {
    const workbench = await openWorkbench(browser, server);
    const explorer = new Explorer(workbench.page, containerId, containerTitle());
    try {
      await openFirstNodes(explorer);
      const picture = await workbench.picture('start');
      console.log(rowsAsText(await explorer.allRows()));
      console.log(`Picture: ${picture}`);
    } catch (error) {
      console.log(`Picture: ${await workbench.picture('start')}`);
      console.log(`${workbench.log()}\n${server.output()}`.trim());
      throw error;
    }
  } finally {
    await browser.close();
  }
}

async function openFirstNodes(explorer: Explorer): Promise<void> {
  await explorer.open();
  const luma = await openNode(explorer, (row) => row.level === 1 && row.label.startsWith('Luma: '));
  await openNode(explorer, below(luma));
  const luminary = await openNode(
    explorer,
    (row) => row.level === 1 && row.label.startsWith('Luminary: '),
  );
  const page = await openNode(explorer, below(luminary));
  await openNode(explorer, below(page));
  await explorer.gone(/^Loading/);
}

/** Opens a row and waits until there is something under it. */
async function openNode(explorer: Explorer, match: RowMatch): Promise<Row> {
  const { label } = await explorer.expand(match);
  const row = await explorer.row(
    (candidate) => candidate.label === label && candidate.expanded === true,
  );
  await explorer.row(below(row, false));
  return row;
}

/** The first row under another one that is more than a message. */
function below(parent: Row, opens = true): (row: Row) => boolean {
  return ({ index, level, label, expanded }) =>
    index > parent.index &&
    level === parent.level + 1 &&
    !label.startsWith('Loading') &&
    (!opens || expanded !== undefined);
}
