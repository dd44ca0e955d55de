import { withoutControls } from '../http/text.ts';

/**
 * Text from a service or a person where the editor would make more of it than text: in messages and
 * under input boxes it turns `[x](command:y)` into a link that runs a command, in quick picks and the
 * status bar `$(x)` into an icon. It breaks no line and turns no direction either.
 */
export function plain(text: string): string {
  return withoutControls(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
}
