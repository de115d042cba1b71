const cells = 30

/** Draws the share of a download, 0 to 1, on one line of the terminal that is drawn over until it is whole. */
export function drawDownload(share: number): void {
  const full = Math.round(share * cells)
  const bar = `${'█'.repeat(full)}${'░'.repeat(cells - full)}`
  const line = `Fetching the model ${bar} ${Math.round(share * 100)} %`
  process.stderr.write(process.stderr.isTTY ? `\r${line}${share >= 1 ? '\n' : ''}` : `${line}\n`)
}
