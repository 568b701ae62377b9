/** Text from elsewhere (labels, file names, details) as it may be shown: what would steer a terminal is made visible. */
export function toPlainText(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
