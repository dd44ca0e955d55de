/**
 * Text from a service where the editor would make more of it than text: in messages and under input
 * boxes it turns `[x](command:y)` into a link that runs a command, in quick picks and the status bar
 * `$(x)` into an icon.
 */
export function plain(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}
