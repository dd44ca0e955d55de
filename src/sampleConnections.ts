import { l10n } from 'vscode';
import type { Connection } from './connections/connection.ts';
import {
  SAMPLE_LUMA_ADDRESS,
  SAMPLE_LUMA_TOKEN,
  SAMPLE_LUMINARY_ADDRESS,
  SAMPLE_LUMINARY_TOKEN,
} from './sample/transport.ts';

/** The built-in connections to the sample data, one of each kind. */
export function sampleConnections(): readonly Connection[] {
  return [
    {
      kind: 'luma',
      id: 'sample-luma',
      name: l10n.t('sample data'),
      address: SAMPLE_LUMA_ADDRESS,
      token: SAMPLE_LUMA_TOKEN,
      sample: true,
    },
    {
      kind: 'luminary',
      id: 'sample-luminary',
      name: l10n.t('sample data'),
      address: SAMPLE_LUMINARY_ADDRESS,
      credential: { kind: 'token', token: SAMPLE_LUMINARY_TOKEN },
      sample: true,
    },
  ];
}
